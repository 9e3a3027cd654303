package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.policy.AccountLimit.Effect;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which limits an account is beyond, at them and a step to either side. */
final class LimitExceededTest {

  private static final long NOW = 1_763_546_400_000L;

  /** A limit, the value that the account just keeps to, the next that it does not, what it has. */
  static List<Arguments> edges() {
    return List.of(
        edge(AccountLimit.POSITIONS, Policy.Builder::setMaxPositions, 5, 4, "5"),
        edge(AccountLimit.EXPOSURE, Policy.Builder::setMaxExposure, 0.25, 0.2499, "0.25"),
        edge(AccountLimit.MARGIN_RATIO, Policy.Builder::setMinMarginRatio, 0.5, 0.5001, "0.5"),
        edge(AccountLimit.DAILY_LOSS, Policy.Builder::setMaxDailyLoss, 0.2001, 0.2, "0.2"),
        edge(AccountLimit.DRAWDOWN, Policy.Builder::setMaxDrawdown, 0.5001, 0.5, "0.5"),
        edge(AccountLimit.LOSS_STREAK, Policy.Builder::setMaxConsecutiveLosses, 3, 2, "2"),
        edge(
            AccountLimit.LIQUIDATION_GUARD,
            Policy.Builder::setLiquidationGuardRatio,
            0.4999,
            0.5,
            "0.5"));
  }

  private static <V> Arguments edge(
      AccountLimit limit, BiConsumer<Policy.Builder, V> set, V kept, V broken, String now) {
    return Arguments.of(limit, with(set, kept), with(set, broken), now);
  }

  private static <V> Policy with(BiConsumer<Policy.Builder, V> set, V value) {
    Policy.Builder policy = Policy.newBuilder(wide());
    set.accept(policy, value);
    return policy.build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edges")
  void shouldKnowTheEdgeOfEachLimit(AccountLimit limit, Policy kept, Policy broken, String now) {
    assertThat(LimitExceeded.of(kept, account().build())).isEmpty();
    assertThat(LimitExceeded.of(broken, account().build()))
        .containsExactly(new LimitExceeded(limit, limit.allowed(broken), now));
  }

  @Test
  void shouldHaveAnEdgeForEachLimit() {
    assertThat(edges())
        .extracting(each -> each.get()[0])
        .containsExactlyElementsOf(Arrays.asList(AccountLimit.values()));
  }

  @Test
  void shouldNameEveryLimitThatIsExceededInTheirOrder() {
    // given
    Policy tight =
        Policy.newBuilder(wide())
            .setMaxPositions(2)
            .setMaxDrawdown(0.1)
            .setMaxExposure(0.1)
            .build();

    // then
    assertThat(LimitExceeded.of(tight, account().build()))
        .extracting(LimitExceeded::limit)
        .containsExactly(AccountLimit.POSITIONS, AccountLimit.EXPOSURE, AccountLimit.DRAWDOWN);
  }

  @Test
  void shouldSayOnlyWhatIsExceededByTheChange() {
    // given an account that is beyond one limit already
    Policy before = Policy.newBuilder(wide()).setMaxPositions(4).build();
    Policy tighter = Policy.newBuilder(before).setMaxPositions(3).setMaxExposure(0.1).build();

    // then
    assertThat(LimitExceeded.by(before, tighter, account().build()))
        .extracting(LimitExceeded::limit)
        .containsExactly(AccountLimit.EXPOSURE);
    assertThat(LimitExceeded.by(tighter, before, account().build())).isEmpty();
  }

  @Test
  void shouldCountReservationsLikePositions() {
    Policy four = Policy.newBuilder(wide()).setMaxPositions(4).build();

    assertThat(LimitExceeded.of(four, account().setReservations(1).build())).isEmpty();
    assertThat(LimitExceeded.of(four, account().setOpenPositions(0).setReservations(5).build()))
        .hasSize(1);
  }

  @Test
  void shouldNotTellOfMoneyWhereEquityIsNotKnown() {
    // given
    PortfolioState unknown = account().setEquity(null).setMarginRatio(null).build();
    Policy tight =
        Policy.newBuilder(wide())
            .setMaxPositions(1)
            .setMaxExposure(0.001)
            .setMinMarginRatio(100)
            .setMaxDailyLoss(0.001)
            .setMaxDrawdown(0.001)
            .setLiquidationGuardRatio(100)
            .setLiquidationTargetRatio(100)
            .build();

    // then positions count, and nothing fails
    assertThat(LimitExceeded.of(tight, unknown))
        .extracting(LimitExceeded::limit)
        .containsExactly(AccountLimit.POSITIONS);
    assertThat(LimitExceeded.of(tight, Portfolio.unknown("main"))).isEmpty();
    assertThat(LimitExceeded.of(tight, account().setEquity(money("-1")).build()))
        .extracting(LimitExceeded::limit)
        .doesNotContain(AccountLimit.EXPOSURE, AccountLimit.MARGIN_RATIO);
  }

  @Test
  void shouldBeginAStreakAgainByALongerHaltOnly() {
    // given a streak whose halt is over
    Policy before = Policy.newBuilder(wide()).setMaxConsecutiveLosses(2).setHaltMs(60_000).build();
    PortfolioState over = account().setLastLossAtMs(NOW - 60_000).build();

    // then
    assertThat(LimitExceeded.of(before, over)).isEmpty();
    Policy longer = Policy.newBuilder(before).setHaltMs(60_001).build();
    assertThat(LimitExceeded.by(before, longer, over))
        .extracting(each -> each.limit().effect())
        .containsExactly(Effect.STREAK_HALTED);
  }

  @Test
  void shouldCloseNothingAtAGuardWhoseTargetIsMet() {
    Policy met =
        Policy.newBuilder(wide())
            .setLiquidationGuardRatio(0.5)
            .setLiquidationTargetRatio(0.5)
            .build();

    assertThat(LimitExceeded.of(met, account().build())).isEmpty();
  }

  @Test
  void shouldSayOfEachLimitWhatFollows() {
    assertThat(AccountLimit.values())
        .filteredOn(limit -> limit != AccountLimit.LIQUIDATION_GUARD)
        .allSatisfy(
            limit ->
                assertThat(limit.effect().meaning())
                    .startsWith("Nothing is closed by it; entries"));
    assertThat(AccountLimit.LIQUIDATION_GUARD.effect().meaning()).contains("CLOSES POSITIONS");
    assertThat(AccountLimit.values())
        .allSatisfy(limit -> assertThat(limit.allowed(Policies.builtin())).isNotEmpty());
  }

  /** Five positions and reservations, a quarter in use, twice its equity in value, half lost. */
  private static PortfolioState.Builder account() {
    return PortfolioState.newBuilder(Portfolio.unknown("main"))
        .setAsOfMs(NOW)
        .setEquity(money("1000"))
        .setEquityAsOfMs(NOW)
        .setOpenPositions(3)
        .setReservations(2)
        .setMarginInUse(money("200"))
        .setMarginReserved(money("50"))
        .setGrossNotional(money("2000"))
        .setMarginRatio(0.5)
        .setDayFirstEquity(money("1250"))
        .setPeakEquity(money("2000"))
        .setConsecutiveLosses(2)
        .setLastLossAtMs(NOW);
  }

  private static Policy wide() {
    return Policy.newBuilder(Policies.builtin())
        .setMaxDailyLoss(1)
        .setMaxDrawdown(1)
        .setLiquidationTargetRatio(0.6)
        .build();
  }

  private static BigDecimal money(String value) {
    return new BigDecimal(value).setScale(18);
  }
}
