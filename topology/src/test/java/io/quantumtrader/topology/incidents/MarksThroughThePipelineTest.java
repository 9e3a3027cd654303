package io.quantumtrader.topology.incidents;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.market.Marks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks through the whole topology; two accounts hold the same symbol with stops of their own. */
final class MarksThroughThePipelineTest {

  private static final String OTHER = "second";
  private static final BigDecimal HALF = new BigDecimal("0.5");

  @TempDir Path directory;

  private World world() {
    return new World(directory)
        .policy(Given.policy().setAllowedSymbols(List.of(BTC)))
        .wallet(MAIN)
        .wallet(OTHER)
        .warm(BTC, "71000", false);
  }

  /** Opens a long in each account, the other's stop further away. */
  private static BigDecimal openBoth(World world) {
    world.clock(1_000, MAIN, OTHER);
    world.drain();
    world.intent(Given.intent("near").setStopLoss(Given.dec("70000")));
    world.fill(world.onlyPlan(), "71000");
    world.intent(Given.intent("far").setAccount(OTHER).setStopLoss(Given.dec("66000")));
    world.fill(world.onlyPlan(), "71000");
    BigDecimal stop =
        world.take(Topic.POSITION_LEDGER, PositionLedger.class).stream()
            .filter(row -> row.getAccount().equals(MAIN))
            .reduce((first, last) -> last)
            .orElseThrow()
            .getRisk()
            .getInitialStop();
    world.drain();
    return stop;
  }

  private static void mark(World world, String price, long atMs) {
    world.mark(Marks.at(BTC, price, atMs), new RecordHeaders());
  }

  @Test
  void shouldCloseByAMarkWhoseStopItHitsAndNobodyElse() {
    try (World world = world()) {
      // given
      BigDecimal stop = openBoth(world);

      // when: no candle
      mark(world, stop.toPlainString(), world.nowMs() + 500);

      // then
      ApplyPlan plan = world.onlyPlan();
      assertThat(plan.getAccount()).isEqualTo(MAIN);
      assertThat(plan.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
      assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
      assertThat(plan.getPrice()).isEqualByComparingTo(stop);
      assertThat(world.take(Topic.MARKET_STATE, MarketState.class)).isEmpty();
    }
  }

  @Test
  void shouldNotActOnAStandInNorOnASuspectMark() {
    try (World world = world()) {
      // given
      openBoth(world);

      // when
      world.mark(Marks.at(BTC, "60000", world.nowMs() + 500), Marks.standIn());

      // then
      assertThat(world.everything()).isEmpty();

      // when: half of the price
      mark(world, new BigDecimal("71000").multiply(HALF).toPlainString(), world.nowMs() + 600);

      // then: its code and nothing else
      assertThat(world.take(Topic.DECISION, Decision.class))
          .extracting(Decision::getCode)
          .containsExactly("MARK_SUSPECT");
      assertThat(world.everything()).isEmpty();
    }
  }

  @Test
  void shouldReckonEquityByTheLastSnapshotBeforeNow() {
    try (World world = world()) {
      // given: marks within a step of the clock
      openBoth(world);
      long stepMs = world.nowMs() + 1_000;
      mark(world, "71100", stepMs - 800);
      mark(world, "71200", stepMs - 200);
      mark(world, "71300", stepMs);
      mark(world, "71400", stepMs + 300);
      world.drain();

      // when
      world.clock(1_000);

      // then
      assertThat(unrealized(world)).isEqualByComparingTo(gain("200"));
      world.clock(1_000);
      assertThat(unrealized(world)).isEqualByComparingTo(gain("400"));
    }
  }

  /** 600 USD of BTC at 71000, down to the step: 0.008. */
  private static BigDecimal gain(String perUnit) {
    return new BigDecimal(perUnit).multiply(new BigDecimal("0.008"));
  }

  private static BigDecimal unrealized(World world) {
    return world.take(Topic.PORTFOLIO_STATE, PortfolioState.class).stream()
        .filter(state -> state.getAccount().equals(MAIN))
        .reduce((first, last) -> last)
        .orElseThrow()
        .getUnrealizedPnl();
  }

  @Test
  void shouldWriteTheSameBytesWithAndWithoutStandIns() {
    List<String> without = replay(false);
    List<String> with = replay(true);

    assertThat(without)
        .hasSizeGreaterThan(40)
        .anyMatch(line -> line.startsWith(Topic.POSITION_SNAPSHOT.topicName()))
        .anyMatch(line -> line.startsWith(Topic.HARVEST_PROPOSAL.topicName()));
    assertThat(with).isEqualTo(without);
  }

  /** A day's end in short: warm-up, an entry, a climb through two rungs, a fall into the stop. */
  private List<String> replay(boolean marks) {
    try (World world =
        new World(directory)
            .policy(Given.policy().setAllowedSymbols(List.of(BTC)))
            .wallet(MAIN)
            .warm(BTC, "71000", marks)) {
      world.clock(1_000, MAIN);
      world.intent(Given.intent("only"));
      world.fill(world.onlyPlan(), "71000");
      for (String price :
          List.of(
              "71200", "72500", "74500", "76000", "78500", "76000", "73000", "69000", "66000")) {
        world.clock(MINUTE - 1_000, MAIN);
        world.clock(1_000, MAIN);
        world.candle(BTC, price, marks);
        world.take(Topic.APPLY_PLAN, ApplyPlan.class).stream()
            .filter(plan -> plan.getAction() != PlanAction.UPDATE_SL)
            .forEach(plan -> world.fill(plan, price));
      }
      return world.everything();
    }
  }
}
