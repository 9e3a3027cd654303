package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ProbeTest {

  @Test
  void shouldSayForHowLongThereIsNoAnswerAndThatThereIsOneAgain() {
    AtomicBoolean away = new AtomicBoolean(true);
    try (Probe probe =
        new Probe(
            "the broker",
            () -> {
              if (away.get()) {
                throw new IOException("refused");
              }
              return "here";
            })) {
      assertThat(probe.trouble()).isEmpty();

      await().atMost(Duration.ofSeconds(60)).until(() -> probe.trouble().isPresent());
      assertThat(probe.trouble().orElseThrow())
          .matches("the broker has not answered for \\d+ s: refused");

      away.set(false);
      await().atMost(Duration.ofSeconds(60)).until(() -> probe.trouble().isEmpty());
    }
  }
}
