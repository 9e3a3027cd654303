package io.quantumtrader.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.topic.TopicReader;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a feed's output does while a broker that it knows does not take what it has been given. */
@Tag("real")
final class FeedOutputOnBrokerTest {

  private static final Duration SOON = Duration.ofSeconds(90);

  @Test
  void shouldGiveOutOnceAndInOrderWhatTheBrokerDidNotTakeFor() throws Exception {
    // given a broker that takes no step of the clock, and a client that gives up after a moment
    Stack stack = SharedStack.get();
    Map<String, Object> registry =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "schema.registry.url",
            stack.schemaRegistryUrl());
    new Registration(
            registry,
            new TopicSettings(PartitionCounts.DEFAULT, (short) 1, Map.of("retention.ms", "-1")),
            Duration.ofSeconds(60))
        .run(1);
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "request.timeout.ms",
            500,
            "delivery.timeout.ms",
            1_000);
    RecordSerdes serdes = new RecordSerdes(registry);
    long now = System.currentTimeMillis();
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
        FeedOutput output = FeedOutput.connect(client, serdes, 1, lines::add)) {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      replicas(admin, "2");
      try {
        ended.completeAsync(
            () -> {
              output.clock(now, 1_000);
              output.clock(now + 1, 1_000);
              output.flush();
              return null;
            },
            task -> Thread.ofPlatform().daemon().start(task));

        // when it has waited for longer than the client would have
        await().atMost(SOON).until(() -> output.trouble().isPresent() || ended.isDone());
        assertThat(ended).isNotDone();
        assertThat(output.trouble().orElseThrow()).startsWith("the broker does not take");
      } finally {
        replicas(admin, "1");
      }

      // then
      assertThat(ended).succeedsWithin(SOON);
      assertThat(lines).hasSize(2);
    }
    List<Long> steps = new ArrayList<>();
    new TopicReader(Map.of("bootstrap.servers", stack.bootstrapServers()), SOON)
        .readLastValues(
            Topic.CLOCK,
            10,
            serdes.of(Clock.class).deserializer(),
            step -> {
              if (step.getNowMs() == now || step.getNowMs() == now + 1) {
                steps.add(step.getNowMs());
              }
            });
    assertThat(steps).containsExactly(now, now + 1);
  }

  /** Says how many replicas have to have a step; there is one. */
  private static void replicas(Admin admin, String fewest) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, Topic.CLOCK.topicName()),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("min.insync.replicas", fewest), AlterConfigOp.OpType.SET))))
        .all()
        .get(60, TimeUnit.SECONDS);
  }
}
