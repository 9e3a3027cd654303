package io.quantumtrader.schemas.testing;

import java.util.Map;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker of a test's own, in this process, on the loopback interface and with its data in a
 * directory that goes with it. Modules below the embedded stack are tested on it.
 */
public final class TestBroker implements AutoCloseable {

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "1000"),
          // What a killed client left open is cleared at once.
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          // Records carry event time: those of last year would be refused, or expired on arrival.
          Map.entry("log.retention.ms", "-1"),
          Map.entry("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE)),
          Map.entry("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)),
          Map.entry(
              "producer.id.expiration.check.interval.ms", Integer.toString(Integer.MAX_VALUE)));

  private final KafkaClusterTestKit cluster;

  private TestBroker(KafkaClusterTestKit cluster) {
    this.cluster = cluster;
  }

  /** Starts one; it takes requests when this returns. */
  public static TestBroker start() {
    TestKitNodes nodes =
        new TestKitNodes.Builder()
            .setBootstrapMetadataVersion(MetadataVersion.latestProduction())
            .setCombined(true)
            .setNumBrokerNodes(1)
            .setNumControllerNodes(1)
            .build();
    try {
      KafkaClusterTestKit.Builder builder = new KafkaClusterTestKit.Builder(nodes);
      SETTINGS.forEach(builder::setConfigProp);
      KafkaClusterTestKit cluster = builder.build();
      cluster.format();
      cluster.startup();
      cluster.waitForReadyBrokers();
      return new TestBroker(cluster);
    } catch (Exception failed) {
      throw new IllegalStateException("the broker of the tests did not start", failed);
    }
  }

  /** Where clients connect, {@code host:port}. */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception failed) {
      throw new IllegalStateException("the broker of the tests did not stop", failed);
    }
  }
}
