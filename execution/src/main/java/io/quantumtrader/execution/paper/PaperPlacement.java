package io.quantumtrader.execution.paper;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When protective orders were placed.
 *
 * @param planId plan that placed them; empty where it is not known any more
 * @param atMs when on the clock, epoch milliseconds UTC
 */
record PaperPlacement(String planId, long atMs) {

  /**
   * Returns the last placement in each symbol, as far as committed results tell. An entry places
   * orders with its fill, an UPDATE_SL plan with its only result.
   *
   * @param results of one account, in the order they were committed
   */
  static Map<String, PaperPlacement> last(List<ApplyResult> results) {
    Map<String, PaperPlacement> last = new HashMap<>();
    for (ApplyResult result : results) {
      boolean entered = result.getFill() != null && !result.getReduceOnly();
      boolean moved = result.getOutcome() == ResultOutcome.PROTECTED;
      if (result.getOrigin() == ResultOrigin.PLAN && (entered || moved)) {
        last.put(result.getSymbol(), new PaperPlacement(result.getPlanId(), result.getAtMs()));
      }
    }
    return last;
  }
}
