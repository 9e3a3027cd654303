package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Numbers;

/**
 * Something about a candle that goes to the decision log.
 *
 * @param code what it is
 * @param numbers the numbers that led to it
 */
public record Finding(ReasonCode code, Numbers numbers) {}
