package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ExecutorDecision;
import io.quantumtrader.execution.decision.ExecutorVerdict;
import io.quantumtrader.schemas.avro.ApplyPlan;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the market that a partition's clock is of is that of the exchange. An exchange without a
 * market of its own, as the paper exchange, trades whatever is fed.
 */
final class OwnMarket {

  private static final Logger LOG = LoggerFactory.getLogger(OwnMarket.class);

  private final Optional<String> own;
  private Optional<String> seen;
  private boolean told;

  /**
   * Creates it.
   *
   * @param own market of the exchange; empty where it has none
   * @param seen market of the last step of the clock; empty where that does not say, or there is
   *     none
   */
  OwnMarket(Optional<String> own, Optional<String> seen) {
    this.own = own;
    this.seen = seen;
  }

  /** Notes which market a step of the clock is of; empty where it does not say. */
  void see(Optional<String> market) {
    seen = market;
    boolean foreign = isForeign();
    if (foreign && !told) {
      LOG.error(
          "the prices are of {}, the exchange is of {}: no entry is sent, closes go on",
          seen.map(name -> "the market " + name).orElse("a market without a name"),
          own.orElseThrow());
    }
    told = foreign;
  }

  /** Returns whether entries are refused, because the prices are of another market. */
  boolean isForeign() {
    return own.isPresent() && !own.equals(seen);
  }

  /** Returns the verdict as it is on this market. */
  ExecutorVerdict judge(ApplyPlan plan, ExecutorVerdict verdict) {
    return isForeign()
        ? ExecutorDecision.onOtherMarket(plan, verdict, own.orElseThrow(), seen)
        : verdict;
  }
}
