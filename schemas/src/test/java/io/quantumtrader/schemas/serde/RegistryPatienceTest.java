package io.quantumtrader.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

final class RegistryPatienceTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private static RegistryUnavailableException away() {
    return new RegistryUnavailableException("away", null);
  }

  @Test
  void shouldAskAgainUntilTheRegistryIsBack() {
    RegistryPatience patience = new RegistryPatience(LONG);
    AtomicInteger calls = new AtomicInteger();

    String answer =
        patience.call(
            () -> {
              if (calls.incrementAndGet() < 3) {
                throw away();
              }
              // then it is known meanwhile that somebody waits
              assertThat(patience.waitingFor()).isPresent();
              return "read";
            });

    assertThat(answer).isEqualTo("read");
    assertThat(calls).hasValue(3);
    assertThat(patience.waitingFor()).isEmpty();
  }

  @Test
  void shouldThrowTheOutageWhereTheBoundIsReached() {
    RegistryPatience patience = new RegistryPatience(Duration.ZERO);

    assertThatThrownBy(
            () ->
                patience.call(
                    () -> {
                      throw away();
                    }))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(patience.waitingFor()).isEmpty();
  }

  @Test
  void shouldNotAskAgainWhereTheRecordItselfIsWrong() {
    RegistryPatience patience = new RegistryPatience(LONG);
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                patience.call(
                    () -> {
                      calls.incrementAndGet();
                      throw new SerializationException("no such field");
                    }))
        .hasMessage("no such field");
    assertThat(calls).hasValue(1);
  }

  @Test
  void shouldEndTheWaitWhereTheProcessEnds() throws Exception {
    RegistryPatience patience = new RegistryPatience(LONG);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                patience.call(
                    () -> {
                      throw away();
                    });
              } catch (RegistryUnavailableException outage) {
                thrown.complete(outage);
              }
            });
    reader.start();

    patience.stop();

    assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(RegistryUnavailableException.class);
    reader.join();
  }
}
