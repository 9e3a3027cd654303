package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack in a kept directory goes on where it ended. */
@Tag("real")
final class StackRestartTest {
  @TempDir private Path parent;

  @Test
  void shouldGoOnInTheSameDirectory() throws Exception {
    // given
    StackSettings settings = StackSettings.embedded().withoutConnect().keptIn(parent.resolve("d"));
    String clusterId;
    String firstId;
    String secondId;
    try (Stack stack = Stack.start(settings, Progress.silent())) {
      clusterId = clusterId(stack);
      KafkaCalls.createTopic(stack.bootstrapServers(), "kept");
      try (KafkaProducer<String, String> producer =
          KafkaCalls.producer(stack.bootstrapServers(), Map.of())) {
        producer.send(new ProducerRecord<>("kept", 0, 0L, "key", "value")).get();
      }
      firstId = register(stack, "first");
      secondId = register(stack, "second");
      assertThat(RedisLine.ask(stack.redisUri(), "SET kept yes")).isEqualTo("+OK");
    }

    // when
    try (Stack again = Stack.start(settings, Progress.silent())) {
      // then
      assertThat(clusterId(again)).isEqualTo(clusterId);
      assertThat(KafkaCalls.read(again.bootstrapServers(), "kept", 1))
          .extracting(ConsumerRecord::value)
          .containsExactly("value");
      assertThat(firstId).isNotEqualTo(secondId);
      assertThat(register(again, "second")).isEqualTo(secondId);
      assertThat(register(again, "first")).isEqualTo(firstId);
      assertThat(RegistryCalls.get(again.schemaRegistryUrl(), "/config").body())
          .contains("FULL_TRANSITIVE");
      assertThat(RedisLine.ask(again.redisUri(), "GET kept")).isEqualTo("$3\r\nyes");
    }
    assertThat(parent.resolve("d")).isNotEmptyDirectory();
  }

  @Test
  void shouldRefuseADirectoryThatIsInUse() {
    // given
    Path directory = parent.resolve("busy");
    try (DataDirectory busy = DataDirectory.open(Optional.of(directory))) {
      // when, then
      assertThatThrownBy(
              () -> Stack.start(StackSettings.embedded().keptIn(directory), Progress.silent()))
          .isInstanceOf(StackException.class)
          .hasMessageContaining(busy.path().toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void shouldRefuseADirectoryWhoseRestoreWasCutShort() throws Exception {
    // given
    Path directory = Files.createDirectory(parent.resolve("half"));
    Files.writeString(directory.resolve(DataDirectory.RESTORING), "");

    // when, then
    assertThatThrownBy(
            () -> Stack.start(StackSettings.embedded().keptIn(directory), Progress.silent()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("its restore was cut short; restore it again, or delete it");
    DataDirectory.lock(directory).close();
  }

  private static String clusterId(Stack stack) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static String register(Stack stack, String name) throws Exception {
    String schema = "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[]}".formatted(name);
    return RegistryCalls.register(stack.schemaRegistryUrl(), name, schema).body();
  }
}
