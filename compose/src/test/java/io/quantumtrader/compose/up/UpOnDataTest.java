package io.quantumtrader.compose.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.schemas.topic.BrokerCounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data of one market is not traded on at another, and a run whose executor has ended ends. */
@Tag("real")
final class UpOnDataTest {

  private static final Duration SOON = Duration.ofMinutes(3);

  @TempDir private Path directory;

  private List<String> generated() {
    return List.of("--data", directory.resolve("data").toString(), "--without", "agent,redis");
  }

  @Test
  void shouldRefuseDataOfAGeneratedMarketForTheExchangesBeforeItsExecutorStarts() throws Exception {
    // given: a run that ends because another executor of its name has taken its place
    try (UpRun run =
        new UpRun(DemoRun.parsed(generated()), DemoRun.screen(new ByteArrayOutputStream()))) {
      CompletableFuture<Void> ended = played(run);
      await().atMost(SOON).until(() -> ended.isDone() || run.launcher().feed().isPresent());
      takeItsPlace(run, ended);

      // then
      assertThatThrownBy(() -> ended.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith("the run failed: the executor ended by itself: ")
          .hasMessageNotContaining("\n");
    }

    // when
    ExchangeTwin twin =
        DemoRun.twin(TwinSymbol.perpetual(DemoRun.BTC, "60000", "0.10", "0.001", "5"));
    try (twin) {
      assertRefused(
          DemoRun.options(twin, directory, "--without", "agent,redis"),
          "the topics hold a market without a name");
    }
  }

  @Test
  void shouldRefuseDataOfTheExchangesMarketForAGeneratedOne() throws Exception {
    // given
    try (ExchangeTwin twin =
            DemoRun.twin(TwinSymbol.perpetual(DemoRun.BTC, "60000", "0.10", "0.001", "5"));
        DemoRun demo =
            new DemoRun(DemoRun.options(twin, directory, "--without", "agent,redis,streams"))) {
      demo.awaitFed();
      demo.await(() -> demo.fedMs() > 0);
    }

    // when
    assertRefused(generated(), "the topics hold the market binance:127.0.0.1:");
  }

  private static void assertRefused(List<String> options, String why) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (UpRun run = new UpRun(DemoRun.parsed(options), DemoRun.screen(said))) {
      assertThatThrownBy(() -> played(run).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith(why)
          .hasMessageContaining("another --data")
          .hasMessageNotContaining("\n");
    }
    assertThat(said.toString(UTF_8))
        .contains("✓ topics, schemas, policy")
        .doesNotContain("✓ stages", "✓ executor");
  }

  /**
   * Starts another executor of the run's name until the run has ended. Once in a long time it is
   * the newer that ends: where the commit of the older comes while the broker fences it, the broker
   * answers with an unknown error, and the older begins anew and takes its place back.
   */
  private static void takeItsPlace(UpRun run, CompletableFuture<Void> ended) throws Exception {
    for (int tries = 0; tries < 3 && !ended.isDone(); tries++) {
      try (PlanExecutor other = another(run)) {
        other.start();
        CompletableFuture<Void> otherEnded = other.ended().toCompletableFuture();
        await().atMost(SOON).until(() -> ended.isDone() || otherEnded.isDone());
      }
    }
  }

  private static PlanExecutor another(UpRun run) throws Exception {
    try (Admin admin = Admin.create(run.launcher().endpoints().orElseThrow().kafka())) {
      PartitionCounts counts =
          DemoRun.parsed(List.of())
              .partitions
              .counts(BrokerCounts.of(admin, Duration.ofSeconds(30)));
      return new PipelineParts(run.launcher().endpoints().orElseThrow(), counts)
          .paperExecutor(PaperSettings.DEFAULT, "1");
    }
  }

  private static CompletableFuture<Void> played(UpRun run) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            var unused = run.play();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }
}
