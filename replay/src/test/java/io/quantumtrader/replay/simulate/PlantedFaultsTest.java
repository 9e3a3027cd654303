package io.quantumtrader.replay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A search finds what it is there to find: a fault for each promise, in a few simulated hours. */
final class PlantedFaultsTest {

  private static final int SEEDS = 12;
  private static final int MINUTES = 60;

  /** A fault of the pipeline, as it would show, and the promise that it breaks. */
  private enum Planted {
    DEDUPE_SKIPPED(ForgetfulTask::withoutSeenIntents, Promise.ONE_OUTCOME),
    RESERVATION_FREED_AT_LAPSE(ForgetfulTask::freeingWhatLapsed, Promise.WITHIN_LIMITS),
    FILL_APPLIED_TWICE(ForgetfulTask::withoutSeenFills, Promise.LEDGER_IS_FOLD),
    STALE_PERMIT_ACCEPTED(StalePermits::ofAll, Promise.PERMIT_IN_TIME),
    LIMIT_COUNTS_POSITIONS_ONLY(ForgetfulTask::withoutReservations, Promise.WITHIN_LIMITS),
    STALE_STOP_MOVE_ACCEPTED(StalePermits::ofStopMoves, Promise.PERMIT_IN_TIME),
    ORDER_SENT_TWICE(Deceived::sendingTwice, Promise.EXECUTED_ONCE),
    STOP_ONLY_BELIEVED(Deceived::believingInStops, Promise.STOP_IN_PLACE),
    EXECUTOR_FAILS(Deceived::failing, Promise.GOES_ON);

    @SuppressWarnings("ImmutableEnumChecker") // a constructor's reference has no state
    private final Supplier<Tampering> tampering;

    private final Promise breaks;

    Planted(Supplier<Tampering> tampering, Promise breaks) {
      this.tampering = tampering;
      this.breaks = breaks;
    }
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void shouldFindAPlantedFault(Planted fault) {
    Optional<Broken> found = Optional.empty();
    for (long seed = 1; seed <= SEEDS && found.isEmpty(); seed++) {
      found = Simulation.of(SimulationSettings.of(seed, MINUTES), fault.tampering.get()).broken();
    }

    assertThat(found).map(Broken::promise).contains(fault.breaks);
  }

  @Test
  void shouldShrinkWhatItFoundToAShortSchedule() {
    SimulationReport failed = null;
    for (long seed = 1; failed == null || failed.broken().isEmpty(); seed++) {
      failed =
          Simulation.of(SimulationSettings.of(seed, MINUTES), ForgetfulTask.withoutSeenFills());
    }

    SimulationReport shrunk =
        new Shrinker(settings -> Simulation.of(settings, ForgetfulTask.withoutSeenFills()), 60)
            .shrink(failed);

    assertThat(shrunk.broken().orElseThrow().promise()).isEqualTo(Promise.LEDGER_IS_FOLD);
    assertThat(shrunk.events()).isLessThanOrEqualTo(6);
    assertThat(Simulation.of(shrunk.settings(), ForgetfulTask.withoutSeenFills()))
        .isEqualTo(shrunk);
  }
}
