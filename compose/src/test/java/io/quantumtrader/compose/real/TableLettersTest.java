package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.testing.CuttingProxy;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.schemas.topic.TopicSettings;
import io.quantumtrader.topology.TableLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dead letters of the tables, each once, whoever reads the tables and however often. */
@Tag("real")
final class TableLettersTest {

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final TopicPartition CONTROL = new TopicPartition("quantum.control", 0);
  private static final TopicPartition POLICY = new TopicPartition("quantum.policy", 0);
  private static final TopicPartition UNIVERSE = new TopicPartition("quantum.universe", 0);

  private static Stack stack;

  private final String application = "letters-" + UUID.randomUUID();

  @BeforeAll
  static void register() {
    stack = SharedStack.get();
    new Registration(
            Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "schema.registry.url",
                stack.schemaRegistryUrl()),
            new TopicSettings(PartitionCounts.DEFAULT, (short) 1, Map.of("retention.ms", "-1")),
            Duration.ofSeconds(60))
        .run(1);
  }

  @BeforeEach
  void forgetTries() {
    Tries.ended.set(0);
  }

  @Test
  void shouldWriteEachOnceInItsOrderThoughTwoProcessesSeeTheSame() {
    try (TableLetters one = at(stack.bootstrapServers());
        TableLetters other = at(stack.bootstrapServers())) {
      // when both read the same rows, and at the end one that the other does not see
      for (long offset = 0; offset < 10; offset++) {
        bury(one, CONTROL, offset);
        bury(other, CONTROL, offset);
        bury(one, POLICY, offset);
        bury(other, POLICY, offset);
      }
      bury(one, UNIVERSE, 0);
      bury(other, new TopicPartition("quantum.instrument", 0), 0);

      // then
      await()
          .atMost(SOON)
          .until(
              () -> written("quantum.universe").size() + written("quantum.instrument").size() == 2);
      assertThat(written(CONTROL.topic())).containsExactlyElementsOf(to(10));
      assertThat(written(POLICY.topic())).containsExactlyElementsOf(to(10));
    }
  }

  @Test
  void shouldNotWriteOneAgainAfterARestartAndGoOnBehindIt() {
    // given
    TableLetters before = at(stack.bootstrapServers());
    for (long offset : new long[] {3, 4, 7}) {
      bury(before, CONTROL, offset);
    }
    await().atMost(SOON).until(() -> written(CONTROL.topic()).size() == 3);
    before.close();

    // when the tables are read from their beginning, in another order of the topics
    try (TableLetters after = at(stack.bootstrapServers())) {
      bury(after, POLICY, 0);
      for (long offset : new long[] {3, 4, 7, 8}) {
        bury(after, CONTROL, offset);
      }

      // then
      await().atMost(SOON).until(() -> written(CONTROL.topic()).contains(8L));
      assertThat(written(CONTROL.topic())).containsExactly(3L, 4L, 7L, 8L);
      assertThat(written(POLICY.topic())).containsExactly(0L);
    }
  }

  @Test
  void shouldGoOnAfterItWasClosed() {
    // given: one and the same is closed with the tables, and used by those that come after
    TableLetters letters = at(stack.bootstrapServers());
    bury(letters, CONTROL, 0);
    letters.close();
    assertThat(written(CONTROL.topic())).as("close lets it go out").containsExactly(0L);

    // when
    bury(letters, CONTROL, 0);
    bury(letters, CONTROL, 1);

    // then
    await().atMost(SOON).until(() -> written(CONTROL.topic()).contains(1L));
    assertThat(written(CONTROL.topic())).containsExactly(0L, 1L);
    letters.close();
  }

  @SuppressWarnings("try") // the tables are read anew, and closed once more at the end
  @Test
  void shouldTryAgainWhileTheBrokerIsAwayAndLeaveOutNothingThatFoundNoRoom() throws Exception {
    try (CuttingProxy way = CuttingProxy.closedBefore(stack.bootstrapServers());
        TableLetters letters = at(way.address())) {
      // given more than there is room for, of which the last are lost
      for (long offset = 0; offset < 102; offset++) {
        bury(letters, CONTROL, offset);
      }
      await().atMost(SOON).until(() -> Tries.ended.get() >= 2);

      // when the broker is back, and more comes: of that table, and of another
      way.heal();
      await().atMost(SOON).until(() -> written(CONTROL.topic()).size() == 100);
      bury(letters, CONTROL, 102);
      bury(letters, POLICY, 0);

      // then
      await().atMost(SOON).until(() -> written(POLICY.topic()).size() == 1);
      assertThat(written(CONTROL.topic())).containsExactlyElementsOf(to(100));

      // when the tables are read anew, then what was lost is found: no later one has hidden it
      letters.close();
      to(103).forEach(offset -> bury(letters, CONTROL, offset));
      await().atMost(SOON).until(() -> written(CONTROL.topic()).contains(102L));
      assertThat(written(CONTROL.topic())).containsExactlyElementsOf(to(103));
    }
  }

  private static List<Long> to(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  private TableLetters at(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("application.id", application);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("producer.max.block.ms", 2_000);
    settings.put("producer.interceptor.classes", Tries.class.getName());
    return TableLetters.in(settings);
  }

  private void bury(TableLetters letters, TopicPartition source, long offset) {
    byte[] value = (application + " " + source.topic() + " " + offset).getBytes(UTF_8);
    letters.bury(
        source, offset, new ProducerRecord<>(Topic.DEAD_LETTER.topicName(), 0, null, value));
  }

  /** Returns the offsets of the letters of a topic, in the order in which they were written. */
  private List<Long> written(String topic) {
    String begin = application + " " + topic + " ";
    List<Long> offsets = new ArrayList<>();
    new TopicReader(Map.of("bootstrap.servers", stack.bootstrapServers()), SOON)
        .readLast(
            Topic.DEAD_LETTER,
            1_000_000,
            record -> {
              String letter = record.value() == null ? "" : new String(record.value(), UTF_8);
              if (letter.startsWith(begin)) {
                offsets.add(Long.parseLong(letter.substring(begin.length())));
              }
            });
    return offsets;
  }

  /** Counts the producers that have been closed: each try has one of its own. */
  public static final class Tries implements ProducerInterceptor<byte[], byte[]> {

    private static final AtomicInteger ended = new AtomicInteger();

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

    @Override
    public void close() {
      ended.incrementAndGet();
    }

    @Override
    public void configure(Map<String, ?> configuration) {}
  }
}
