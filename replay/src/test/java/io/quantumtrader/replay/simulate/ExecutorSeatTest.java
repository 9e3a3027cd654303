package io.quantumtrader.replay.simulate;

import static io.quantumtrader.replay.simulate.Given.MINUTE;
import static io.quantumtrader.replay.simulate.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Executors come, leave, die, and are replaced without knowing it. */
final class ExecutorSeatTest {

  private final World world =
      new World(1, true, ExecutorMode.TRADE, new Verdicts(), Tampering.NONE, NOW);
  private final WorldTopics topics = new WorldTopics(world.log(), world.serdes());
  private final List<String> told = new ArrayList<>();
  private long nowMs = NOW;

  @BeforeEach
  void begin() {
    world.executor().whenItDies(() -> told.add("died"));
    world.executor().whenTheReplacedIsRefused(() -> told.add("refused"));
    world.executor().begin(false);
    minute();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void minute() {
    nowMs += MINUTE;
    world.advance(nowMs);
    for (int partition = 0; partition < World.COUNTS.account(); partition++) {
      topics.put(
          Topic.CLOCK,
          partition,
          Clock.class,
          Integer.toString(partition),
          new Clock(nowMs, MINUTE, partition),
          nowMs,
          ClockEpoch.header(5));
    }
    world.settle();
  }

  private long accountsSaid() {
    return world.log().partitions(Topic.EXCHANGE_ACCOUNT.topicName()).stream()
        .mapToLong(each -> each.end())
        .sum();
  }

  @Test
  void shouldLetItLeaveWithoutDying() {
    world.executor().leave();

    assertThat(world.executor().isAlive()).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void shouldLetItDie() {
    world.executor().die();

    assertThat(world.executor().isAlive()).isFalse();
    assertThat(told).containsExactly("died");
  }

  @Test
  void shouldGoOnWithASuccessorAndRefuseTheOneThatWasReplaced() {
    for (boolean sameName : List.of(true, false)) {
      told.clear();
      world.replaceExecutor(sameName, 0);
      long before = accountsSaid();
      minute();

      assertThat(told).containsExactly("refused");
      assertThat(world.executor().isAlive()).isTrue();
      assertThat(accountsSaid() - before).isEqualTo(World.accounts().size());
    }
  }

  @Test
  void shouldLetTheReplacedOneSleepUntilItsTime() {
    world.replaceExecutor(false, NOW + 3 * MINUTE);
    minute();
    assertThat(told).isEmpty();
    minute();

    assertThat(told).containsExactly("refused");
  }

  /** It has no partitions to lose, and would take them from its successor with its first poll. */
  @Test
  void shouldNotReplaceOneThatHasNotPolled() {
    world.replaceExecutor(false, 0);
    world.replaceExecutor(false, 0);
    minute();
    long before = accountsSaid();
    minute();

    assertThat(told).containsExactly("refused");
    assertThat(accountsSaid() - before).isEqualTo(World.accounts().size());
  }
}
