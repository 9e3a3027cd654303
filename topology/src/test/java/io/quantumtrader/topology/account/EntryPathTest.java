package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an intent to its plan, through the whole sub-topology. */
final class EntryPathTest {

  @TempDir Path directory;
  private AccountDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new AccountDriver(directory).open();
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  @Test
  void shouldMakeOnePlanWithItsPermitInside() {
    // when
    driver.intent(intent("i-1"));

    // then
    List<TestRecord<String, ApplyPlan>> plans = driver.records(Topic.APPLY_PLAN, ApplyPlan.class);
    assertThat(plans).hasSize(1);
    assertThat(plans.get(0).key()).isEqualTo(MAIN);
    assertThat(plans.get(0).timestamp()).isEqualTo(NOON);
    ApplyPlan plan = plans.get(0).value();
    assertThat(plan.getPlanId()).hasSize(16).matches("[0-9a-f]+");
    assertThat(plan.getSide()).isEqualTo(OrderSide.BUY);
    assertThat(plan.getAction()).isEqualTo(PlanAction.ENTRY);
    assertThat(plan.getReduceOnly()).isFalse();
    assertThat(plan.getQuantity()).isEqualByComparingTo("0.008");
    assertThat(plan.getLeverage()).isEqualTo(2);
    assertThat(plan.getNotional()).isEqualByComparingTo("568");
    assertThat(plan.getMargin()).isEqualByComparingTo("284");
    assertThat(plan.getStopPrice()).isEqualByComparingTo("69500");
    assertThat(plan.getTargetPrice()).isEqualByComparingTo("83000");
    assertThat(plan.getRisk().getSource()).isEqualTo(RiskSource.STATE_ATR);
    assertThat(plan.getRegime()).isEqualTo("trend");
    assertThat(plan.getPolicyName()).isEqualTo("default");
    assertThat(plan.getPolicyVersion()).isEqualTo(1);
    assertThat(plan.getPermit().getKind()).isEqualTo(PermitKind.P33);
    assertThat(plan.getPermit().getGrantedAtMs()).isEqualTo(NOON);
    assertThat(plan.getPermit().getExpiresAtMs()).isEqualTo(NOON + MINUTE);
    assertThat(plan.getPermit().getQuantity()).isEqualByComparingTo("0.008");
  }

  @Test
  void shouldCopyThePermitUnderThePlanId() {
    // when
    driver.intent(intent("i-1"));

    // then
    ApplyPlan plan = driver.plans().get(0);
    List<TestRecord<String, Permit>> permits = driver.records(Topic.PERMIT, Permit.class);
    assertThat(permits).hasSize(1);
    assertThat(permits.get(0).key()).isEqualTo(plan.getPlanId());
    assertThat(permits.get(0).value()).isEqualTo(plan.getPermit());
  }

  @Test
  void shouldRecordTheGrantWithNumbersAndLookUps() {
    // when
    Decision decision = driver.decide(intent("i-1"));

    // then
    assertThat(decision.getVerdict()).isEqualTo(Verdict.GRANTED);
    assertThat(decision.getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(decision.getStage()).isEqualTo("portfolio-gate");
    assertThat(decision.getCauseId()).isEqualTo("i-1");
    assertThat(decision.getQuantity()).isEqualTo(dec("0.008"));
    assertThat(decision.getPlanId()).isEqualTo(driver.plans().get(0).getPlanId());
    assertThat(decision.getPolicyVersion()).isEqualTo(1);
    assertThat(decision.getNumbers())
        .extracting(number -> number.getName() + "=" + number.getValue())
        .contains(
            "exposure=0.0284",
            "maximumExposure=0.8",
            "maximumPositions=10",
            "asked=0.008450704225352112",
            "quantity=0.008");
    assertThat(decision.getLookups())
        .extracting(lookup -> lookup.getTable() + "/" + lookup.getKey() + "/" + lookup.getAgeMs())
        .contains(
            "quantum.policy/main/null",
            "quantum.policy/default/3600000",
            "quantum.control/*/3600000",
            "quantum.universe/top10/3600000",
            "quantum.market.state/" + BTC + "/0");
  }

  @Test
  void shouldReserveSlotAndMarginAtOnce() {
    // when
    driver.intent(intent("i-1"));

    // then
    PortfolioState portfolio = driver.portfolios().get(0);
    assertThat(portfolio.getReservations()).isEqualTo(1);
    assertThat(portfolio.getOpenPositions()).isZero();
    assertThat(portfolio.getMarginReserved()).isEqualByComparingTo("284");
    assertThat(portfolio.getGrossNotional()).isEqualByComparingTo("568");
    assertThat(portfolio.getExposure()).isEqualTo(0.0284);
  }
}
