package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops the executor at each moment at which it makes a difference, on a real broker. */
@Tag("real")
class CrashTest {

  private static final String ETH = "ETHUSDT";
  private static final PaperSettings PAPER =
      PaperSettings.DEFAULT
          .withAccounts(IntStream.range(0, 40).mapToObj(i -> "c" + i).toList())
          .withCosts(BigDecimal.ZERO, new BigDecimal("0.0004"));

  private static Venue venue;
  private static int runs;

  private final int run = runs++;
  private final String account = "c" + run;

  @BeforeAll
  static void open() throws Exception {
    venue = new Venue();
    venue.control("*", TradingState.ACTIVE);
    venue.clock();
    venue.candle(ETH, "2000.5");
  }

  @AfterAll
  static void close() {
    venue.close();
  }

  /** What a crash throws. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static CrashPoint.Watch crashAt(CrashPoint deadly, String account) {
    return point -> {
      if (point == deadly && !venue.planned(account).isEmpty()) {
        throw new Crash();
      }
    };
  }

  private static PlanExecutor started(
      String instance, Supplier<Exchange> exchange, CrashPoint.Watch watch) {
    ExecutorSettings settings = venue.settings(instance).build();
    PlanExecutor executor =
        new PlanExecutor(settings, exchange, new KafkaExecutorClients(settings), watch);
    executor.start();
    return executor;
  }

  /** The account of this run alone: those of other runs are of other exchanges. */
  private PaperSettings own() {
    return PAPER.withAccounts(List.of(account));
  }

  private ApplyPlan.Builder entry(int number) {
    return Plans.plan(
        1_000 * (run + 1) + number, account, ETH, OrderSide.BUY, PlanAction.ENTRY, "1");
  }

  /** Lets an executor take up its work, gives it two plans, and sees it crash. */
  private void crash(CrashPoint point, Supplier<Exchange> exchange) {
    try (PlanExecutor doomed = started("main", exchange, crashAt(point, account))) {
      Venue.await("the first to take up its work", doomed::isAssigned);
      venue.awaitDrained();
      venue.plan(entry(1));
      venue.plan(entry(2));
      Venue.await("the crash", () -> !doomed.isRunning());
      assertThat(doomed.failure().orElseThrow()).isInstanceOf(Crash.class);
    }
  }

  private void assertEachFilledOnce() {
    List<ApplyResult> results = venue.results(account);
    assertThat(results)
        .filteredOn(ApplyResult::getFinalResult)
        .extracting(ApplyResult::getPlanId)
        .containsExactlyInAnyOrder(entry(1).getPlanId(), entry(2).getPlanId());
    assertThat(results)
        .filteredOn(result -> result.getFill() != null)
        .extracting(ApplyResult::getOutcome)
        .containsExactly(ResultOutcome.FILLED, ResultOutcome.FILLED);
    assertThat(results).extracting(ApplyResult::getResultId).doesNotHaveDuplicates();
    ExchangeAccount last = venue.accounts(account).getLast();
    assertThat(last.getPositions().getFirst().getQuantity()).isEqualByComparingTo("2");
    assertThat(last.getWallet()).isEqualByComparingTo("9998.3996");
  }

  @ParameterizedTest
  @EnumSource(
      value = CrashPoint.class,
      names = {"RECEIVED", "EXECUTED", "WRITTEN", "COMMITTED"})
  void shouldExecuteOnceAndAnswerOnceOnPaper(CrashPoint point) {
    // given
    Supplier<Exchange> paper = () -> new PaperExchange(own());
    crash(point, paper);

    // when
    try (PlanExecutor successor = started("main", paper, CrashPoint.Watch.NONE)) {
      venue.awaitDrained();
      assertThat(successor.failure()).isEmpty();
    }

    // then
    assertEachFilledOnce();
  }

  @ParameterizedTest
  @EnumSource(CrashPoint.class)
  void shouldExecuteOnceAndAnswerOnceOnAnExchangeThatRemembers(CrashPoint point) {
    // given
    RememberingExchange exchange = new RememberingExchange(own());
    exchange.paper().see(Candles.flat(ETH, 0, "2000.5"));
    crash(point, () -> exchange);

    // when
    try (PlanExecutor successor = started("main", () -> exchange, CrashPoint.Watch.NONE)) {
      venue.awaitDrained();
      assertThat(successor.failure()).isEmpty();
    }

    // then
    assertEachFilledOnce();
    assertThat(exchange.calls())
        .filteredOn(call -> call.startsWith("execute"))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void shouldLetAnotherInstanceTakeOverFromOneThatDied() {
    // given: its transaction is still open, and it is still a member of the group
    Supplier<Exchange> paper = () -> new PaperExchange(own());
    crash(CrashPoint.WRITTEN, paper);

    // when
    try (PlanExecutor other = started("other", paper, CrashPoint.Watch.NONE)) {
      Venue.await("the other to take over", other::isAssigned);
      venue.awaitDrained();
      assertThat(other.failure()).isEmpty();
    }

    // then
    assertEachFilledOnce();
  }
}
