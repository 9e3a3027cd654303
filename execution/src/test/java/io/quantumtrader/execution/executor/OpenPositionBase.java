package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;

/** An exchange on which two coins are open, and a clock that goes from look to look. */
abstract class OpenPositionBase extends DeskTestBase {

  static final Refused REFUSED =
      new Refused(ReasonCode.EXCHANGE_REJECTED, List.of(), "Order would immediately trigger.");

  long laterMs = NOW;

  /** Opens two coins on the exchange, with a stop at 1900 and a target at 2300. */
  final void open2() {
    take(
        ApplyPlan.newBuilder(entry())
            .setStopPrice(new BigDecimal("1900"))
            .setTargetPrice(new BigDecimal("2300"))
            .build());
  }

  static PositionLedger.Builder booked(String quantity) {
    return Positions.row("main", ETH, PositionSide.LONG, quantity)
        .setStopPrice(new BigDecimal("1900"))
        .setTargetPrice(new BigDecimal("2300"));
  }

  final void later() {
    laterMs += AccountSync.LOOK_MS;
    tick(laterMs);
  }

  final List<PositionHold> holds() {
    return accounts.getLast().getHolds();
  }

  final List<String> protective() {
    return exchange.protection("main", ETH).orElseThrow().stream()
        .map(each -> each.kind() + " " + each.triggerPrice().stripTrailingZeros().toPlainString())
        .toList();
  }

  final List<String> calls(String name) {
    return exchange.calls().stream().filter(call -> call.startsWith(name)).toList();
  }
}
