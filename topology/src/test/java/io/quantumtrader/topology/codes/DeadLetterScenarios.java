package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.codes.Desk.MAIN2;
import static io.quantumtrader.topology.codes.Scenario.buried;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import java.util.stream.Stream;

/** What a record that no stage can decide about is buried for. */
final class DeadLetterScenarios {

  private static final String TOO_LONG = "x".repeat(RecordBounds.MAX_TEXT + 1);
  private static final long YEAR_9999 = 253_370_764_800_000L;

  private DeadLetterScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(
        buried(ReasonCode.KEY_PARTITION_MISMATCH)
            .partitions(3)
            .when(
                d ->
                    d.send(
                        Topic.EXCHANGE_ACCOUNT,
                        ExchangeAccount.class,
                        MAIN2,
                        Given.exchange(MAIN2, "5", NOON))),
        buried(ReasonCode.KEY_VALUE_MISMATCH)
            .when(d -> d.send(Topic.TRADE_INTENT, TradeIntent.class, MAIN2, intent("i").build())),
        buried(ReasonCode.ACCOUNT_INVALID).when(d -> d.intent(intent("i").setAccount("Main"))),
        buried(ReasonCode.VALUE_MISSING)
            .when(d -> d.send(Topic.TRADE_INTENT, TradeIntent.class, MAIN, null)),
        buried(ReasonCode.VALUE_UNREADABLE)
            .when(d -> d.sendBytes(Topic.TRADE_INTENT, MAIN.getBytes(UTF_8), new byte[] {1, 2, 3})),
        buried(ReasonCode.VALUE_OUT_OF_BOUNDS)
            .when(d -> d.proposal(Given.proposal().setPolicyName(TOO_LONG))),
        buried(ReasonCode.KEY_INVALID)
            .when(
                d ->
                    d.send(
                        Topic.CONTROL,
                        Control.class,
                        "No Account",
                        Given.control(MAIN, TradingState.HALTED))),
        buried(ReasonCode.CLOCK_IN_FUTURE).when(d -> d.tick(YEAR_9999)),
        buried(ReasonCode.CLOCK_NOT_OF_THE_FEED)
            .given(d -> d.tick(NOON + 1_000, 2))
            .when(d -> d.tick(NOON + 2_000, 1)),
        buried(ReasonCode.DECISION_FAILED)
            .when(
                d ->
                    d.result(
                        Given.result(BTC, OrderSide.BUY, Given.fill("f", "0.02", "71000"))
                            .setOrderId(TOO_LONG))));
  }
}
