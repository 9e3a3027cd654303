package io.quantumtrader.replay.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A search over some seeds: every promise holds, and what was met is counted over all of them. */
final class SearchTest {

  @Test
  void shouldFindEveryPromiseKept() throws Exception {
    List<Search.Result> heard = new ArrayList<>();
    Search.Result result = Search.run(1, 3, 40, Simulation::of, heard::add);

    assertThat(result.failed()).isEmpty();
    assertThat(result.runs()).isEqualTo(3);
    assertThat(result.minutes()).isEqualTo(120);
    assertThat(result.codes()).contains(ReasonCode.PERMIT_GRANTED, ReasonCode.CLOSE_GRANTED);
    assertThat(heard).hasSize(3).last().isEqualTo(result);
  }

  @Test
  void shouldEndItsRunsWhenItIsBrokenOff() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    FutureTask<Search.Result> search =
        new FutureTask<>(
            () ->
                Search.run(
                    1,
                    1,
                    1,
                    settings -> {
                      begun.countDown();
                      LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
                      ended.countDown();
                      return Simulation.of(settings);
                    },
                    so -> {}));
    Thread thread = new Thread(search);
    thread.start();
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    thread.interrupt();

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> search.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void shouldEndAWorldWhoseThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Simulation.of(SimulationSettings.of(1, 600)))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void shouldMissEveryReasonThatCanBeGivenUntilItIsMet() {
    Set<ReasonCode> all = EnumSet.allOf(ReasonCode.class);

    assertThat(Reachable.missing(Set.of()))
        .hasSize(all.size() - Reachable.unreachable().size())
        .doesNotContainAnyElementsOf(Reachable.unreachable().keySet());
    assertThat(Reachable.missing(all)).isEmpty();
    assertThat(Reachable.missingRaces(Set.of())).containsExactlyInAnyOrder(Race.values());
  }
}
