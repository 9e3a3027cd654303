package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.metrics.ConnectorWatch;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.compose.CollectingSink;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.testing.SharedStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task of the embedded worker that has failed, and the watch that {@code up} sets on it. */
@Tag("real")
final class StackConnectorsTest {

  private static final String NAME = "fails-once";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Stack stack = SharedStack.get();
  private final StackConnectors connectors = new StackConnectors(stack.connect());

  @Test
  void shouldStartAFailedTaskAgain() throws Exception {
    // given a task that has failed of a record which is gone since
    stack
        .connect()
        .put(
            NAME,
            Map.of(
                "connector.class",
                CollectingSink.class.getName(),
                "value.converter",
                "org.apache.kafka.connect.storage.StringConverter",
                "must.be.set",
                "x",
                "topics",
                poisoned()));
    await().atMost(SOON).until(() -> connectors.view(NAME).failed());
    assertThat(connectors.view(NAME).running()).isFalse();
    assertThat(connectors.view(NAME).words()).contains("it has failed: ");
    forgetThePoison();

    // when
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Monitoring shown = Monitoring.open(anyPort)) {
      shown.connectors(connectors, List.of(NAME));

      // then
      await().atMost(SOON).until(() -> connectors.view(NAME).running());
    } finally {
      stack.connect().remove(NAME);
    }
    assertThat(connectors.view(NAME))
        .isEqualTo(new ConnectorWatch.View(false, false, "it does not exist"));
  }

  private String poisoned() throws Exception {
    try (Admin admin = admin();
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic(NAME, 1, (short) 1))).all().get();
      producer.send(new ProducerRecord<>(NAME, "poison")).get(30, TimeUnit.SECONDS);
    }
    return NAME;
  }

  private void forgetThePoison() throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(NAME, 0), RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
  }
}
