package io.quantumtrader.replay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A seed is a world: the same each time, and the same whether or not its tasks die. */
final class SimulationTest {

  private static final int MINUTES = 60;

  private static SimulationReport run(long seed, Tampering tampering) {
    return Simulation.of(SimulationSettings.of(seed, MINUTES), tampering);
  }

  @Test
  void shouldBeTheSameEachTime() {
    SimulationReport first = run(3, Tampering.NONE);

    assertThat(run(3, Tampering.NONE)).isEqualTo(first);
    assertThat(run(4, Tampering.NONE))
        .satisfies(
            other -> {
              assertThat(other.stateHash()).isNotEqualTo(first.stateHash());
              assertThat(other.recordsHash()).isNotEqualTo(first.recordsHash());
            });
  }

  @Test
  void shouldLeaveTheSameWhenAllTasksDieAtEachStep() {
    SimulationReport living = run(5, Tampering.NONE);
    SimulationReport dying = run(5, new Tampering() {});

    assertThat(dying).isEqualTo(living);
  }

  @Test
  void shouldHaveTheBeginningOfALongScheduleInAShortOne() {
    Schedule whole = Schedule.of(9, 600);

    assertThat(Schedule.of(9, 60).events())
        .isEqualTo(whole.events().stream().filter(each -> each.minute() < 60).toList());
    assertThat(whole.events().stream().map(SimulatedEvent::kind).collect(Collectors.toSet()))
        .isEqualTo(Set.of(EventKind.values()));
    assertThat(whole.only(Set.of(1, 4)).events())
        .extracting(SimulatedEvent::index)
        .containsExactly(1, 4);
  }
}
