package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.codes.Desk.MAIN2;
import static io.quantumtrader.topology.codes.Scenario.buried;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import java.util.stream.Stream;

/** What a record that no stage can decide about is buried for. */
final class DeadLetterScenarios {

  private DeadLetterScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(
        buried(ReasonCode.KEY_PARTITION_MISMATCH)
            .partitions(3)
            .when(d -> d.intent(intent("i").setAccount(MAIN2))),
        buried(ReasonCode.KEY_VALUE_MISMATCH)
            .when(d -> d.send(Topic.TRADE_INTENT, TradeIntent.class, MAIN2, intent("i").build())),
        buried(ReasonCode.ACCOUNT_INVALID).when(d -> d.intent(intent("i").setAccount("Main"))),
        buried(ReasonCode.VALUE_MISSING)
            .when(d -> d.send(Topic.TRADE_INTENT, TradeIntent.class, MAIN, null)),
        buried(ReasonCode.VALUE_UNREADABLE)
            .when(d -> d.sendBytes(Topic.TRADE_INTENT, MAIN.getBytes(UTF_8), new byte[] {1, 2, 3})),
        buried(ReasonCode.DECISION_FAILED)
            .given(
                d ->
                    d.policy(
                        Given.policy()
                            .setMaxNotionalPerOrder(1e30)
                            .setMaxSymbolShare(1e30)
                            .setMaxExposure(1e30)
                            .setMinMarginRatio(0.0)))
            .when(
                d ->
                    d.intent(
                        intent("i")
                            .setSizing(Sizing.QUANTITY)
                            .setAmount(dec("9999999999999999999")))));
  }
}
