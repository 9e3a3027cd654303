package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.TradingState;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops on a real broker: each is told once, whoever dies on the way. */
@Tag("real")
class StopOnBrokerTest {

  private static final PaperSettings PAPER =
      PaperSettings.DEFAULT
          .withAccounts(IntStream.range(0, 40).mapToObj(i -> "s" + i).toList())
          .withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  private static Venue venue;
  private static int runs;

  private final int run = runs++;
  private final String account = "s" + run;

  /** A symbol of this test's own, so that no other test's marks set off its orders. */
  private final String symbol = "T" + run + "USDT";

  @BeforeAll
  static void open() throws Exception {
    venue = new Venue();
    venue.control("*", TradingState.ACTIVE);
    venue.clock();
  }

  @AfterAll
  static void close() {
    venue.close();
  }

  /** What a crash throws. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static PlanExecutor started(String instance) {
    return started(instance, CrashPoint.Watch.NONE);
  }

  private static PlanExecutor started(String instance, CrashPoint.Watch watch) {
    ExecutorSettings settings = venue.settings(instance).build();
    PlanExecutor executor =
        new PlanExecutor(
            settings, () -> new PaperExchange(PAPER), new KafkaExecutorClients(settings), watch);
    executor.start();
    return executor;
  }

  /** Opens a long position of 1 at 2000.5 with a stop at 1900. */
  private void hold(int number, String name) {
    venue.plan(
        Plans.plan(1_000 * (run + 1) + number, name, symbol, OrderSide.BUY, PlanAction.ENTRY, "1")
            .setStopPrice(new BigDecimal("1900")));
  }

  /** Lets the clock go on; accounts are said anew with it, before the mark that closes then. */
  private void fall() {
    venue.clock();
    venue.awaitDrained();
    venue.candle(symbol, "1899.5");
  }

  private void assertStoppedOnce(String name) {
    List<ApplyResult> results = venue.results(name);
    assertThat(results)
        .filteredOn(result -> result.getOrigin() == ResultOrigin.STOP)
        .extracting(ApplyResult::getTrigger)
        .containsExactly(ExitTrigger.STOP_HIT);
    assertThat(results).extracting(ApplyResult::getResultId).doesNotHaveDuplicates();
    ExchangeAccount last = venue.accounts(name).getLast();
    assertThat(last.getPositions()).isEmpty();
    assertThat(last.getWallet()).isEqualByComparingTo("9899");
    assertThat(last.getLastFillId()).isEqualTo(results.getLast().getResultId());
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoint.class,
      names = {"WRITTEN", "COMMITTED"})
  void shouldTellOnceWhatACrashTook(CrashPoint point) {
    // given
    venue.candle(symbol, "2000.5");
    AtomicBoolean armed = new AtomicBoolean();
    CrashPoint.Watch watch =
        reached -> {
          if (reached == point && armed.get()) {
            throw new Crash();
          }
        };
    try (PlanExecutor doomed = started("main", watch)) {
      hold(1, account);
      venue.awaitDrained();
      venue.clock();
      venue.awaitDrained();
      armed.set(true);
      venue.candle(symbol, "1899.5");
      Venue.await("the crash", () -> !doomed.isRunning());
      assertThat(doomed.failure().orElseThrow()).isInstanceOf(Crash.class);
    }

    // when
    try (PlanExecutor successor = started("main")) {
      venue.awaitDrained();
      assertThat(successor.failure()).isEmpty();
    }

    // then
    assertStoppedOnce(account);
  }

  @Test
  void shouldStopByAMarkThatCameWhileNobodyWasThere() {
    // given
    venue.candle(symbol, "2000.5");
    try (PlanExecutor executor = started("main")) {
      hold(1, account);
      venue.awaitDrained();
      assertThat(executor.isRunning()).isTrue();
    }

    // when: through the stop, and back
    venue.clock();
    venue.candle(symbol, "1899.5");
    venue.clock();
    venue.candle(symbol, "2000.5");
    try (PlanExecutor executor = started("main")) {
      venue.awaitDrained();
      assertThat(executor.failure()).isEmpty();
    }

    // then
    assertStoppedOnce(account);
  }

  @Test
  void shouldStopEachAccountOnceWhereTheWorkIsShared() {
    // given: an account in each partition
    venue.candle(symbol, "2000.5");
    String other =
        Stream.of("s30", "s31", "s32", "s33", "s34")
            .filter(name -> Venue.partitionOf(name) != Venue.partitionOf(account))
            .findFirst()
            .orElseThrow();
    try (PlanExecutor one = started("one");
        PlanExecutor two = started("two")) {
      Venue.await("both to work", () -> one.isAssigned() && two.isAssigned());
      hold(1, account);
      hold(2, other);
      venue.awaitDrained();

      // when
      fall();
      venue.awaitDrained();

      // then
      assertThat(one.failure()).isEmpty();
      assertThat(two.failure()).isEmpty();
    }
    assertStoppedOnce(account);
    assertStoppedOnce(other);
  }
}
