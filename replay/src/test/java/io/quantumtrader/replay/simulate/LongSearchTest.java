package io.quantumtrader.replay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * As long a search as somebody wants: a few hours in each build, a thousand with {@code
 * -Dquantum.simulate.hours=1000}. Hours are those of the world's clock; each has sixty minutes of
 * trading, of which four worlds in five make candles of five minutes.
 */
final class LongSearchTest {

  private static final int HOURS = Integer.getInteger("quantum.simulate.hours", 16);
  private static final long FIRST_SEED = Long.getLong("quantum.simulate.seed", 1);
  private static final int HOURS_OF_A_RUN = 4;

  /** After so many hours every situation has to have been met. */
  private static final int HOURS_FOR_ALL = 500;

  @Test
  void shouldKeepEveryPromiseAndMeetEverySituation() throws Exception {
    long begin = System.nanoTime();
    Search.Result result =
        Search.run(
            FIRST_SEED,
            Math.max(1, HOURS / HOURS_OF_A_RUN),
            HOURS_OF_A_RUN * 60,
            Simulation::of,
            so -> {});
    System.out.printf(
        Locale.ROOT,
        "%,d simulated hours, %,d records in %,d s%n",
        result.minutes() / 60,
        result.records(),
        Duration.ofNanos(System.nanoTime() - begin).toSeconds());

    assertThat(result.failed().flatMap(SimulationReport::broken)).isEmpty();
    if (HOURS >= HOURS_FOR_ALL) {
      assertThat(Reachable.missing(result.codes())).isEmpty();
      assertThat(Reachable.missingRaces(result.races())).isEmpty();
    }
  }
}
