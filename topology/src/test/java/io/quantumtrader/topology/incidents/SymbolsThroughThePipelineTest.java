package io.quantumtrader.topology.incidents;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.market.Marks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every symbol goes the whole way, whatever its letters; what is none is refused by name. */
final class SymbolsThroughThePipelineTest {

  private static final String GOOD = "io.quantumtrader.schemas.testing.SymbolSamples#good";
  private static final String BAD = "io.quantumtrader.schemas.testing.SymbolSamples#bad";
  private static final String LOWER = "io.quantumtrader.schemas.testing.SymbolSamples#lowerCase";

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldGoFromCandleToExitPlan(String symbol) {
    try (World world = world(symbol)) {
      // candle -> market state
      assertThat(world.take(Topic.MARKET_STATE, MarketState.class))
          .isNotEmpty()
          .allMatch(state -> state.getSymbol().equals(symbol));

      // intent -> plan -> fill -> ledger -> snapshot
      world.clock(1_000, MAIN);
      world.intent(Given.intent("i").setSymbol(symbol));
      ApplyPlan entry = world.onlyPlan();
      assertThat(entry.getPlanId()).matches("[0-9a-f]{16}");
      world.fill(entry, "71000");
      PositionLedger row = row(world);
      assertThat(row.getSymbol()).isEqualTo(symbol);
      assertThat(row.getSide()).isEqualTo(PositionSide.LONG);
      assertThat(world.take(Topic.POSITION_SNAPSHOT, PositionSnapshot.class))
          .singleElement()
          .satisfies(value -> assertThat(value.getSymbol()).isEqualTo(symbol));

      // proposal -> exit plan
      hitStop(world, symbol, row);
      assertThat(world.take(Topic.HARVEST_PROPOSAL, HarvestProposal.class))
          .anyMatch(proposal -> proposal.getSymbol().equals(symbol));
      assertExit(world, symbol);
    }
  }

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldHoldAnAdoptedPositionLikeAnyOther(String symbol) {
    try (World world = world(symbol)) {
      // when
      world.clock(1_000, MAIN);
      world.drain();
      world.adopt(MAIN, symbol, "0.01", "71000");

      // then: row and stop
      assertThat(world.take(Topic.DECISION, Decision.class))
          .extracting(Decision::getCode)
          .doesNotContain("FILL_INVALID");
      PositionLedger row = row(world);
      assertThat(row.getQuantity()).isEqualByComparingTo("0.01");
      assertThat(row.getRisk().getInitialStop()).isLessThan(row.getEntryPrice());

      // and: exit at the stop
      hitStop(world, symbol, row);
      assertExit(world, symbol);
    }
  }

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldCloseAnAdoptedPositionAsAnOperatorOrders(String symbol) {
    try (World world = world(symbol)) {
      world.clock(1_000, MAIN);
      world.adopt(MAIN, symbol, "0.01", "71000");
      world.drain();

      world.control(
          Control.newBuilder()
              .setAccount(Accounts.ALL)
              .setTradingState(TradingState.HALTED)
              .setCloses(
                  List.of(
                      ManualClose.newBuilder()
                          .setId("close-1")
                          .setSymbol(symbol)
                          .setAtMs(world.nowMs())
                          .build()))
              .setAtMs(world.nowMs())
              .build());
      world.clock(1_000, MAIN);

      assertExit(world, symbol);
    }
  }

  @ParameterizedTest
  @MethodSource({BAD, LOWER})
  void shouldRefuseByNameWhatIsNoSymbol(String text) {
    try (World world = world("BTCUSDT")) {
      world.clock(1_000, MAIN);
      world.drain();

      // when
      world.candle(text, "71000", false);
      world.mark(Marks.at(text, "71000", world.nowMs()), new RecordHeaders());
      world.intent(Given.intent("i").setSymbol(text));
      world.adopt(MAIN, text, "1", "1");

      // then
      assertThat(world.deadLetterReasons()).containsExactly("SYMBOL_INVALID", "SYMBOL_INVALID");
      assertThat(world.take(Topic.DECISION, Decision.class))
          .extracting(Decision::getCode)
          .containsExactly("SYMBOL_INVALID", "FILL_INVALID");
      assertThat(world.take(Topic.POSITION_LEDGER, PositionLedger.class)).isEmpty();
    }
  }

  private World world(String symbol) {
    return new World(directory)
        .policy(Given.policy().setAllowedSymbols(List.of(symbol)))
        .wallet(MAIN)
        .warm(symbol, "71000", true);
  }

  private static PositionLedger row(World world) {
    return world.take(Topic.POSITION_LEDGER, PositionLedger.class).getLast();
  }

  private static void hitStop(World world, String symbol, PositionLedger row) {
    BigDecimal stop = row.getRisk().getInitialStop();
    world.clock(MINUTE, MAIN);
    world.drain();
    world.mark(Marks.at(symbol, stop.toPlainString(), world.nowMs()), new RecordHeaders());
  }

  private static void assertExit(World world, String symbol) {
    ApplyPlan exit = world.onlyPlan();
    assertThat(exit.getSymbol()).isEqualTo(symbol);
    assertThat(exit.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(exit.getPlanId()).matches("[0-9a-f]{16}");
  }
}
