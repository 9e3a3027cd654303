package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.reason.ReasonCode;

/**
 * A refusal.
 *
 * @param code why
 * @param numbers the numbers that led to it
 */
public record Denial(ReasonCode code, Numbers numbers) {}
