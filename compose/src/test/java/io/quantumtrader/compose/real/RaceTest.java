package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Then: two services counted slots at once, and an account ended with more positions than allowed.
 * Now: each account opens exactly as many as it has slots, whatever dies on the way.
 */
@Tag("real")
final class RaceTest {

  private static final int SLOTS = 10;

  @Test
  void shouldNeverOvershootSlotsWhenTheStagesAreKilledAndTheExecutorIsLate() throws Exception {
    List<String> accounts = IntStream.range(0, 20).mapToObj(i -> "account-" + i).toList();
    List<String> symbols = IntStream.range(0, 50).mapToObj(i -> "RACE" + i + "USDT").toList();
    try (RealPipeline pipeline = RealPipeline.fresh();
        SlowExchange exchange = new SlowExchange(pipeline, Duration.ofSeconds(5))) {
      // given
      World world = World.open(pipeline, accounts, symbols);
      int intents = accounts.size() * symbols.size();
      int plans = accounts.size() * SLOTS;

      // when
      try (StagesProcess first = StagesProcess.start(pipeline, 2)) {
        await().atMost(Duration.ofSeconds(60)).until(() -> isWarm(pipeline, accounts));
        for (String symbol : symbols) {
          for (String account : accounts) {
            world.intend(account + symbol, account, symbol, IntentAction.OPEN_LONG, Records.NOW);
          }
        }
        pipeline.flush();
        await().atMost(Duration.ofSeconds(60)).until(() -> exchange.seen() > 0);
        first.kill();
      }
      try (StagesProcess second = StagesProcess.start(pipeline, 2)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> !second.isAlive() || decided(pipeline) == intents);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> open(pipeline).values().stream().mapToLong(n -> n).sum() == plans);
      }

      // then
      assertThat(open(pipeline)).hasSize(accounts.size()).allSatisfy((a, n) -> eq(n, SLOTS));
      assertThat(byAccount(pipeline)).hasSize(accounts.size()).allSatisfy((a, n) -> eq(n, SLOTS));
      assertThat(exchange.answered()).isEqualTo(plans);
      assertThat(denied(pipeline)).isEqualTo(Map.of("POSITION_LIMIT", (long) intents - plans));
      assertThat(pipeline.values(Topic.PORTFOLIO_STATE, PortfolioState.class))
          .allSatisfy(
              state ->
                  assertThat(state.getOpenPositions() + state.getReservations())
                      .isLessThanOrEqualTo(SLOTS));
    }
  }

  private static void eq(long actual, long expected) {
    assertThat(actual).isEqualTo(expected);
  }

  private static boolean isWarm(RealPipeline pipeline, List<String> accounts) {
    Map<String, PortfolioState> states =
        pipeline.table(Topic.PORTFOLIO_STATE, PortfolioState.class);
    if (states.size() == accounts.size()
        && states.values().stream().allMatch(state -> state.getEquity() != null)) {
      return true;
    }
    // Portfolios are published when the clock passes: let it pass again.
    pipeline.clock(Records.NOW + 1);
    return false;
  }

  private static long decided(RealPipeline pipeline) {
    return intentDecisions(pipeline).size();
  }

  private static List<Decision> intentDecisions(RealPipeline pipeline) {
    return pipeline.values(Topic.DECISION, Decision.class).stream()
        .filter(decision -> decision.getCauseType() == CauseType.INTENT)
        .filter(decision -> decision.getVerdict() != Verdict.RECORDED)
        .toList();
  }

  private static Map<String, Long> denied(RealPipeline pipeline) {
    return intentDecisions(pipeline).stream()
        .filter(decision -> decision.getVerdict() == Verdict.DENIED)
        .collect(Collectors.groupingBy(Decision::getCode, Collectors.counting()));
  }

  private static Map<String, Long> byAccount(RealPipeline pipeline) {
    return pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).stream()
        .collect(Collectors.groupingBy(ApplyPlan::getAccount, Collectors.counting()));
  }

  private static Map<String, Long> open(RealPipeline pipeline) {
    return pipeline.table(Topic.POSITION_LEDGER, PositionLedger.class).values().stream()
        .filter(row -> row.getSide() == PositionSide.LONG)
        .collect(Collectors.groupingBy(PositionLedger::getAccount, Collectors.counting()));
  }
}
