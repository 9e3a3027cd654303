package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class FollowersTest {

  private final Followers<String> all = new Followers<>(Followers.Ends.ALL);
  private final Followers<String> later = new Followers<>(Followers.Ends.LATER);

  @Test
  void shouldTellWhoStandsBehindAndForHowLong() {
    all.look("control", 5, 7, 1_000);
    all.look("policy", 9, 9, 1_000);
    all.look("control", 5, 8, 21_000);
    all.look("policy", 9, 9, 21_000);

    assertThat(all.worst(20_000, 21_000))
        .contains(new Followers.Standing<>("control", 5, 8, 20_000));
    assertThat(all.worst(20_001, 21_000)).isEmpty();
    assertThat(all.standingMs("control", 21_000)).isEqualTo(20_000);
    assertThat(all.standingMs("policy", 21_000)).isZero();
  }

  @Test
  void shouldNotCallOneStandingThatMovesHoweverFarBehindItIs() {
    for (int i = 0; i < 100; i++) {
      all.look("slow", i, 1_000_000, i * 1_000L);
    }
    assertThat(all.worst(1, 99_000)).isEmpty();
    assertThat(all.worst(0, 99_000)).isPresent();
  }

  @Test
  void shouldStartAnewWhereItCaughtUpBetween() {
    all.look("table", 5, 7, 0);
    all.look("table", 7, 7, 10_000);
    all.look("table", 7, 8, 20_000);

    assertThat(all.standingMs("table", 21_000)).isEqualTo(1_000);
  }

  @Test
  void shouldPassOverMarksThatWereThereWhenAGroupMoved() {
    later.look("sink", 5, 7, 0);
    later.look("sink", 5, 7, 60_000);
    assertThat(later.worst(0, 60_000)).isEmpty();

    // More came after it, and it does not move.
    later.look("sink", 5, 20, 61_000);
    later.look("sink", 5, 30, 91_000);

    assertThat(later.worst(30_000, 91_000))
        .contains(new Followers.Standing<>("sink", 5, 30, 30_000));
  }

  @Test
  void shouldNotLetOneThatIsHardlyBehindHideOneThatIs() {
    later.look("hardly", 5, 5, 0);
    later.look("sink", 5, 5, 0);
    later.look("hardly", 5, 6, 1_000);
    later.look("sink", 5, 20, 31_000);

    assertThat(later.worst(0, 91_000).orElseThrow().who()).isEqualTo("hardly");
    assertThat(later.worst(10, 60_000, 91_000))
        .contains(new Followers.Standing<>("sink", 5, 20, 60_000));
    assertThat(later.worst(16, 60_000, 91_000)).isEmpty();
  }

  @Test
  void shouldForgetWhoIsGone() {
    all.look("gone", 1, 2, 0);
    all.look("here", 1, 2, 0);
    all.keep(Set.of("here"));

    assertThat(all.worst(0, 5).orElseThrow().who()).isEqualTo("here");
    assertThat(all.standingMs("gone", 5)).isZero();
  }
}
