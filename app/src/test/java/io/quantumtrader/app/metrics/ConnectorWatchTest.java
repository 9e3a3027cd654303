package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ConnectorWatchTest {

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private final ConnectorWatch.Attempts attempts = new ConnectorWatch.Attempts();

  @Test
  void shouldStartAgainAtOnceAndThenAfterLongerAndLongerWaits() {
    List<Long> at = new ArrayList<>();
    for (long now = 0; now <= 60 * MINUTE; now += SECOND) {
      if (attempts.isDue(true, now)) {
        at.add(now / SECOND);
      }
    }
    assertThat(at.subList(0, 7)).containsExactly(0L, 10L, 30L, 70L, 150L, 310L, 630L);
    // Ten minutes at most.
    assertThat(at.get(8) - at.get(7)).isEqualTo(600);
    assertThat(attempts.made()).isEqualTo(at.size());
  }

  @Test
  void shouldForgetAttemptsOnlyAfterItWasWellForLong() {
    assertThat(attempts.isDue(true, 0)).isTrue();
    assertThat(attempts.isDue(true, 10 * SECOND)).isTrue();
    assertThat(attempts.isDue(false, 11 * SECOND)).isFalse();
    assertThat(attempts.isDue(false, 5 * MINUTE)).isFalse();
    assertThat(attempts.made()).isEqualTo(2);

    assertThat(attempts.isDue(false, 11 * MINUTE)).isFalse();
    assertThat(attempts.made()).isZero();
    assertThat(attempts.isDue(true, 12 * MINUTE)).isTrue();
  }

  @Test
  void shouldSayWhichFailedAndStartItAgain() {
    AtomicInteger restarts = new AtomicInteger();
    ConnectorWatch.Connectors connectors =
        new ConnectorWatch.Connectors() {
          @Override
          public ConnectorWatch.View view(String name) {
            return name.equals("sink") && restarts.get() == 0
                ? new ConnectorWatch.View(false, true, "task 0 has failed: no memory")
                : new ConnectorWatch.View(true, false, "");
          }

          @Override
          public boolean restart(String name) {
            assertThat(name).isEqualTo("sink");
            restarts.incrementAndGet();
            return true;
          }
        };
    try (ConnectorWatch watch = new ConnectorWatch(connectors, List.of("source", "sink"))) {
      assertThat(watch.trouble()).isEmpty();
      watch.start();

      await().atMost(Duration.ofSeconds(30)).until(() -> restarts.get() == 1);
      assertThat(watch.trouble()).contains("sink: task 0 has failed: no memory, restarted 1 times");
      await().atMost(Duration.ofSeconds(30)).until(() -> watch.trouble().isEmpty());
      assertThat(restarts).hasValue(1);
    }
  }

  @Test
  void shouldSayWhichDoesNotRunThoughItHasNotFailedAndWhichCannotBeAsked() {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger restarts = new AtomicInteger();
    ConnectorWatch.Connectors connectors =
        new ConnectorWatch.Connectors() {
          @Override
          public ConnectorWatch.View view(String name) {
            if (name.equals("sink")) {
              looks.incrementAndGet();
              return new ConnectorWatch.View(true, false, "");
            }
            if (name.equals("odd")) {
              throw new IllegalStateException("no idea");
            }
            return new ConnectorWatch.View(false, false, "states [PAUSED]");
          }

          @Override
          public boolean restart(String name) {
            restarts.incrementAndGet();
            return true;
          }
        };
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (ConnectorWatch watch = new ConnectorWatch(connectors, List.of("source", "odd", "sink"))) {
      watch.show(registry);
      assertThat(running(registry, "source")).isNaN();
      watch.start();

      // when it has looked at all of them, and again
      await().atMost(Duration.ofSeconds(60)).until(() -> looks.get() >= 2);

      // then
      assertThat(watch.trouble())
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .startsWith("source: states [PAUSED]; odd: its status cannot be read: ")
                      .contains("no idea")
                      .doesNotContain("sink", "restarted"));
      assertThat(restarts).hasValue(0);
      assertThat(running(registry, "source")).isZero();
      assertThat(running(registry, "odd")).isZero();
      assertThat(running(registry, "sink")).isEqualTo(1);
    }
  }

  private static double running(MeterRegistry registry, String connector) {
    return registry.get("quantum.connector.running").tag("connector", connector).gauge().value();
  }
}
