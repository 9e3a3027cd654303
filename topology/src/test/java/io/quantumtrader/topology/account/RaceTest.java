package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty entries for fifty symbols in one batch, none filled yet. */
final class RaceTest {

  private static final int ENTRIES = 50;

  @TempDir Path directory;
  private RoomDriver room;

  @BeforeEach
  void openRoom() {
    room = new RoomDriver(directory).open();
    String[] symbols = IntStream.range(0, ENTRIES).mapToObj(i -> symbol(i)).toArray(String[]::new);
    room.universe(Given.top(symbols));
    for (String symbol : symbols) {
      room.instrument(Given.instrument(symbol).build());
      room.state(Given.state(symbol).build());
    }
  }

  @AfterEach
  void closeRoom() {
    room.close();
  }

  private static String symbol(int i) {
    return "S" + i + "USDT";
  }

  private List<ApplyPlan> race(String amount) {
    for (int i = 0; i < ENTRIES; i++) {
      room.intent(intent("i-" + i).setSymbol(symbol(i)).setAmount(dec(amount)));
    }
    return room.plans();
  }

  @Test
  void shouldOpenAsManyAsThereAreSlots() {
    // when
    List<ApplyPlan> plans = race("300");

    // then
    List<Decision> decisions = room.decisions();
    assertThat(plans).hasSize(10);
    assertThat(decisions).hasSize(ENTRIES);
    assertThat(decisions)
        .filteredOn(decision -> decision.getVerdict() == Verdict.DENIED)
        .hasSize(40)
        .allMatch(decision -> decision.getCode().equals("POSITION_LIMIT"));
  }

  @Test
  void shouldNotOvershootTheExposure() {
    // given: a margin of 710 each, 0.02 at 71000 at 2x; 11 of them are 78.1 %
    room.policy(Given.policy().setMaxPositions(50).build());

    // when
    List<ApplyPlan> plans = race("715");

    // then
    assertThat(plans).hasSize(11);
    assertThat(room.decisions().get(11).getCode()).isEqualTo("EXPOSURE_LIMIT");
  }

  @Test
  void shouldNotOvershootTheMarginRatio() {
    // given: 2982 each at 10x, 16 of them are 47712 of 50000
    room.policy(Given.policy().setMaxPositions(50).build());
    IntStream.range(0, ENTRIES)
        .forEach(
            i ->
                room.intent(
                    intent("i-" + i).setSymbol(symbol(i)).setAmount(dec("300")).setLeverage(10.0)));

    // then
    assertThat(room.plans()).hasSize(16);
    assertThat(room.decisions().get(16).getCode()).isEqualTo("MARGIN_RATIO_LIMIT");
  }

  @Test
  void shouldKeepEverySlotTakenUntilTheFinalResult() {
    // given
    List<ApplyPlan> plans = race("300");
    room.drain();

    // when: the permits are long void, one is unresolved, one filled in part
    room.result(unfinished(plans.get(0), ResultOutcome.UNRESOLVED));
    room.result(
        unfinished(plans.get(1), ResultOutcome.PARTIALLY_FILLED)
            .setFill(fill("f", "0.003", "71000")));
    room.exchange(Given.exchange(MAIN, "10000", NOON + 100_000));
    room.clock(NOON + 100_000);
    room.drain();
    Decision decision =
        room.decide(intent("again").setSymbol(symbol(20)).setCreatedAtMs(NOON + 100_000));

    // then
    assertThat(decision.getCode()).isEqualTo("POSITION_LIMIT");
  }

  private static ApplyResult.Builder unfinished(ApplyPlan plan, ResultOutcome outcome) {
    return result(plan, null).setOutcome(outcome).setFinalResult(false);
  }

  @Test
  void shouldGiveASlotBackWithTheFinalResult() {
    // given
    List<ApplyPlan> plans = race("300");
    room.drain();

    // when
    room.result(result(plans.get(4), null).setOutcome(ResultOutcome.LAPSED).setResultId("lapsed"));
    room.drain();

    // then
    assertThat(room.decide(intent("a").setSymbol(symbol(20))).getCode())
        .isEqualTo("PERMIT_GRANTED");
    assertThat(room.decide(intent("b").setSymbol(symbol(21))).getCode())
        .isEqualTo("POSITION_LIMIT");
  }

  @Test
  void shouldGiveNoSlotBackForAFill() {
    // given
    List<ApplyPlan> plans = race("300");
    room.drain();

    // when
    room.result(result(plans.get(4), fill("f", "0.008", "71000")));

    // then
    PortfolioState portfolio = room.portfolios().get(0);
    assertThat(portfolio.getOpenPositions()).isEqualTo(1);
    assertThat(portfolio.getReservations()).isEqualTo(9);
    room.drain();
    assertThat(room.decide(intent("b").setSymbol(symbol(21))).getCode())
        .isEqualTo("POSITION_LIMIT");
  }
}
