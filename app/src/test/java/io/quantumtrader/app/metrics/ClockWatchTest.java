package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {

  private static final long WALL = 1_763_546_400_000L;
  private static final long LATE = ClockWatch.LATE_MS;
  private static final long AHEAD = ClockWatch.AHEAD_MS;
  private static final long YEAR_9999 = 253_370_764_800_000L;

  private final ClockWatch watch = new ClockWatch();

  private String topic() {
    return watch.topic(WALL).orElse("");
  }

  private String followers(long at) {
    return watch.followers("stages", Map.of(0, at), 0, WALL).orElse("");
  }

  @Test
  void shouldSayNothingBeforeTheFirstStep() {
    assertThat(topic()).isEmpty();
    assertThat(followers(WALL - 10 * LATE)).isEmpty();
    assertThat(watch.isKnown()).isFalse();
  }

  @Test
  void shouldCompareALiveClockWithTheWallInBothDirections() {
    watch.step(3, WALL - LATE, 1_000);
    assertThat(topic()).isEmpty();
    watch.step(3, WALL + AHEAD, 1_000);
    assertThat(topic()).isEmpty();

    watch.step(3, WALL - LATE - 1, 1_000);
    assertThat(topic())
        .isEqualTo(
            "the clock of partition 3 is at %s, 30 s behind wall time"
                .formatted(Instant.ofEpochMilli(WALL - LATE - 1)));
    watch.step(3, WALL + AHEAD + 1, 1_000);
    assertThat(topic()).contains("partition 3", "6 s ahead of wall time");
  }

  @Test
  void shouldNameTheOnePartitionThatIsWrong() {
    watch.step(0, WALL, 1_000);
    watch.step(1, WALL, 1_000);
    watch.step(2, WALL - 2 * LATE, 1_000);

    assertThat(topic()).contains("partition 2");
  }

  @Test
  void shouldCompareEachPartitionOfTheStagesWithTheTopicAndTheWall() {
    watch.step(0, WALL, 1_000);

    assertThat(followers(WALL - LATE)).isEmpty();
    assertThat(followers(WALL - LATE - 1)).contains("partition 0", "30 s behind");
    // What a stage keeps in its store may be ahead though the topic is well again.
    assertThat(followers(WALL + AHEAD)).isEmpty();
    assertThat(followers(WALL + AHEAD + 1)).contains("6 s ahead of wall time");
    assertThat(followers(YEAR_9999)).contains("9999");
  }

  @Test
  void shouldSayWhoStandsThoughTheTopicGoesOn() {
    for (long second = 0; second <= 30; second++) {
      watch.step(0, WALL + second * 1_000, 1_000);
      long nowMs = second * 1_000;
      String said =
          watch.followers("stages", Map.of(0, WALL - 1_000), nowMs, WALL + nowMs).orElse("");
      if (second < 30) {
        assertThat(said).isEmpty();
      } else {
        assertThat(said).contains("partition 0");
      }
    }
  }

  @Test
  void shouldLeaveWallTimeOutInAReplayAndStillSeeOneThatStands() {
    long hour = 3_600_000;
    long begin = WALL - 8_760 * hour;
    for (int step = 0; step < 100; step++) {
      watch.step(0, begin + step * hour, hour);
      assertThat(watch.topic(WALL)).isEmpty();
      // One step behind, each time: as it is between a step and its processing.
      assertThat(
              watch.followers("stages", Map.of(0, begin + (step - 1) * hour), step * 1_000L, WALL))
          .isEmpty();
    }
    String said = "";
    for (int second = 100; second <= 130; second++) {
      said =
          watch.followers("stages", Map.of(0, begin + 98 * hour), second * 1_000L, WALL).orElse("");
    }
    assertThat(said).contains("partition 0 has been stuck at", "for 31 s");
  }

  @Test
  void shouldLeaveWallTimeOutWhereItIsToldOfAReplayWhateverTheSteps() {
    watch.replay();
    watch.step(0, WALL - 100 * LATE, 1_000);

    assertThat(topic()).isEmpty();
    assertThat(followers(WALL - 100 * LATE)).isEmpty();
  }

  @Test
  void shouldForgetAPartitionThatAnotherProcessWorksOnNow() {
    for (int second = 0; second <= 60; second++) {
      watch.step(0, WALL + second * 1_000L, 1_000);
      watch.step(1, WALL + second * 1_000L, 1_000);
      Map<Integer, Long> here =
          second == 0
              ? Map.of(0, WALL - 1_000, 1, WALL - 1_000)
              : Map.of(0, WALL + second * 1_000L);

      assertThat(watch.followers("stages", here, second * 1_000L, WALL + second * 1_000L))
          .isEmpty();
    }
  }

  @Test
  void shouldNotTakeTheClockOfOneForThatOfAnother() {
    String said = "";
    for (int second = 0; second <= 30; second++) {
      long nowMs = second * 1_000L;
      watch.step(0, WALL + nowMs, 1_000);
      said = watch.followers("stages", Map.of(0, WALL - 1_000), nowMs, WALL + nowMs).orElse("");
      assertThat(watch.followers("executor", Map.of(0, WALL + nowMs), nowMs, WALL + nowMs))
          .isEmpty();
    }
    watch.step(0, WALL + 29_000, 1_000); // the wall does not count for it: it stands
    assertThat(said).contains("partition 0");
    assertThat(watch.followers("stages", Map.of(0, WALL - 1_000), 30_000, WALL + 29_000))
        .hasValueSatisfying(why -> assertThat(why).contains("has been stuck at", "for 30 s"));
  }

  @Test
  void shouldGiveOneThatHasSeenNoStepYetItsTime() {
    watch.step(0, WALL, 1_000);
    assertThat(followers(0)).isEmpty();
    assertThat(watch.followers("stages", Map.of(0, 0L), LATE - 1, WALL)).isEmpty();
    assertThat(watch.followers("stages", Map.of(0, 0L), LATE, WALL))
        .hasValueSatisfying(
            why -> assertThat(why).contains("has been stuck at no time yet for 30 s"));
  }

  @Test
  void shouldTellHowFarTheWorstIsBehind() {
    watch.step(0, WALL, 1_000);
    watch.step(1, WALL, 1_000);

    assertThat(watch.behindMs(Map.of(0, WALL - 5, 1, WALL - 700, 2, 0L))).isEqualTo(700);
    assertThat(watch.behindMs(Map.of(0, WALL + 10))).isZero();
  }
}
