package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The switch goes by the executor's own life, not by the clock of the pipeline. */
final class DeadManSwitchTest extends OpenPositionBase {

  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final long OWN = 5_000_000;

  private void switchedOn() {
    settings = MockClients.settings().deadMan(WITHIN);
    desk = takenUp(PartitionHistory.NONE);
    tick(NOW);
  }

  @Test
  void shouldTellTheExchangeThreeTimesInTheTimeThatItWaits() {
    // given
    switchedOn();
    open2();

    // when: the clock sees none of these turns of the loop
    for (long own : List.of(OWN, OWN + 19_999, OWN + 20_000, OWN + 39_999)) {
      desk.alive(own);
    }

    // then
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 60");
  }

  private void closedByHand() {
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder(
                    "main", ETH, OrderSide.SELL, new BigDecimal("2"), true, "hand", laterMs));
    later();
  }

  @Test
  void shouldTakeItBackWhereNothingIsOpenAnyMore() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);
    closedByHand();

    // when
    desk.alive(OWN + 20_000);
    desk.alive(OWN + 40_000);

    // then
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 0");
  }

  @Test
  void shouldAskAgainToTakeItBackWhereTheExchangeDidNotAnswer() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);
    closedByHand();
    exchange.answerDeadMan(new Unresolved("no answer"), REFUSED);

    // when
    desk.alive(OWN + 20_000);
    desk.alive(OWN + 40_000);
    boolean counting = desk.isArmed();
    int told = desk.troubles().get(ExecutorTrouble.DEAD_MAN_UNSET);
    desk.alive(OWN + 60_000);
    desk.alive(OWN + 80_000);

    // then: where it was refused the exchange counts on
    assertThat(counting).isTrue();
    assertThat(told).isEqualTo(1);
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.DEAD_MAN_UNSET, 0);
    assertThat(calls("dead man"))
        .containsExactly(
            "dead man ETHUSDT 60",
            "dead man ETHUSDT 0",
            "dead man ETHUSDT 0",
            "dead man ETHUSDT 0");
    assertThat(desk.isArmed()).isFalse();
  }

  @Test
  void shouldLeaveWhatIsNotListedAnyMore() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);
    closedByHand();
    exchange.answerDeadMan(new Refused(ReasonCode.INSTRUMENT_UNKNOWN, List.of(), "no such symbol"));

    // when
    desk.alive(OWN + 20_000);
    desk.alive(OWN + 40_000);

    // then
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 0");
    assertThat(desk.isArmed()).isFalse();
  }

  @Test
  void shouldTellWhereTheExchangeDoesNotTakeIt() {
    // given
    switchedOn();
    open2();
    exchange.answerDeadMan(REFUSED, new Unresolved("no answer"));

    // when
    desk.alive(OWN);
    int refused = desk.troubles().get(ExecutorTrouble.DEAD_MAN_UNSET);
    desk.alive(OWN + 20_000);
    int unanswered = desk.troubles().get(ExecutorTrouble.DEAD_MAN_UNSET);
    desk.alive(OWN + 40_000);

    // then
    assertThat(refused).isEqualTo(1);
    assertThat(unanswered).isEqualTo(1);
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.DEAD_MAN_UNSET, 0);
  }

  @Test
  void shouldAskAFewTimesToTakeItBackAtTheEnd() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);
    exchange.answerDeadMan(new Unresolved("no answer"), new Unresolved("no answer"));

    // when
    desk.takeBackDeadMan();

    // then
    assertThat(calls("dead man ETHUSDT 0")).hasSize(3);
    assertThat(desk.isArmed()).isFalse();
  }

  @Test
  void shouldNotAskForEverToTakeItBackAtTheEnd() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);
    for (int i = 0; i < 10; i++) {
      exchange.answerDeadMan(new Unresolved("no answer"));
    }

    // when
    desk.takeBackDeadMan();

    // then
    assertThat(calls("dead man ETHUSDT 0")).hasSize(3);
    assertThat(desk.isArmed()).isTrue();
  }

  @Test
  void shouldNotTakeItBackWhereTheAccountsAreGivenUp() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);

    // when
    desk.release();

    // then
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 60");
  }

  @ParameterizedTest
  @EnumSource(ExecutorMode.class)
  @Tag("assumes-countdown-takes-conditionals")
  void shouldTellNothingWhereItIsOffOrTheExecutorOnlyObserves(ExecutorMode mode) {
    // given
    open2();
    Duration within = mode == ExecutorMode.OBSERVE ? WITHIN : Duration.ZERO;
    settings = MockClients.settings().mode(mode).deadMan(within);
    desk = takenUp(PartitionHistory.NONE);
    tick(NOW);

    // when
    desk.alive(OWN);

    // then
    assertThat(calls("dead man")).isEmpty();
  }

  /** Lets another executor take up what this one has published. */
  private void takeUp(Duration within) {
    settings = MockClients.settings().deadMan(within);
    desk =
        takenUp(
            new PartitionHistory(
                NOW,
                Map.of("main", exchange.account("main", NOW).orElseThrow()),
                results,
                Map.of()));
  }

  @Test
  void shouldTakeBackWhatAnEarlierExecutorToldWhereItIsOff() {
    // given
    open2();
    takeUp(Duration.ZERO);
    exchange.answerDeadMan(new Unresolved("no answer"));

    // when
    desk.alive(OWN);
    int owed = desk.troubles().get(ExecutorTrouble.DEAD_MAN_SET);
    desk.alive(OWN + DeadManSwitch.AGAIN_MS - 1);
    desk.alive(OWN + DeadManSwitch.AGAIN_MS);
    desk.alive(OWN + 100 * DeadManSwitch.AGAIN_MS);

    // then
    assertThat(owed).isEqualTo(1);
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 0", "dead man ETHUSDT 0");
    assertThat(desk.isTellingDue(OWN + 200 * DeadManSwitch.AGAIN_MS)).isFalse();
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.DEAD_MAN_SET, 0);
  }

  @Test
  void shouldNotTryForEverToTakeBackWhatAnEarlierExecutorTold() {
    // given
    open2();
    takeUp(Duration.ZERO);
    for (int i = 0; i < 2 * DeadManSwitch.INHERITED_TRIES; i++) {
      exchange.answerDeadMan(new Unresolved("no answer"));
    }

    // when
    for (int i = 0; i < 2 * DeadManSwitch.INHERITED_TRIES; i++) {
      desk.alive(OWN + i * DeadManSwitch.AGAIN_MS);
    }

    // then
    assertThat(calls("dead man")).hasSize(DeadManSwitch.INHERITED_TRIES);
  }

  @Test
  void shouldTakeBackWhatAnEarlierExecutorToldOfASymbolThatIsFlatNow() {
    // given
    open2();
    takeUp(WITHIN);
    closedByHand();

    // when
    desk.alive(OWN);

    // then
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 0");
  }

  @Test
  void shouldTakeBackWhatAnEarlierExecutorToldWhereItIsStoppedBeforeItTells() {
    // given
    open2();
    takeUp(WITHIN);
    boolean armed = desk.isArmed();

    // when
    desk.takeBackDeadMan();

    // then
    assertThat(armed).isTrue();
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 0");
    assertThat(desk.isDeadManSet()).isFalse();
  }
}
