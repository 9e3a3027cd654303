package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.compose.SecuredKafka;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quantum up} on a broker that demands SASL and TLS, and commands that find their way. */
@Tag("real")
final class SecuredUpTest {

  private static final Duration WITHIN = Duration.ofMinutes(2);
  private static final String PREFIX = "secured-up:";

  @TempDir Path directory;

  private final Stack stack = SharedStack.get();
  private SecuredKafka kafka;
  private RunningCommand up;

  @BeforeEach
  void start() throws Exception {
    kafka = SecuredKafka.start(directory.resolve("broker"), List.of());
  }

  @AfterEach
  void end() {
    if (up != null) {
      up.close();
    }
    kafka.close();
  }

  @Test
  void shouldRunThereAndBeFoundWithItsSettings() throws Exception {
    // given an up whose settings say everything about the servers
    Path config =
        kafka.file(
            SecuredKafka.ADMIN,
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", stack.schemaRegistryUrl(),
                "redis.uri", stack.redisUri()));
    Path data = directory.resolve("data");
    up =
        RunningCommand.start(
            List.of(
                "up",
                "--config=" + config,
                "--data=" + data,
                "--interval=1",
                "--account-partitions=2",
                "--redis-prefix=" + PREFIX));
    Awaitility.await().atMost(WITHIN).until(this::isRunning);

    // when
    CommandRun halted =
        CommandRun.of("control", "state", "HALTED", "--reason", "test", "--pipeline", data);

    // then the command got in with the settings of the up
    assertThat(halted.code()).as(halted.err()).isZero();
    try (RedisClient client = RedisClient.create(stack.redisUri());
        var connection = client.connect()) {
      Awaitility.await()
          .atMost(WITHIN)
          .untilAsserted(() -> assertThat(connection.sync().get(PREFIX + "kill")).isEqualTo("1"));
    }
    try (Admin admin = kafka.admin()) {
      assertThat(
              admin
                  .describeTopics(List.of(Topic.CLOCK.topicName()))
                  .allTopicNames()
                  .get(20, TimeUnit.SECONDS)
                  .get(Topic.CLOCK.topicName())
                  .partitions())
          .hasSize(2);
    }
  }

  /** Its topology's numbers can be asked for when its stages run. */
  private boolean isRunning() {
    if (!up.isAlive()) {
      throw new IllegalStateException("up has ended: " + up.said());
    }
    String running = CommandRun.of("pipelines", "--json").out();
    return running.contains(directory.resolve("data").getFileName().toString())
        && running.contains(kafka.bootstrapServers())
        && running.contains("\"topology\"");
  }
}
