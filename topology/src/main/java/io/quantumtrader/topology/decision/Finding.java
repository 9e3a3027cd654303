package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.reason.ReasonCode;

/**
 * Something that a stage found: why an input is denied, or what is worth knowing about it.
 *
 * @param code what it is
 * @param numbers the numbers that led to it
 */
public record Finding(ReasonCode code, Numbers numbers) {}
