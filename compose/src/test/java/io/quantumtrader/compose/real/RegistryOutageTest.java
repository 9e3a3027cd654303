package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.errors.DeadLetters;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schema id that nobody knows, and a registry process that is gone for a while. */
@Tag("real")
final class RegistryOutageTest {

  private static final String BTC = "BTCUSDT";
  private static final int HEADER = 5;
  private static final int UNKNOWN_ID = 999_999;

  @TempDir private Path directory;

  private MovingRegistry registry;
  private RealPipeline pipeline;
  private World world;

  @BeforeEach
  void startTheStages() throws Exception {
    registry = new MovingRegistry(directory);
    pipeline = RealPipeline.freshWithRegistryAt(registry.url()).startStages();
    world = World.open(pipeline, List.of("main"), List.of(BTC));
    world.begin();
  }

  @AfterEach
  void stopTheStages() {
    pipeline.close();
    registry.close();
  }

  @Test
  void shouldBuryAnUnknownIdWaitForTheRegistryAndGoOn() throws Exception {
    // given a record that no registry knows the schema of, and one after it
    sendIntent("i-unknown", UNKNOWN_ID);
    world.intend("i-1", "main", "DOGEUSDT", IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();
    assertThat(decided("i-1")).isEqualTo(1);
    assertOneDeadLetter();

    // when the registry is gone before a schema that the stages have not seen is needed
    int id = registerNextVersion();
    registry.stop();
    Set<String> threads = threads();
    sendIntent("i-2", id);
    pipeline.flush();

    // then the thread that cannot read waits, and says so; none dies, and nothing is given up
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> pipeline.registryPatience().waitingFor().isPresent());
    assertThat(decided("i-2")).isZero();
    assertThat(pipeline.streams().state())
        .isIn(KafkaStreams.State.RUNNING, KafkaStreams.State.REBALANCING);

    // when it is back
    registry.start();
    await().atMost(Duration.ofMinutes(2)).until(() -> decided("i-2") > 0);
    world.intend("i-3", "main", "DOGEUSDT", IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();

    // then everything is decided once, and the one dead letter stays the only one
    assertThat(decided("i-1")).isEqualTo(1);
    assertThat(decided("i-2")).isEqualTo(1);
    assertThat(decided("i-3")).isEqualTo(1);
    assertThat(decided("i-unknown")).isZero();
    assertOneDeadLetter();
    assertThat(threads()).isEqualTo(threads);
    assertThat(pipeline.failedThreads()).isZero();
    assertThat(pipeline.threadDeaths().trouble()).isEmpty();
    assertThat(pipeline.registryPatience().waitingFor()).isEmpty();
    assertThat(pipeline.streams().state()).isEqualTo(KafkaStreams.State.RUNNING);
  }

  private void assertOneDeadLetter() {
    List<ConsumerRecord<byte[], byte[]>> letters = pipeline.read(Topic.DEAD_LETTER);
    assertThat(letters).hasSize(1);
    ConsumerRecord<byte[], byte[]> letter = letters.getFirst();
    assertThat(header(letter, DeadLetters.REASON)).isEqualTo("VALUE_UNREADABLE");
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("quantum.trade.intent");
    assertThat(header(letter, DeadLetters.MESSAGE) + header(letter, DeadLetters.STACKTRACE))
        .contains("reading schema id " + UNKNOWN_ID);
    assertThat(ByteBuffer.wrap(letter.value(), 1, Integer.BYTES).getInt()).isEqualTo(UNKNOWN_ID);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private long decided(String intentId) {
    return pipeline.values(Topic.DECISION, Decision.class).stream()
        .filter(decision -> decision.getCauseId().equals(intentId))
        .count();
  }

  private Set<String> threads() {
    return pipeline.streams().metadataForLocalThreads().stream()
        .map(ThreadMetadata::threadName)
        .collect(Collectors.toSet());
  }

  /** Only a note is new, so that the bytes of the old schema are bytes of this one too. */
  private int registerNextVersion() {
    String subject = Topic.TRADE_INTENT.subject();
    Schema known = pipeline.serdes().registry().latest(subject).schema();
    Schema next = new Schema.Parser().parse(known.toString());
    next.addProp("note", "a later version");
    int id = pipeline.serdes().registry().register(subject, next);
    assertThat(id).isNotEqualTo(pipeline.serdes().registry().idOf(subject, known));
    return id;
  }

  /** Sends an intent whose header names this schema. */
  private void sendIntent(String intentId, int schemaId) {
    TradeIntent intent =
        Records.intent(intentId, "main", "DOGEUSDT", IntentAction.OPEN_LONG, Records.NOW).build();
    byte[] bytes = pipeline.serialize(Topic.TRADE_INTENT, intent);
    ByteBuffer.wrap(bytes, 1, HEADER - 1).putInt(schemaId);
    pipeline.sendBytes(Topic.TRADE_INTENT, "main", bytes, Records.NOW);
  }
}
