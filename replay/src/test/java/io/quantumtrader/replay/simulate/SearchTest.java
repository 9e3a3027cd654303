package io.quantumtrader.replay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A search over some seeds: every promise holds, and what was met is counted over all of them. */
final class SearchTest {

  @Test
  void shouldFindEveryPromiseKept() throws Exception {
    List<Search.Result> heard = new ArrayList<>();
    Search.Result result = Search.run(1, 3, 40, heard::add);

    assertThat(result.failed()).isEmpty();
    assertThat(result.runs()).isEqualTo(3);
    assertThat(result.minutes()).isEqualTo(120);
    assertThat(result.codes()).contains(ReasonCode.PERMIT_GRANTED, ReasonCode.CLOSE_GRANTED);
    assertThat(heard).hasSize(3).last().isEqualTo(result);
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
