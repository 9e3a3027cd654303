package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Numbers;

/**
 * A halt of entries.
 *
 * @param code the limit that was reached
 * @param untilMs when entries go on, epoch ms
 * @param numbers what was held against what
 */
public record Halt(ReasonCode code, long untilMs, Numbers numbers) {}
