package io.quantumtrader.replay.reconcile;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.util.Optional;

/**
 * A plan that was to trade and of which nothing was filled.
 *
 * @param plan the plan
 * @param outcome what was said of it last; empty where nothing was
 * @param code reason code that was said with it, or empty
 */
public record UnfilledPlan(ApplyPlan plan, Optional<ResultOutcome> outcome, String code) {}
