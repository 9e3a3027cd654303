package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.connectors.redis.source.SourceHarness;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A password that is set, changed and taken away while tasks run. */
@Tag("real")
final class AccessTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final SinkRecord RECORD = Records.of(0, Map.of("n", 1));

  private static Map<String, String> sinkSettings() {
    return SinkHarness.settings(
        REDIS.uri(), "{\"command\": \"SET\", \"key\": \"k\", \"value\": \"value.n\"}");
  }

  private static Map<String, String> sourceSettings() {
    return new HashMap<>(
        Map.of(
            "name", "source",
            "redis.uri", REDIS.uri(),
            "mapping", "{\"streams\": [{\"stream\": \"orders\", \"topic\": \"orders\"}]}",
            "block.ms", "10",
            "retry.backoff.ms", "1",
            "retry.backoff.max.ms", "8"));
  }

  /** Connections that are there stay authenticated; a password counts for new ones. */
  private static void lockOut(String password) {
    REDIS.commands().configSet("requirepass", password);
    REDIS.commands().clientKill(io.lettuce.core.KillArgs.Builder.typeNormal().skipme(true));
  }

  @AfterEach
  void letIn() {
    REDIS.commands().configSet("requirepass", "");
  }

  @Test
  void shouldWaitWithASinkUntilItIsLetInAgain() throws Exception {
    try (SinkHarness sink = SinkHarness.start(sinkSettings())) {
      // given
      sink.put(Records.of(0, Map.of("n", 0)));

      // when
      lockOut("secret-word");

      // then it waits, and says for what
      SinkRecord next = Records.of(1, Map.of("n", 1));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> sink.put(next)).isInstanceOf(RetriableException.class);
      }
      assertThat(shown("sink")).contains("NOAUTH");

      // when
      letIn();
      sink.put(next);

      // then
      assertThat(REDIS.commands().get("p:k")).isEqualTo("1");
      assertThat(shown("sink")).isEmpty();
    }
  }

  @Test
  void shouldWaitWithASourceUntilItIsLetInAgain() throws Exception {
    SourceHarness source = new SourceHarness(sourceSettings()).start();
    try {
      // given
      REDIS.commands().xadd("orders", Map.of("id", "1"));
      assertThat(source.drain().topic()).hasSize(1);

      // when
      lockOut("secret-word");
      source.drain();
      source.drain();

      // then
      assertThat(shown("source")).contains("NOAUTH");

      // when
      letIn();
      REDIS.commands().xadd("orders", Map.of("id", "2"));

      // then
      assertThat(source.drain().topic()).hasSize(2);
      assertThat(shown("source")).isEmpty();
    } finally {
      source.stop();
    }
  }

  @Test
  void shouldEndTheTaskWhenItIsLockedOutForLong() {
    Map<String, String> settings = sinkSettings();
    settings.put("retry.access.ms", "1");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      sink.put(Records.of(0, Map.of("n", 0)));
      lockOut("secret-word");

      assertThatThrownBy(() -> sink.putUntilTaken(List.of(Records.of(1, Map.of("n", 1))), 100))
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("NOAUTH")
          .hasMessageContaining("given up after 0 s (retry.access.ms)");
    }
  }

  @Test
  void shouldEndTheTaskThatWasNeverLetInBeforeARecordComes() {
    lockOut("secret-word");
    Map<String, String> settings = sinkSettings();
    settings.put(RedisConnectionConfig.PASSWORD, "wrong-word");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      assertThatThrownBy(sink::put)
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("wrong-word");
    }
  }

  @Test
  void shouldTryAgainWhenItSaysAndNotWheneverConnectAsks() throws Exception {
    Map<String, String> settings = sinkSettings();
    settings.put(RetryConfig.BACKOFF, "400");
    settings.put(RetryConfig.BACKOFF_MAX, "400");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      REDIS.stop();
      try {
        assertThatThrownBy(() -> sink.put(RECORD)).isInstanceOf(RetriableException.class);
        long start = System.nanoTime();

        // when Connect delivers again at once
        assertThatThrownBy(() -> sink.put(RECORD))
            .isInstanceOf(RetriableException.class)
            .satisfies(asked -> assertThat(asked.getStackTrace()).isEmpty());

        // then
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
            .isGreaterThanOrEqualTo(390);
      } finally {
        REDIS.start();
      }
    }
  }

  @Test
  void shouldShowThatRedisIsAwayBeforeARecordComes() throws Exception {
    REDIS.stop();
    try (SinkHarness sink = SinkHarness.start(sinkSettings())) {
      sink.put();
      assertThat(shown("sink")).contains("cannot be reached");
    } finally {
      REDIS.start();
    }
  }

  private static String shown(String type) throws Exception {
    ObjectName pattern = new ObjectName("io.quantumtrader.connectors.redis:type=" + type + ",*");
    ObjectName name =
        ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null).iterator().next();
    return (String) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "WaitingFor");
  }
}
