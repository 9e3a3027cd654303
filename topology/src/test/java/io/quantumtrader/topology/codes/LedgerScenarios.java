package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.result;
import static io.quantumtrader.topology.codes.Desk.MAIN2;
import static io.quantumtrader.topology.codes.Scenario.denied;
import static io.quantumtrader.topology.codes.Scenario.recorded;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.stream.Stream;

/** What is noticed about fills, and what an operator's order to find risk data comes to. */
final class LedgerScenarios {

  private static final String LEDGER = "ledger";

  private LedgerScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(
        recorded(ReasonCode.FILL_DUPLICATE, LEDGER)
            .given(
                d -> {
                  d.result(result(BTC, OrderSide.BUY, fill("f", "0.02", "71000")));
                  d.clock(NOON + 30_000);
                })
            .when(d -> d.result(result(BTC, OrderSide.BUY, fill("f", "0.02", "71000")))),
        recorded(ReasonCode.FILL_INVALID, LEDGER)
            .when(d -> d.result(result(BTC, OrderSide.BUY, fill("f", "-0.02", "71000")))),
        recorded(ReasonCode.FILL_WITHOUT_PLAN, LEDGER)
            .when(
                d ->
                    d.result(
                        result(BTC, OrderSide.BUY, fill("f", "0.02", "71000"))
                            .setPlanId("of another age"))),
        recorded(ReasonCode.RISK_BACKFILLED, LEDGER)
            .given(
                d -> {
                  d.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
                  d.adopt(MAIN2, BTC, OrderSide.BUY, "0.02", "71000");
                  d.control(backfill());
                })
            .when(d -> d.clock(NOON + 1)),
        denied(ReasonCode.NOTHING_TO_BACKFILL, LEDGER)
            .given(
                d -> {
                  d.openLong(MAIN);
                  d.adopt(MAIN2, BTC, OrderSide.BUY, "0.02", "71000");
                  d.control(backfill());
                })
            .when(d -> d.clock(NOON + 1)));
  }

  private static Control backfill() {
    return Control.newBuilder(Given.control(MAIN, TradingState.REDUCING))
        .setBackfills(
            List.of(RiskBackfill.newBuilder().setId("b-1").setSymbol(BTC).setAtMs(NOON).build()))
        .build();
  }
}
