package io.quantumtrader.topology.decision.portfolio;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.exchange;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.topology.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HaltsTest {

  private static final long DAY = 24 * Given.HOUR;

  private final StepwiseAccount account = new StepwiseAccount();

  @ParameterizedTest
  @CsvSource({
    // wallet after 1000 at the start of the day
    "975.000000000000000001,''",
    "975,DAILY_LOSS_LIMIT",
    "974,DAILY_LOSS_LIMIT",
    "1000,''",
    "1100,''"
  })
  void shouldHaltAtTheDailyLoss(String wallet, String code) {
    // given
    account.at(NOON, "1000");

    // when
    Portfolio.Evaluation evaluation = account.at(NOON + 1, wallet);

    // then
    assertThat(evaluation.state().getHaltCode()).isEqualTo(code);
    assertThat(evaluation.haltBegan().isPresent()).isEqualTo(!code.isEmpty());
    assertThat(evaluation.state().getHaltedUntilMs())
        .isEqualTo(code.isEmpty() ? null : NOON + 1 + Given.HOUR);
  }

  @ParameterizedTest
  @CsvSource({"920.000000000000000001,''", "920,DRAWDOWN_LIMIT", "919,DRAWDOWN_LIMIT"})
  void shouldHaltAtTheDrawdown(String wallet, String code) {
    // given: the peak is of the day before
    account.policy.setMaxDailyLoss(1.0);
    account.at(NOON - DAY, "1000");

    // when
    Portfolio.Evaluation evaluation = account.at(NOON, wallet);

    // then
    assertThat(evaluation.state().getHaltCode()).isEqualTo(code);
    assertThat(evaluation.state().getHaltedUntilMs())
        .isEqualTo(code.isEmpty() ? null : NOON + Given.HOUR);
  }

  @Test
  void shouldSayWhatAHaltWasHeldAgainst() {
    // given
    account.at(NOON, "1000");

    // when
    Halt halt = account.at(NOON + 1, "970").haltBegan().orElseThrow();

    // then
    assertThat(halt.code().name()).isEqualTo("DAILY_LOSS_LIMIT");
    assertThat(text(halt.numbers().list())).containsExactly("dailyLoss=0.03", "maximum=0.025");
  }

  @ParameterizedTest
  @CsvSource({"975.000000000000000001,false", "975,true"})
  void shouldSayOfAStateWhichHaltItStandsFor(String wallet, boolean halts) {
    // given
    account.at(NOON, "1000");

    // when
    PortfolioState state = account.at(NOON + 1, wallet).state();

    // then also while one lasts
    Policy policy = account.policy.setMaxDrawdown(0.025).build();
    assertThat(Halts.dailyLoss(state, policy, NOON).isPresent()).isEqualTo(halts);
    assertThat(Halts.drawdown(state, policy, NOON).isPresent()).isEqualTo(halts);
    assertThat(Halts.dailyLoss(Portfolio.unknown(MAIN), policy, NOON)).isEmpty();
    assertThat(Halts.drawdown(Portfolio.unknown(MAIN), policy, NOON)).isEmpty();
  }

  @Test
  void shouldEndAHaltAfterAnHour() {
    // given
    account.at(NOON, "1000");
    account.at(NOON + 1, "970");

    // when
    Portfolio.Evaluation during = account.at(NOON + Given.HOUR, "990");
    Portfolio.Evaluation after = account.at(NOON + 1 + Given.HOUR, "990");

    // then
    assertThat(during.state().getHaltCode()).isEqualTo("DAILY_LOSS_LIMIT");
    assertThat(during.haltBegan()).isEmpty();
    assertThat(after.state().getHaltCode()).isEmpty();
    assertThat(after.state().getHaltedUntilMs()).isNull();
  }

  @Test
  void shouldHaltAgainWhereTheLossStillStands() {
    // given
    account.at(NOON, "1000");
    account.at(NOON + 1, "970");

    // when
    Portfolio.Evaluation after = account.at(NOON + 1 + Given.HOUR, "970");

    // then
    assertThat(after.haltBegan()).isPresent();
    assertThat(after.state().getHaltedUntilMs()).isEqualTo(NOON + 1 + 2 * Given.HOUR);
  }

  @Test
  void shouldNotProlongAHaltWhileItLasts() {
    // given
    account.at(NOON, "1000");
    account.at(NOON + 1, "970");

    // then
    assertThat(account.at(NOON + 2, "900").state().getHaltedUntilMs())
        .isEqualTo(NOON + 1 + Given.HOUR);
  }

  @Test
  void shouldHaltOnAStreakOfLossesAtTheNextStep() {
    // given
    account.at(NOON, "1000");
    PortfolioState first = Halts.afterClose(account.before.get(), dec("-1"), NOON);
    PortfolioState second = Halts.afterClose(first, dec("-1"), NOON + 1);
    PortfolioState third = Halts.afterClose(second, dec("-1"), NOON + 2);

    // then: two are no streak, and the third holds back at once
    assertThat(second.getConsecutiveLosses()).isEqualTo(2);
    assertThat(second.getLastLossAtMs()).isEqualTo(NOON + 1);
    assertThat(Halts.streak(second, account.policy.build(), NOON + 1)).isEmpty();
    assertThat(Halts.streak(third, account.policy.build(), NOON + 2)).isPresent();

    // when
    account.before = Optional.of(third);
    Portfolio.Evaluation next = account.at(NOON + 3, "1000");

    // then: from the loss on
    assertThat(text(next.haltBegan().orElseThrow().numbers().list()))
        .containsExactly("consecutiveLosses=3", "maximum=3");
    assertThat(next.state().getHaltCode()).isEqualTo("LOSS_STREAK_LIMIT");
    assertThat(next.state().getHaltedUntilMs()).isEqualTo(NOON + 2 + Given.HOUR);
    assertThat(account.at(NOON + 4, "1000").haltBegan()).as("once").isEmpty();
  }

  @Test
  void shouldProlongTheHaltOfAStreakWithEachLoss() {
    // given
    account.at(NOON, "1000");
    for (int i = 0; i < 3; i++) {
      account.before = Optional.of(Halts.afterClose(account.before.get(), dec("-1"), NOON));
    }
    account.at(NOON + 1, "1000");

    // when
    account.before = Optional.of(Halts.afterClose(account.before.get(), dec("-1"), NOON + 10));
    Portfolio.Evaluation next = account.at(NOON + 11, "1000");

    // then
    assertThat(next.haltBegan()).isPresent();
    assertThat(next.state().getConsecutiveLosses()).isEqualTo(4);
    assertThat(next.state().getHaltedUntilMs()).isEqualTo(NOON + 10 + Given.HOUR);
  }

  /** Symbol sub-topologies answer a step in any order, and so do the fills that follow. */
  @ParameterizedTest
  @CsvSource({
    "2, -1 -1 1, 2",
    "2, -1 1 -1, 2",
    "2, 1 -1 -1, 2",
    "2, 1 0, 0",
    "2, -1 -1, 4",
    "0, -1 1, 1",
    "0, 1 -1, 1",
  })
  void shouldCountWhatClosesAtOneStepInAnyOrder(int streak, String profits, int expected) {
    // given
    PortfolioState state =
        PortfolioState.newBuilder(Portfolio.unknown(MAIN)).setConsecutiveLosses(streak).build();

    // when
    for (String profit : profits.split(" ", -1)) {
      state = Halts.afterClose(state, dec(profit), NOON);
    }

    // then
    assertThat(state.getConsecutiveLosses()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.000000000000000001,0", "-0.000000000000000001,3"})
  void shouldEndAStreakWithATradeThatLosesNothing(String profit, int streak) {
    // given
    PortfolioState state =
        PortfolioState.newBuilder(Portfolio.unknown(MAIN)).setConsecutiveLosses(2).build();

    // then
    assertThat(Halts.afterClose(state, dec(profit), NOON).getConsecutiveLosses()).isEqualTo(streak);
  }

  @Test
  void shouldNotHaltAgainOnAStreakWithoutAnotherLoss() {
    // given
    account.at(NOON, "1000");
    account.before =
        Optional.of(
            PortfolioState.newBuilder(account.before.get())
                .setConsecutiveLosses(3)
                .setHaltCode("LOSS_STREAK_LIMIT")
                .setHaltedUntilMs(NOON + Given.HOUR)
                .build());

    // then
    assertThat(account.at(NOON + Given.HOUR - 1, "1000").state().getHaltCode())
        .isEqualTo("LOSS_STREAK_LIMIT");
    assertThat(account.at(NOON + Given.HOUR, "1000").state().getHaltCode()).isEmpty();
  }

  @Test
  void shouldEndAHaltThoughEquityIsOld() {
    // given
    account.at(NOON, "1000");
    account.at(NOON + 1, "970");

    // when
    account.exchange = Optional.of(exchange(MAIN, "970", NOON));

    // then
    assertThat(account.at(NOON + 1 + Given.HOUR).state().getHaltedUntilMs()).isNull();
  }

  @Test
  void shouldEndAStreakWithAWinOfALaterStep() {
    // given
    PortfolioState lost = Halts.afterClose(Portfolio.unknown(MAIN), dec("-1"), NOON);

    // then what was lost in the same step stays
    assertThat(Halts.afterClose(lost, dec("1"), NOON).getConsecutiveLosses()).isEqualTo(1);
    assertThat(Halts.afterClose(lost, dec("1"), NOON + 1).getConsecutiveLosses()).isZero();
    assertThat(Halts.afterClose(lost, dec("0"), NOON + 1).getConsecutiveLosses()).isZero();
  }
}
