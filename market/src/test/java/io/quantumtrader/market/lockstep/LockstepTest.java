package io.quantumtrader.market.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.time.Stop;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class LockstepTest {

  private static final LockstepSettings QUICK =
      new LockstepSettings(
          Duration.ofMillis(60),
          Duration.ofMillis(400),
          Duration.ofMillis(1),
          Duration.ofMillis(2),
          Duration.ofMillis(10));
  private static final Pipeline PIPELINE = new Pipeline(Map.of("group", Set.of("in")), Set.of());

  private final FakeOffsets offsets = new FakeOffsets().end("in", 0, 5);
  private final Stop stop = new Stop();

  @Test
  void shouldReturnAtOnceWhereNothingIsOutstanding() throws InterruptedException {
    offsets.commit("group", "in", 0, 5);
    Lockstep lockstep = lockstep(QUICK);

    assertThat(lockstep.await("at the start", stop)).isTrue();
    assertThat(lockstep.cost().waits()).isEqualTo(1);
    assertThat(lockstep.cost().looks()).isEqualTo(1);
  }

  @Test
  void shouldWaitUntilTheLastGroupIsThere() throws InterruptedException {
    long[] done = {0};
    offsets.atEveryLook(() -> offsets.commit("group", "in", 0, Math.min(5, done[0]++)));

    assertThat(lockstep(LockstepSettings.DEFAULT).await("in a test", stop)).isTrue();

    assertThat(offsets.looks()).isEqualTo(6);
  }

  @Test
  void shouldGiveUpWhereNothingChangesAndSayWhoLags() {
    offsets.commit("group", "in", 0, 3);

    assertThatThrownBy(() -> lockstep(QUICK).await("after the clock of 7", stop))
        .isInstanceOf(LockstepException.class)
        .hasMessageContaining("after the clock of 7")
        .hasMessageContaining("nothing has changed for")
        .hasMessageContaining("group is 2 behind in in-0 (committed 3, end 5)");
  }

  @Test
  void shouldGiveUpInTheEndEvenWhereSomethingChangesAllTheTime() {
    long[] end = {5};
    offsets.atEveryLook(() -> offsets.end("in", 0, ++end[0]));

    assertThatThrownBy(() -> lockstep(QUICK).await("in a test", stop))
        .isInstanceOf(LockstepException.class)
        .hasMessageContaining("not done after");
  }

  @Test
  void shouldPassOverMarksOnceTheGapStays() throws InterruptedException {
    offsets.commit("group", "in", 0, 3).marksOnly("in", 0);

    assertThat(lockstep(LockstepSettings.DEFAULT).await("in a test", stop)).isTrue();
  }

  @Test
  void shouldWaitForABrokerThatIsAwayLongerThanItsLimit() throws InterruptedException {
    offsets.atEveryLook(
        () -> {
          if (offsets.looks() <= 2) {
            // Each pause after it is longer than the limit of this lockstep.
            throw new TimeoutException("the broker did not answer");
          }
          offsets.commit("group", "in", 0, offsets.looks() == 3 ? 4 : 5);
        });

    assertThat(lockstep(QUICK).await("in a test", stop)).isTrue();
    assertThat(offsets.looks()).isEqualTo(4);
  }

  @Test
  void shouldEndEarlyWhereItIsAskedToStop() throws InterruptedException {
    offsets.atEveryLook(
        () -> {
          if (offsets.looks() == 3) {
            stop.request();
          }
        });

    assertThat(lockstep(LockstepSettings.DEFAULT).await("in a test", stop)).isFalse();
  }

  private Lockstep lockstep(LockstepSettings settings) {
    return new Lockstep(new Drain(PIPELINE, offsets, () -> true), settings);
  }
}
