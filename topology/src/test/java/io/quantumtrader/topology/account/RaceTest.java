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
  private AccountDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new AccountDriver(directory).open();
    String[] symbols = IntStream.range(0, ENTRIES).mapToObj(i -> symbol(i)).toArray(String[]::new);
    driver.universe(Given.top(symbols));
    for (String symbol : symbols) {
      driver.instrument(Given.instrument(symbol).build());
      driver.state(Given.state(symbol).build());
    }
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static String symbol(int i) {
    return "S" + i + "USDT";
  }

  private List<ApplyPlan> race(String amount) {
    for (int i = 0; i < ENTRIES; i++) {
      driver.intent(intent("i-" + i).setSymbol(symbol(i)).setAmount(dec(amount)));
    }
    return driver.plans();
  }

  @Test
  void shouldOpenAsManyAsThereAreSlots() {
    // when
    List<ApplyPlan> plans = race("300");

    // then
    List<Decision> decisions = driver.decisions();
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
    driver.policy(Given.policy().setMaxPositions(50).build());

    // when
    List<ApplyPlan> plans = race("715");

    // then
    assertThat(plans).hasSize(11);
    assertThat(driver.decisions().get(11).getCode()).isEqualTo("EXPOSURE_LIMIT");
  }

  @Test
  void shouldNotOvershootTheMarginRatio() {
    // given: 2982 each at 10x, 16 of them are 47712 of 50000
    driver.policy(Given.policy().setMaxPositions(50).build());
    IntStream.range(0, ENTRIES)
        .forEach(
            i ->
                driver.intent(
                    intent("i-" + i).setSymbol(symbol(i)).setAmount(dec("300")).setLeverage(10.0)));

    // then
    assertThat(driver.plans()).hasSize(16);
    assertThat(driver.decisions().get(16).getCode()).isEqualTo("MARGIN_RATIO_LIMIT");
  }

  @Test
  void shouldKeepEverySlotTakenUntilTheFinalResult() {
    // given
    List<ApplyPlan> plans = race("300");
    driver.drain();

    // when: the permits are long void, one is unresolved, one filled in part
    driver.result(unfinished(plans.get(0), ResultOutcome.UNRESOLVED));
    driver.result(
        unfinished(plans.get(1), ResultOutcome.PARTIALLY_FILLED)
            .setFill(fill("f", "0.003", "71000")));
    driver.exchange(Given.exchange(MAIN, "10000", NOON + 100_000));
    driver.clock(NOON + 100_000);
    driver.drain();
    Decision decision =
        driver.decide(intent("again").setSymbol(symbol(20)).setCreatedAtMs(NOON + 100_000));

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
    driver.drain();

    // when
    driver.result(
        result(plans.get(4), null).setOutcome(ResultOutcome.LAPSED).setResultId("lapsed"));
    driver.drain();

    // then
    assertThat(driver.decide(intent("a").setSymbol(symbol(20))).getCode())
        .isEqualTo("PERMIT_GRANTED");
    assertThat(driver.decide(intent("b").setSymbol(symbol(21))).getCode())
        .isEqualTo("POSITION_LIMIT");
  }

  @Test
  void shouldGiveNoSlotBackForAFill() {
    // given
    List<ApplyPlan> plans = race("300");
    driver.drain();

    // when
    driver.result(result(plans.get(4), fill("f", "0.008", "71000")));

    // then
    PortfolioState portfolio = driver.portfolios().get(0);
    assertThat(portfolio.getOpenPositions()).isEqualTo(1);
    assertThat(portfolio.getReservations()).isEqualTo(9);
    driver.drain();
    assertThat(driver.decide(intent("b").setSymbol(symbol(21))).getCode())
        .isEqualTo("POSITION_LIMIT");
  }
}
