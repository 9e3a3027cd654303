package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.util.Optional;

/**
 * What is known of the order behind a trade.
 *
 * @param clientOrderId the id that whoever placed it gave it; empty where there is none
 * @param reduceOnly whether it may only reduce
 * @param byInsurance whether the exchange's insurance fund took it, not the market
 */
record OrderFacts(String clientOrderId, boolean reduceOnly, boolean byInsurance) {

  /**
   * Where a trade comes from.
   *
   * @param origin PLAN, STOP (also the close of a position whose stop was refused), TARGET, MANUAL
   *     (closed without the pipeline), LIQUIDATION, ADL, SETTLEMENT or FOREIGN
   * @param trigger what a close is reported to come from
   * @param clientOrderId id in our records
   */
  record Origin(ResultOrigin origin, ExitTrigger trigger, String clientOrderId) {}

  /**
   * Returns where its trades come from. What is neither ours nor the exchange's own is foreign: the
   * trader's own hand, or another program.
   */
  Origin origin() {
    if (WireIds.isPlan(clientOrderId)) {
      return new Origin(ResultOrigin.PLAN, ExitTrigger.NONE, clientOrderId);
    }
    Optional<WireIds.Protective> ours = WireIds.protective(clientOrderId);
    if (ours.isPresent()) {
      ResultOrigin origin =
          ours.get().kind() == Kind.STOP ? ResultOrigin.STOP : ResultOrigin.TARGET;
      return new Origin(origin, ours.get().trigger(), ours.get().clientOrderId());
    }
    if (ClientOrderIds.isUnprotected(clientOrderId)) {
      return new Origin(ResultOrigin.STOP, ExitTrigger.STOP_HIT, clientOrderId);
    }
    if (ClientOrderIds.isDirect(clientOrderId)) {
      return new Origin(ResultOrigin.MANUAL, ExitTrigger.MANUAL_CLOSE, clientOrderId);
    }
    return new Origin(others(), ExitTrigger.NONE, clientOrderId);
  }

  private ResultOrigin others() {
    if (clientOrderId.startsWith("adl_autoclose")) {
      return ResultOrigin.ADL;
    }
    if (clientOrderId.startsWith("settlement_autoclose-")
        || clientOrderId.startsWith("delivery_autoclose-")) {
      return ResultOrigin.SETTLEMENT;
    }
    return clientOrderId.startsWith("autoclose-") || byInsurance
        ? ResultOrigin.LIQUIDATION
        : ResultOrigin.FOREIGN;
  }

  /** Returns whether its trades close by their nature, whatever the order said. */
  boolean closes() {
    return switch (origin().origin()) {
      case STOP, TARGET, LIQUIDATION, ADL, SETTLEMENT -> true;
      case UNRECOGNIZED, PLAN, ADOPTED, MANUAL, FOREIGN -> reduceOnly;
    };
  }
}
