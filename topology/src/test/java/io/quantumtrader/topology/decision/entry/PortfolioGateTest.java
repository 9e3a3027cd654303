package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.portfolio.Holdings;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PortfolioGateTest {

  private final Policy.Builder policy = Given.policy();
  private Optional<PortfolioState.Builder> portfolio =
      Optional.of(
          PortfolioState.newBuilder(Portfolio.unknown(MAIN))
              .setEquity(dec("1000"))
              .setEquityAsOfMs(NOON));
  private Holdings holdings = holding(0, 0, 0, "0", "0", "0");

  private static Holdings holding(
      int positions, int reservations, int slots, String inUse, String reserved, String notional) {
    return new Holdings(positions, reservations, slots, dec(inUse), dec(reserved), dec(notional));
  }

  private static SizedEntry entry(String margin, String notional) {
    Risk risk =
        Risk.newBuilder()
            .setInitialStop(dec("900"))
            .setTarget(dec("1800"))
            .setFactor(1.5)
            .setSource(RiskSource.DEFAULT)
            .build();
    return new SizedEntry(
        OrderSide.BUY,
        dec("0.1"),
        dec("1000"),
        2,
        dec(notional),
        dec(margin),
        risk,
        0.5,
        List.of(ReasonCode.LEVERAGE_CAPPED),
        Numbers.none());
  }

  private GateResult<Numbers> rule(SizedEntry entry) {
    return PortfolioGate.rule(
        entry,
        new PortfolioGate.View(
            policy.build(), portfolio.map(PortfolioState.Builder::build), holdings),
        NOON);
  }

  private String code(SizedEntry entry) {
    return switch (rule(entry)) {
      case GateResult.Denied<Numbers> no -> no.why().code().name();
      case GateResult.Granted<Numbers> yes -> "granted";
    };
  }

  private List<String> numbers(SizedEntry entry) {
    return switch (rule(entry)) {
      case GateResult.Denied<Numbers> no -> text(no.why().numbers().list());
      case GateResult.Granted<Numbers> yes -> text(yes.value().list());
    };
  }

  @Test
  void shouldSayHowMuchRoomWasTaken() {
    // given
    holdings = holding(2, 1, 3, "300", "100", "1500");

    // then
    assertThat(numbers(entry("100", "1000")))
        .containsExactly(
            "positions=2",
            "reservations=1",
            "maximumPositions=10",
            "exposure=0.5",
            "maximumExposure=0.8",
            "marginRatio=0.4",
            "minimumMarginRatio=0.2",
            "equity=1000");
  }

  @ParameterizedTest
  @CsvSource({"8,granted", "9,granted", "10,POSITION_LIMIT", "19,POSITION_LIMIT"})
  void shouldHoldTheSlots(int slots, String expected) {
    // given
    holdings = holding(slots - 1, 1, slots, "0", "0", "0");

    // then
    assertThat(code(entry("1", "1"))).isEqualTo(expected);
  }

  @Test
  void shouldSayHowManySlotsAreTaken() {
    // given
    holdings = holding(7, 3, 10, "0", "0", "0");

    // then
    assertThat(numbers(entry("1", "1")))
        .containsExactly("positions=7", "reservations=3", "maximumPositions=10");
  }

  @ParameterizedTest
  @CsvSource({"99.999999,granted", "100,granted", "100.000000000000000001,EXPOSURE_LIMIT"})
  void shouldHoldTheExposureAfterTheOrder(String margin, String expected) {
    // given: 400 in use and 300 reserved of 1000
    holdings = holding(1, 1, 2, "400", "300", "700");

    // then
    assertThat(code(entry(margin, "100"))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatTheExposureWouldBe() {
    // given
    holdings = holding(1, 1, 2, "400", "300", "700");

    // then
    assertThat(numbers(entry("110", "100")))
        .containsExactly("exposure=0.81", "maximumExposure=0.8");
  }

  @ParameterizedTest
  @CsvSource({
    "999.999999999999999999,granted",
    "1000,granted",
    "1000.000000000000000001,MARGIN_RATIO_LIMIT"
  })
  void shouldHoldTheMarginRatioAfterTheOrder(String notional, String expected) {
    // given: 5000 is five times equity
    holdings = holding(1, 1, 2, "40", "30", "4000");

    // then
    assertThat(code(entry("10", notional))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatTheMarginRatioWouldBe() {
    // given
    holdings = holding(1, 1, 2, "40", "30", "7000");

    // then
    assertThat(numbers(entry("10", "1000")))
        .containsExactly("marginRatio=0.125", "minimumMarginRatio=0.2");
  }

  @ParameterizedTest
  @CsvSource({"119999,granted", "120000,granted", "120001,EQUITY_UNKNOWN"})
  void shouldNotDecideOnOldEquity(long ageMs, String expected) {
    // given
    portfolio.get().setEquityAsOfMs(NOON - ageMs);

    // then
    assertThat(code(entry("1", "1"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-1,EQUITY_UNKNOWN", "0,EQUITY_UNKNOWN", "1,granted"})
  void shouldNotDecideWithoutEquity(String equity, String expected) {
    // given
    portfolio.get().setEquity(dec(equity));

    // then
    assertThat(code(entry("0.1", "1"))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatIsKnownOfEquity() {
    // given
    portfolio.get().setEquity(dec("-3")).setEquityAsOfMs(NOON - 7);

    // then
    assertThat(numbers(entry("1", "1")))
        .containsExactly("equity=-3", "ageMs=7", "maximumMs=120000");
  }

  @Test
  void shouldDenyWhereEquityWasNeverKnown() {
    // given
    portfolio.get().setEquity(null);
    assertThat(code(entry("1", "1"))).isEqualTo("EQUITY_UNKNOWN");
    portfolio.get().setEquity(dec("1")).setEquityAsOfMs(null);
    assertThat(code(entry("1", "1"))).isEqualTo("EQUITY_UNKNOWN");

    // when
    portfolio = Optional.empty();

    // then
    assertThat(code(entry("1", "1"))).isEqualTo("EQUITY_UNKNOWN");
    assertThat(numbers(entry("1", "1"))).containsExactly("equity=unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "DAILY_LOSS_LIMIT,1,DAILY_LOSS_LIMIT",
    "DRAWDOWN_LIMIT,1,DRAWDOWN_LIMIT",
    "LOSS_STREAK_LIMIT,1,LOSS_STREAK_LIMIT",
    "DAILY_LOSS_LIMIT,0,granted",
    "DAILY_LOSS_LIMIT,-1,granted"
  })
  void shouldHoldEntriesWhileAHaltLasts(String code, long leftMs, String expected) {
    // given
    portfolio.get().setHaltCode(code).setHaltedUntilMs(NOON + leftMs);

    // then
    assertThat(code(entry("1", "1"))).isEqualTo(expected);
  }

  @Test
  void shouldSayHowLongAHaltLasts() {
    // given
    portfolio
        .get()
        .setHaltCode("DRAWDOWN_LIMIT")
        .setHaltedUntilMs(NOON + 1)
        .setDrawdown(0.09)
        .setConsecutiveLosses(2);

    // then
    assertThat(numbers(entry("1", "1")))
        .containsExactly(
            "haltedUntilMs=1763553600001",
            "nowMs=1763553600000",
            "drawdown=0.09",
            "consecutiveLosses=2");
  }

  @Test
  void shouldRefuseToDecideOnAHaltWithoutACode() {
    // given
    portfolio.get().setHaltedUntilMs(NOON + 1);

    // then
    assertThatThrownBy(() -> rule(entry("1", "1"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldGrantPlanReservationAndRiskInOne() {
    // when
    EntryGrant grant =
        EntryGrant.of(
            "0123456789abcdef",
            intent("i").setSource("agent").setReason("trend").setConfidence(0.7).build(),
            entry("50", "100"),
            Given.state(BTC).build(),
            policy.setVersion(7).build(),
            NOON);

    // then
    assertThat(grant.plan().getPlanId()).isEqualTo("0123456789abcdef");
    assertThat(grant.plan().getAction()).isEqualTo(PlanAction.ENTRY);
    assertThat(grant.plan().getReduceOnly()).isFalse();
    assertThat(grant.plan().getStopPrice()).isEqualTo(dec("900"));
    assertThat(grant.plan().getTargetPrice()).isEqualTo(dec("1800"));
    assertThat(grant.plan().getNotes()).containsExactly("LEVERAGE_CAPPED");
    assertThat(grant.plan().getIntentId()).isEqualTo("i");
    assertThat(grant.plan().getSource()).isEqualTo("agent");
    assertThat(grant.plan().getReason()).isEqualTo("trend");
    assertThat(grant.plan().getConfidence()).isEqualTo(0.7);
    assertThat(grant.plan().getKillScore()).isEqualTo(0.5);
    assertThat(grant.plan().getRegime()).isEqualTo("trend");
    assertThat(grant.plan().getPolicyVersion()).isEqualTo(7);
    assertThat(grant.plan().getCreatedAtMs()).isEqualTo(NOON);
    assertThat(grant.plan().getPositionId()).isEmpty();
    assertThat(grant.plan().getPermit().getKind()).isEqualTo(PermitKind.P33);
    assertThat(grant.plan().getPermit().getExpiresAtMs()).isEqualTo(NOON + 60_000);
    assertThat(grant.plan().getPermit().getPositionQuantity()).isZero();
    assertThat(grant.reservation().getAction()).isEqualTo(PlanAction.ENTRY);
    assertThat(grant.reservation().getMargin()).isEqualTo(dec("50"));
    assertThat(grant.reservation().getNotional()).isEqualTo(dec("100"));
    assertThat(grant.reservation().getFilledQuantity()).isZero();
    assertThat(grant.reservation().getGrantedAtMs()).isEqualTo(NOON);
    assertThat(grant.risk().getRisk()).isEqualTo(grant.plan().getRisk());
    assertThat(grant.risk().getRegime()).isEqualTo("trend");
    assertThat(grant.risk().getGrantedAtMs()).isEqualTo(NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, granted",
    "3, 1, LOSS_STREAK_LIMIT",
    "4, 1, LOSS_STREAK_LIMIT",
    "3, 3599999, LOSS_STREAK_LIMIT",
    "3, 3600000, granted"
  })
  void shouldHoldAStreakThatNoStepHasWrittenDownYet(int losses, long agoMs, String expected) {
    // given
    portfolio.orElseThrow().setConsecutiveLosses(losses).setLastLossAtMs(NOON - agoMs);

    // then
    assertThat(code(entry("100", "1000"))).isEqualTo(expected);
    if (!expected.equals("granted")) {
      assertThat(numbers(entry("100", "1000")))
          .containsExactly(
              "haltedUntilMs=" + (NOON - agoMs + Given.HOUR),
              "nowMs=" + NOON,
              "drawdown=0",
              "consecutiveLosses=" + losses);
    }
  }
}
