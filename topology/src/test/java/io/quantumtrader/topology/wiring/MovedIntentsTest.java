package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.wiring.Pipeline.AWAY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Intents of clients that choose the partition by another hash than Kafka's, or by none: they are
 * brought to their account's partition, once. The pipeline is the task of the first of three
 * partitions; main's intents belong there, those of AWAY in the second.
 */
final class MovedIntentsTest extends WiringTest {

  private static final String MOVED = "quantum.moved.from";
  private static final String INTENTS = "quantum.trade.intent";

  @ParameterizedTest
  @ValueSource(strings = {AWAY, AWAY + ":BTCUSDT", "", "null"})
  void shouldBringAnIntentToThePartitionOfItsAccount(String key) {
    // given
    TradeIntent intent = intent(AWAY, "i1");
    Header trace = new RecordHeader("traceparent", "00-a-b-01".getBytes(UTF_8));

    // when
    Outputs outputs = pipeline.when(it -> it.foreign(bytes(key), intent, NOON - 700, trace));

    // then
    assertThat(outputs.topics()).containsExactly(INTENTS);
    Outputs.Out<TradeIntent> moved = outputs.of(Topic.TRADE_INTENT, TradeIntent.class).get(0);
    assertThat(moved.partition()).isEqualTo(1);
    assertThat(moved.key()).isEqualTo(AWAY);
    assertThat(moved.timeMs()).as("no fresher than it was sent").isEqualTo(NOON - 700);
    assertThat(moved.value()).isEqualTo(intent);
    assertThat(header(outputs.all().get(0), "traceparent")).isEqualTo("00-a-b-01");
    assertThat(header(outputs.all().get(0), MOVED)).isEqualTo("0@0");
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, MAIN + ":BTCUSDT", "", "null"})
  void shouldDecideAtOnceWhatLiesRight(String key) {
    // when
    Outputs outputs = pipeline.when(it -> it.foreign(bytes(key), intent(MAIN, "i1"), NOON - 700));

    // then
    assertThat(outputs.plan().getAccount()).isEqualTo(MAIN);
    assertThat(outputs.topics()).doesNotContain(INTENTS, "quantum.dlq");
  }

  @Test
  void shouldDecideWhatWasBrought(@TempDir Path other) {
    // given
    PartitionCounts one = new PartitionCounts(1, 1);
    Outputs first =
        pipeline.when(
            it ->
                it.foreign(bytes(AWAY), intent(AWAY, "i1"), NOON - 700)
                    .foreign(bytes("null"), intent(AWAY, "i2"), NOON - 600)
                    .foreign(bytes(AWAY), intent(AWAY, "i1"), NOON - 500));
    try (Pipeline home = new Pipeline(other, one, one, AWAY)) {
      // when
      Outputs outputs =
          home.when(
              it ->
                  first
                      .of(Topic.TRADE_INTENT, TradeIntent.class)
                      .forEach(
                          moved -> it.foreign(bytes(moved.key()), moved.value(), moved.timeMs())));

      // then
      assertThat(outputs.decisions())
          .extracting(Decision::getCauseId)
          .as("in the order in which they were sent")
          .containsExactly("i1", "i2", "i1");
      assertThat(outputs.plan().getIntentId()).isEqualTo("i1");
      assertThat(outputs.codes(AWAY))
          .as("the second finds the slot taken, the third is the first again")
          .containsExactly("PERMIT_GRANTED", "ENTRY_IN_FLIGHT", "INTENT_DUPLICATE");
    }
  }

  @Test
  void shouldNotMoveAnIntentTwice() {
    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.foreign(
                    bytes(AWAY),
                    intent(AWAY, "i1"),
                    NOON,
                    new RecordHeader(MOVED, "2@17".getBytes(UTF_8))));

    // then
    assertThat(outputs.topics()).containsExactly("quantum.dlq");
    assertThat(outputs.deadLetters()).containsExactly("KEY_PARTITION_MISMATCH");
  }

  /** The key says one account, the value another; which of both is meant cannot be told. */
  @ParameterizedTest
  @ValueSource(strings = {MAIN, AWAY, "main4", AWAY + "x:BTCUSDT"})
  void shouldRefuseAnIntentUnderTheKeyOfAnotherAccount(String key) {
    // given
    String account = key.equals(AWAY) ? MAIN : AWAY;

    // when
    Outputs outputs = pipeline.when(it -> it.foreign(bytes(key), intent(account, "i1"), NOON));

    // then
    assertThat(outputs.topics()).containsExactly("quantum.dlq");
    assertThat(outputs.deadLetters()).containsExactly("KEY_VALUE_MISMATCH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Main", "", "a:b", "no one"})
  void shouldRefuseAnIntentWithoutKeyForWhatIsNoAccount(String account) {
    // when
    Outputs outputs = pipeline.when(it -> it.foreign(null, intent(account, "i1"), NOON));

    // then
    assertThat(outputs.deadLetters()).containsExactly("ACCOUNT_INVALID");
  }

  /** Time -1 is what a client of an old protocol leaves; the bridge denies it TIME_INVALID. */
  @Test
  void shouldKeepThatATimeWasNone() {
    // given
    Header none = new RecordHeader("quantum.time.rejected", "-1".getBytes(UTF_8));

    // when
    Outputs outputs = pipeline.when(it -> it.foreign(bytes(AWAY), intent(AWAY, "i1"), 0, none));

    // then
    assertThat(header(outputs.all().get(0), "quantum.time.rejected")).isEqualTo("-1");
  }

  /** What cannot be written again would fail the task, and fail it again after each restart. */
  @Test
  void shouldBuryWhatNoRecordCouldCarry() {
    // given
    TradeIntent wordy =
        TradeIntent.newBuilder(intent(AWAY, "i1"))
            .setReason("x".repeat(RecordBounds.MAX_TEXT + 1))
            .build();
    Header wide = new RecordHeader("wide", new byte[200 * 1024]);

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.foreign(bytes(AWAY), wordy, NOON)
                    .foreign(bytes(AWAY), intent(AWAY, "i2"), NOON, wide));

    // then
    assertThat(outputs.topics()).containsExactly("quantum.dlq", "quantum.dlq");
    assertThat(outputs.deadLetters()).containsExactly("VALUE_OUT_OF_BOUNDS", "VALUE_OUT_OF_BOUNDS");
  }

  private static TradeIntent intent(String account, String id) {
    return Pipeline.buy(account, id, BTC).setCreatedAtMs(NOON - 800).build();
  }

  private static byte[] bytes(String key) {
    return key.equals("null") ? null : key.getBytes(UTF_8);
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    List<Header> all = List.of(record.headers().toArray());
    assertThat(all).extracting(Header::key).as("once").containsOnlyOnce(name);
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
