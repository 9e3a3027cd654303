package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a task shows over JMX. */
@Tag("real")
class SinkMetricsTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(Records.TIME_MS + 1_500), ZoneOffset.UTC);

  @Test
  void shouldCountWhatBecomesOfRecords() throws Exception {
    try (SinkHarness sink = SinkHarness.start(settings(), CLOCK)) {
      // given
      SinkMetricsMXBean metrics = metrics();
      assertThat(metrics.getLagMs()).isEqualTo(-1);

      // when: the second is bad, and all come twice
      for (int i = 0; i < 2; i++) {
        sink.put(
            Records.of(5, Map.of("n", 1)),
            Records.of(6, Map.of("m", 1)),
            Records.of(7, Map.of("n", 2)));
      }

      // then
      assertThat(metrics.getRecordsWritten()).isEqualTo(3);
      assertThat(metrics.getRecordsDeadLettered()).isEqualTo(1);
      assertThat(metrics.getRecordsPassedOver()).isEqualTo(3);
      assertThat(metrics.getFenceOffsets()).isEqualTo(Map.of("t-0", 8L));
      assertThat(metrics.getPendingOffsets()).isEqualTo(Map.of("t-0", 0L));
      assertThat(metrics.getLagMs()).isEqualTo(1_500);
      assertThat(metrics.getRetries()).isZero();
    }
    assertThat(BEANS.isRegistered(name())).isFalse();
  }

  @Test
  void shouldShowWhatWaitsWhileRedisTakesNothing() throws Exception {
    try (SinkHarness sink = SinkHarness.start(settings(), CLOCK)) {
      // given
      sink.put(Records.of(0, Map.of("n", 1)));
      REDIS.commands().configSet("maxmemory", "1");

      // when
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(
                () -> sink.put(Records.of(1, Map.of("n", 2)), Records.of(4, Map.of("n", 3))))
            .isInstanceOf(RetriableException.class);
      }

      // then
      assertThat(metrics().getPendingOffsets()).isEqualTo(Map.of("t-0", 4L));
      assertThat(metrics().getFenceOffsets()).isEqualTo(Map.of("t-0", 1L));
      assertThat(metrics().getRetries()).isEqualTo(2);
    } finally {
      REDIS.commands().configSet("maxmemory", "0");
    }
  }

  @Test
  void shouldTellWhatRedisHasLost() throws Exception {
    try (SinkHarness sink = SinkHarness.start(settings(), CLOCK)) {
      // given: Redis goes back to an earlier state, as after a failover to a replica that lagged
      for (int i = 0; i < 10; i++) {
        sink.put(Records.of(i, Map.of("n", i)));
      }
      REDIS.commands().set("p:connect:offset:sink:t:0", "7");

      // when
      sink.putUntilTaken(java.util.List.of(Records.of(10, Map.of("n", 10))), 5);

      // then: it is said, and the sink goes on where Connect is
      assertThat(metrics().getOffsetsLost()).isEqualTo(3);
      assertThat(metrics().getFenceOffsets()).isEqualTo(Map.of("t-0", 11L));
      assertThat(REDIS.commands().get("p:k")).isEqualTo("10");
    }
  }

  @Test
  void shouldGiveWayToTheNextTaskOfItsName() throws Exception {
    SinkHarness old = SinkHarness.start(settings(), CLOCK);
    try (SinkHarness next = SinkHarness.start(settings(), CLOCK)) {
      next.put(Records.of(0, Map.of("n", 1)));

      assertThat(metrics().getRecordsWritten()).isEqualTo(1);
      old.close();
      assertThat(BEANS.isRegistered(name())).as("the old one takes only itself away").isTrue();
    }
  }

  @Test
  void shouldBeDocumented() throws Exception {
    String page = Files.readString(GeneratedPage.directory().resolve("redis-sink.md"));
    try (SinkHarness sink = SinkHarness.start(settings(), CLOCK)) {
      assertThat(sink.timeoutMs()).isNegative();
      assertThat(BEANS.getMBeanInfo(name()).getAttributes())
          .extracting(MBeanAttributeInfo::getName)
          .allSatisfy(attribute -> assertThat(page).contains("| `" + attribute + "` |"));
    }
  }

  private static SinkMetricsMXBean metrics() throws Exception {
    return JMX.newMXBeanProxy(BEANS, name(), SinkMetricsMXBean.class);
  }

  private static ObjectName name() throws Exception {
    return new ObjectName("io.quantumtrader.connectors.redis:type=sink,connector=\"sink\",task=0");
  }

  private static Map<String, String> settings() {
    return SinkHarness.settings(
        REDIS.uri(), "{\"command\": \"SET\", \"key\": \"k\", \"value\": \"value.n\"}");
  }
}
