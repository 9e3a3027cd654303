package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.RunningPipelines;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.control.ControlTopic;
import io.quantumtrader.app.control.RestoredState;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.compose.DataDirectory;
import io.quantumtrader.compose.EmbeddedKafka;
import io.quantumtrader.compose.backup.RestoredMark;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.nio.file.Path;
import java.util.Optional;

/** What a run minds where its data may be a copy, or come from a backup. */
final class RestoredLedger {

  private RestoredLedger() {}

  /**
   * Makes sure that no other copy of a ledger runs: both would trade the same accounts, each
   * without knowing what the other does.
   *
   * @param data the data directory of this run
   * @param running the pipelines that run
   * @throws CommandFailure if one of them is of the same cluster
   */
  static void requireOnlyCopy(Path data, RunningPipelines running) {
    Optional<String> own = clusterIn(data);
    if (own.isEmpty()) {
      return;
    }
    for (RunningPipeline other : running.list()) {
      if (!other.data().isEmpty() && clusterIn(Path.of(other.data())).equals(own)) {
        throw new CommandFailure(
            "%s is a copy of the ledger that %s runs on, %s: end that one first"
                .formatted(data, other.name(), other.data()));
      }
    }
  }

  private static Optional<String> clusterIn(Path data) {
    return EmbeddedKafka.clusterIdIn(data.resolve(DataDirectory.KAFKA));
  }

  /**
   * On data from a backup that were not started since: says so, and where the exchange has gone on
   * by itself lets nothing be opened until an operator says so. Before the stages start.
   *
   * @param remote whether the exchange goes on without this process
   * @param nowMs wall time, epoch milliseconds UTC
   */
  static void begin(Path data, Endpoints addresses, boolean remote, long nowMs, Screen screen) {
    Optional<RestoredMark> mark = RestoredMark.in(data);
    if (mark.isEmpty()) {
      return;
    }
    String from = "restored from the backup of " + mark.get().takenAt();
    screen.line("  " + from);
    if (remote) {
      TradingState state;
      try (RecordSerdes serdes = addresses.serdes()) {
        state = RestoredState.reduce(new ControlTopic(addresses.kafka(), serdes), from, nowMs);
      }
      screen.line(
          "  nothing is opened: all accounts are %s; look at ./quantum health and positions, then"
              .formatted(state));
      screen.line("  ./quantum control state ACTIVE --reason ...");
    }
    mark.get().takeAway(data);
  }
}
