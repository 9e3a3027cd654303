package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.binance.testing.PlantedSecrets;
import io.quantumtrader.compose.readme.House;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a smoke test has a position on an exchange that goes on without it. */
@Tag("real")
final class SmokeCtrlCTest {

  private static final Duration SOON = Duration.ofMinutes(4);

  @TempDir private Path directory;

  @Test
  void shouldCloseWhatItOpenedAndEndInOrder() throws Exception {
    try (House house = House.in(directory);
        PlantedSecrets secrets = new PlantedSecrets(DemoRun.KEY, DemoRun.SECRET);
        ExchangeTwin twin =
            DemoRun.twin(TwinSymbol.perpetual(DemoRun.BTC, "60000", "0.10", "0.001", "100"))) {
      // given: it waits for a key that nobody writes, with its position open
      House.Started smoke =
          house.start(
              "./quantum smoke "
                  + String.join(
                      " ",
                      DemoRun.options(
                          twin,
                          directory,
                          "--symbol",
                          DemoRun.BTC,
                          "--notional",
                          "70",
                          "--wait",
                          "600",
                          "--redis-prefix",
                          "elsewhere:")));
      await()
          .atMost(SOON)
          .failFast(() -> assertThat(smoke.isAlive()).as(smoke::err).isTrue())
          .until(() -> smoke.out().contains("ok   ledger has it"));

      String commandLines = smoke.commandLines();
      assertThat(commandLines).contains("smoke", "demo.keys");

      // when
      House.Run run = smoke.interrupt();

      // then
      assertThat(run.code()).as(run.err()).isEqualTo(130);
      assertThat(run.out())
          .contains("0.002, worth ", "FAIL it was stopped", "0.002 open on the exchange (stop ")
          .contains("ok   close is filled", "ok   exchange is flat", "ok   ledger is flat");
      assertThat(run.err())
          .contains("Stopping: nothing more is opened", "Stopping: feed, executor")
          .doesNotContain("ended at once.\n");
      secrets.assertAbsent("command lines", commandLines);
      secrets.assertAbsent("what it said", run.out() + run.err());
      assertThat(twin.state().positions("main")).isEmpty();
      assertThat(twin.state().conditionalOrders("main"))
          .noneMatch(algo -> algo.status() == AlgoStatus.NEW);
    }
  }
}
