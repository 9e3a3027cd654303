package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.wiring.Pipeline.AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A record of an account whose partition is another one is a dead letter, and changes nothing;
 * intents alone are brought to their partition, see {@link MovedIntentsTest}.
 */
final class WrongPartitionTest extends WiringTest {

  @ParameterizedTest
  @ValueSource(strings = {"result", "wallet", "snapshot", "proposal"})
  void shouldRefuseARecordOfAnAccountOfAnotherPartition(String kind) {
    // given
    Map<String, Map<String, String>> before = stores();

    // when
    Outputs outputs = pipeline.when(it -> send(it, kind, AWAY));

    // then
    assertThat(outputs.deadLetters()).containsExactly("KEY_PARTITION_MISMATCH");
    assertThat(outputs.topics()).containsExactly("quantum.dlq");
    assertThat(stores()).isEqualTo(before);
  }

  @Test
  void shouldTakeTheSameAccountWherePartitionsAreTwo(@TempDir Path other) {
    try (Pipeline two =
        new Pipeline(other, new PartitionCounts(2, 2), new PartitionCounts(2, 2), AWAY)) {
      // when
      Outputs outputs = two.when(it -> it.intent(Pipeline.buy(AWAY, "i1", BTC)).wallet(MAIN, "1"));

      // then
      assertThat(outputs.plan().getAccount()).isEqualTo(AWAY);
      assertThat(outputs.deadLetters())
          .as("main lies in the second of two")
          .containsExactly("KEY_PARTITION_MISMATCH");
    }
  }

  @Test
  void shouldRefuseTheClockOfAnotherPartition() {
    // given
    Clock ofTheSecond = Clock.newBuilder(Given.clock(NOON + 1000)).setPartition(1).build();
    Map<String, Map<String, String>> before = stores();

    // when
    Outputs outputs = pipeline.when(it -> it.sendClock("1", ofTheSecond));

    // then
    assertThat(outputs.deadLetters()).containsExactly("KEY_PARTITION_MISMATCH");
    assertThat(stores()).isEqualTo(before);
  }

  private static void send(Pipeline pipeline, String kind, String account) {
    switch (kind) {
      case "result" -> pipeline.adopt(account, BTC, OrderSide.BUY, "0.01", "71000");
      case "wallet" -> pipeline.wallet(account, "1");
      case "snapshot" ->
          pipeline.send(
              Topic.POSITION_SNAPSHOT,
              PositionSnapshot.class,
              Accounts.key(account, BTC),
              PositionSnapshot.newBuilder(
                      Given.snapshot(
                          Given.position(BTC, PositionSide.LONG, "1", "71000").build(),
                          "72000",
                          NOON))
                  .setAccount(account)
                  .build());
      case "proposal" -> pipeline.proposal(Pipeline.closeAll(account, BTC));
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private Map<String, Map<String, String>> stores() {
    Map<String, Map<String, String>> stores = new TreeMap<>();
    pipeline.driver().storeNames().forEach(name -> stores.put(name, pipeline.driver().rows(name)));
    assertThat(stores.get("exchange-account-store")).containsKey(MAIN);
    return stores;
  }
}
