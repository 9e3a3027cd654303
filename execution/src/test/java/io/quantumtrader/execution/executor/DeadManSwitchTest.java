package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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

  @Test
  void shouldTakeItBackWhereNothingIsOpenAnyMore() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder(
                    "main", ETH, OrderSide.SELL, new BigDecimal("2"), true, "hand", laterMs));
    later();

    // when
    desk.alive(OWN + 20_000);
    desk.alive(OWN + 40_000);

    // then
    assertThat(calls("dead man")).containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 0");
  }

  @Test
  void shouldTakeItBackWhereTheExecutorGoesInOrder() {
    // given
    switchedOn();
    open2();
    desk.alive(OWN);

    // when
    desk.release();

    // then
    assertThat(calls("dead man")).endsWith("dead man ETHUSDT 0");
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

  @Test
  void shouldGoOnTellingWhileTheFeedIsSilent() {
    // given: a session that has seen one step of the clock
    open2();
    ExchangeAccount account = exchange.account("main", NOW).orElseThrow();
    MockClients clients =
        new MockClients(new PartitionHistory(NOW, Map.of("main", account), results, Map.of()));
    AtomicLong ownMs = new AtomicLong(NOW);
    ExecutorSession session =
        new ExecutorSession(
            MockClients.settings().deadMan(WITHIN).wallClock(ownMs::get).build(),
            exchange,
            clients,
            CrashPoint.Watch.NONE);
    session.open();
    clients.assign();
    clients.add(Topic.CLOCK, "0", clients.encoded(Topic.CLOCK, new Clock(NOW, 1_000L, 0)));
    session.step();

    // when
    for (int turn = 0; turn < 3; turn++) {
      ownMs.addAndGet(20_000);
      session.step();
    }

    // then
    assertThat(calls("dead man")).hasSize(4).containsOnly("dead man ETHUSDT 60");
  }
}
