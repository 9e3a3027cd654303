package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.compose.process.Deadline;
import io.quantumtrader.compose.testing.SharedStack;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each part of a started stack does. */
@Tag("real")
final class StackTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Stack stack = SharedStack.get();

  @ParameterizedTest
  @ValueSource(longs = {0L, 1_700_000_000_000L, 4_102_444_800_000L, 9_000_000_000_000_000L})
  void shouldKeepRecordsOfAnyYear(long eventTimeMs) throws Exception {
    // given
    String topic = "any-year-" + eventTimeMs;
    KafkaCalls.createTopic(stack.bootstrapServers(), topic);

    // when
    try (KafkaProducer<String, String> producer =
        KafkaCalls.producer(stack.bootstrapServers(), Map.of())) {
      producer.send(new ProducerRecord<>(topic, 0, eventTimeMs, "key", "value")).get();
    }

    // then
    List<ConsumerRecord<String, String>> records =
        KafkaCalls.read(stack.bootstrapServers(), topic, 1);
    assertThat(records).extracting(ConsumerRecord::timestamp).containsExactly(eventTimeMs);
    assertThat(records).extracting(ConsumerRecord::value).containsExactly("value");
  }

  @Test
  void shouldNotCreateTopicsUnasked() {
    // given
    try (KafkaProducer<String, String> producer =
        KafkaCalls.producer(stack.bootstrapServers(), Map.of("max.block.ms", 1_000))) {
      // when, then
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("never-created", "key", "value")).get())
          .hasMessageContaining("never-created");
    }
  }

  @Test
  void shouldHoldSubjectsToFullCompatibility() throws Exception {
    // given
    String first = "{\"type\":\"record\",\"name\":\"Held\",\"fields\":[]}";
    String second =
        "{\"type\":\"record\",\"name\":\"Held\",\"fields\":[{\"name\":\"f\",\"type\":\"int\"}]}";
    HttpResponse<String> registered =
        RegistryCalls.register(stack.schemaRegistryUrl(), "held-value", first);

    // when
    HttpResponse<String> refused =
        RegistryCalls.register(stack.schemaRegistryUrl(), "held-value", second);

    // then
    assertThat(registered.statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(409);
    String id = registered.body().replaceAll("\\D", "");
    assertThat(RegistryCalls.get(stack.schemaRegistryUrl(), "/schemas/ids/" + id).body())
        .contains("Held");
  }

  @Test
  void shouldServeRedis() {
    // when
    String set = RedisLine.ask(stack.redisUri(), "SET quantum:test 42");

    // then
    assertThat(set).isEqualTo("+OK");
    assertThat(RedisLine.ask(stack.redisUri(), "GET quantum:test")).isEqualTo("$2\r\n42");
  }

  @Test
  void shouldListenOnTheLoopbackInterfaceOnly() {
    assertThat(
            List.of(
                URI.create("kafka://" + stack.bootstrapServers()).getHost(),
                URI.create(stack.schemaRegistryUrl()).getHost(),
                URI.create(stack.redisUri()).getHost(),
                stack.connect().url().getHost()))
        .containsOnly("127.0.0.1");
  }

  @Test
  void shouldGiveSinksCommittedRecordsOnly() throws Exception {
    // given
    String topic = "committed-only";
    KafkaCalls.createTopic(stack.bootstrapServers(), topic);
    stack.connect().put("committed", sink(topic));
    stack.connect().awaitRunning("committed", SOON);

    // when
    try (KafkaProducer<String, String> producer =
        KafkaCalls.producer(stack.bootstrapServers(), Map.of("transactional.id", "committer"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "key", "aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "key", "committed")).get();
      producer.commitTransaction();
    }

    // then
    Collection<String> collected = CollectingSink.collected("committed");
    await(() -> !collected.isEmpty());
    assertThat(collected).containsExactly("committed");
    stack.connect().remove("committed");
    assertThat(stack.connect().status("committed")).isEmpty();
  }

  @Test
  void shouldSayWhyATaskFailed() throws Exception {
    // given
    String topic = "poisoned";
    KafkaCalls.createTopic(stack.bootstrapServers(), topic);
    stack.connect().put("poisoned", sink(topic));
    stack.connect().awaitRunning("poisoned", SOON);

    // when
    try (KafkaProducer<String, String> producer =
        KafkaCalls.producer(stack.bootstrapServers(), Map.of())) {
      producer.send(new ProducerRecord<>(topic, "key", "poison")).get();
    }

    // then
    await(() -> stack.connect().status("poisoned").orElseThrow().failure().isPresent());
    ConnectorStatus status = stack.connect().status("poisoned").orElseThrow();
    assertThat(status.isRunning()).isFalse();
    assertThat(status.state()).isEqualTo(ConnectorStatus.State.RUNNING);
    assertThat(status.tasks())
        .extracting(ConnectorStatus.TaskStatus::state)
        .containsExactly(ConnectorStatus.State.FAILED);
    assertThat(status.failure().orElseThrow()).contains("task 0").contains("poisoned at offset 0");
    assertThatThrownBy(() -> stack.connect().awaitRunning("poisoned", SOON))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("poisoned at offset 0");
    stack.connect().remove("poisoned");
  }

  @Test
  void shouldRefuseAConnectorThatLacksASetting() {
    // given
    Map<String, String> incomplete =
        Map.of("connector.class", CollectingSink.class.getName(), "topics", "any");

    // when, then
    assertThatThrownBy(() -> stack.connect().put("incomplete", incomplete))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("must.be.set");
    assertThat(stack.connect().status("incomplete")).isEmpty();
  }

  private static Map<String, String> sink(String topic) {
    return Map.of(
        "connector.class",
        CollectingSink.class.getName(),
        "topics",
        topic,
        "must.be.set",
        "yes",
        "value.converter",
        "org.apache.kafka.connect.storage.StringConverter");
  }

  private static void await(BooleanSupplier condition) {
    Deadline deadline = Deadline.after(SOON);
    while (!condition.getAsBoolean() && !deadline.hasPassed()) {
      Deadline.pause();
    }
  }
}
