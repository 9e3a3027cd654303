package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.PlanIds;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closes that intents ask for: past every gate for entries, one at a time. */
final class ClosesInSubtopologyTest {

  @TempDir Path directory;
  private AccountDriver driver;

  /** A long of 0.02 BTC. */
  @BeforeEach
  void openPosition() {
    driver = new AccountDriver(directory).open();
    driver.result(result(BTC, OrderSide.BUY, fill("open", "0.02", "70000")));
    driver.drain();
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static TradeIntent.Builder close(String id) {
    return intent(id)
        .setAction(IntentAction.CLOSE)
        .setSizing(Sizing.NONE)
        .setAmount(null)
        .setLeverage(null);
  }

  private static TradeIntent.Builder sell(String id, String quantity) {
    return intent(id)
        .setAction(IntentAction.SELL)
        .setSizing(Sizing.QUANTITY)
        .setAmount(dec(quantity));
  }

  @Test
  void shouldPlanACloseWithAPermitOfItsOwnKind() {
    // when
    ApplyPlan plan = driver.plan(close("c"));

    // then
    assertThat(plan.getPlanId()).isEqualTo(PlanIds.ofIntent(MAIN, "c", BTC, OrderSide.SELL));
    assertThat(plan.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(plan.getSide()).isEqualTo(OrderSide.SELL);
    assertThat(plan.getReduceOnly()).isTrue();
    assertThat(plan.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(plan.getPermit().getKind()).isEqualTo(PermitKind.P26);
    assertThat(plan.getPermit().getPositionQuantity()).isEqualTo(dec("0.02"));
    assertThat(plan.getPositionId()).isEqualTo("main:BTCUSDT:1");
  }

  @Test
  void shouldRecordTheCloseByTheApplyLayer() {
    // when
    Decision decision = driver.decide(close("c"));

    // then
    assertThat(decision.getStage()).isEqualTo("apply-layer");
    assertThat(decision.getVerdict()).isEqualTo(Verdict.GRANTED);
    assertThat(decision.getCode()).isEqualTo("CLOSE_GRANTED");
    assertThat(decision.getQuantity()).isEqualTo(dec("0.02"));
  }

  @Test
  void shouldClosePartsInSteps() {
    assertThat(driver.plan(sell("c", "0.0055")).getQuantity()).isEqualTo(dec("0.005"));
  }

  @Test
  void shouldNotBeHeldBackByAnyGateForEntries() {
    // given: nothing of what an entry needs is there
    driver.send(Topic.POLICY, Policy.class, "default", null, NOON);
    driver.send(Topic.INSTRUMENT, Instrument.class, BTC, null, NOON);
    driver.send(Topic.MARKET_STATE, MarketState.class, BTC, null, NOON);
    driver.send(Topic.UNIVERSE, Universe.class, "top10", null, NOON);
    driver.send(Topic.CONTROL, Control.class, Accounts.ALL, null, NOON);
    driver.send(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, MAIN, null, NOON);
    driver.clock(NOON + 1);
    driver.drain();

    // when
    Decision decision = driver.decide(close("c"));

    // then
    assertThat(decision.getCode()).isEqualTo("CLOSE_GRANTED");
    assertThat(decision.getPolicyName()).isEqualTo("builtin");
    assertThat(driver.plans().get(0).getQuantity()).isEqualTo(dec("0.02"));
  }

  @Test
  void shouldBeHeldBackByAHalt() {
    // given
    driver.control(Given.control(MAIN, TradingState.HALTED));

    // then
    assertThat(driver.decide(close("c")).getCode()).isEqualTo("TRADING_HALTED");
  }

  @Test
  void shouldLetOneCloseBeInFlight() {
    // given
    ApplyPlan first = driver.plan(sell("a", "0.005"));

    // when
    Decision second = driver.decide(close("b"));

    // then
    assertThat(second.getCode()).isEqualTo("EXIT_IN_FLIGHT");
    assertThat(second.getStage()).isEqualTo("apply-layer");
    assertThat(second.getNumbers().get(0).getValue()).isEqualTo(first.getPlanId());
  }

  @Test
  void shouldLetTheNextCloseThroughAfterTheFinalResult() {
    // given
    ApplyPlan first = driver.plan(sell("a", "0.005"));

    // when
    driver.result(
        result(first, fill("part", "0.002", "71000"))
            .setOutcome(ResultOutcome.PARTIALLY_FILLED)
            .setFinalResult(false));
    driver.drain();
    Decision during = driver.decide(close("b"));
    driver.result(result(first, null).setOutcome(ResultOutcome.REJECTED).setResultId("rejected"));
    driver.drain();
    ApplyPlan after = driver.plan(close("c"));

    // then
    assertThat(during.getCode()).isEqualTo("EXIT_IN_FLIGHT");
    assertThat(after.getQuantity()).isEqualTo(dec("0.018"));
  }

  @Test
  void shouldCloseAShortInsideTheCooldownOfItsSymbol() {
    // given: flat and short again within the quarter hour
    driver.result(result(BTC, OrderSide.SELL, fill("flat", "0.02", "70000")));
    driver.result(result(BTC, OrderSide.SELL, fill("short", "0.01", "70000")));
    driver.drain();

    // when
    ApplyPlan plan = driver.plan(close("c"));

    // then
    assertThat(plan.getSide()).isEqualTo(OrderSide.BUY);
    assertThat(plan.getQuantity()).isEqualTo(dec("0.01"));
  }

  @Test
  void shouldTakeNoSlotForAClose() {
    // given
    driver.policy(Given.policy().setMaxPositions(1).build());

    // when
    driver.plan(close("c"));
    driver.clock(NOON + 1);

    // then
    assertThat(driver.portfolios()).allMatch(state -> state.getReservations() == 0);
  }

  @Test
  void shouldCapWhatReduceOnlyAsksForAtWhatIsOpen() {
    // when
    ApplyPlan plan = driver.plan(sell("c", "5").setReduceOnly(true));

    // then
    assertThat(plan.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(plan.getNotes()).containsExactly("QUANTITY_CAPPED_SENDER");
  }
}
