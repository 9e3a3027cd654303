package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply.Limit;
import io.quantumtrader.binance.Reply.Limited;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateBudgetTest {

  private static final long MINUTE = 60_000;
  private static final long NOW = 29_000_000 * MINUTE + 5_000;

  private final RateBudget budget = new RateBudget(100, 10, 20);

  private Optional<Limit> refused(Urgency urgency, long nowMs) {
    return budget.leave("main", 5, false, urgency, nowMs).refused().map(Limited::limit);
  }

  @Test
  @Tag("assumes-limits")
  void shouldKeepTheLastTenthOfTheWeightForExits() {
    // given
    budget.usedWeight(85, NOW);
    assertThat(refused(Urgency.ENTRY, NOW)).isEmpty();

    // when
    budget.usedWeight(86, NOW);

    // then
    assertThat(refused(Urgency.ENTRY, NOW)).contains(Limit.WEIGHT);
    assertThat(refused(Urgency.READ, NOW)).contains(Limit.WEIGHT);
    assertThat(refused(Urgency.EXIT, NOW)).isEmpty();
    assertThat(budget.weightLeft(NOW)).isEqualTo(14);
    assertThat(budget.leave("main", 5, false, Urgency.ENTRY, NOW).refused().orElseThrow().untilMs())
        .isEqualTo(29_000_001 * MINUTE);
    assertThat(refused(Urgency.ENTRY, NOW + 55_000)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // weight, orders in ten seconds, orders in a minute: used before, and what then is refused
    "2155, 0, 0,",
    "2156, 0, 0, WEIGHT",
    "0, 269, 0,",
    "0, 270, 0, ORDERS",
    "0, 0, 1079,",
    "0, 0, 1080, ORDERS"
  })
  @Tag("assumes-limits")
  void shouldStopEntriesAtNineTenthsOfWhatTheExchangeDocuments(
      int weight, int tenSeconds, int minute, Limit refused) {
    // given
    RateBudget documented = RateBudget.documented();
    documented.usedWeight(weight, NOW);
    documented.ordersInTenSeconds("main", tenSeconds, NOW);
    documented.ordersInMinute("main", minute, NOW);

    // then
    assertThat(documented.leave("main", 5, true, Urgency.ENTRY, NOW).refused().map(Limited::limit))
        .isEqualTo(Optional.ofNullable(refused));
    assertThat(documented.leave("main", 5, true, Urgency.EXIT, NOW).refused()).isEmpty();
  }

  @Test
  @Tag("assumes-exits-under-429")
  void shouldLetFourExitsASecondThroughWhileTheExchangeSaysTooMany() {
    // given
    budget.hold("main", new Limited(Limit.WEIGHT, NOW + 10_000, "429"));

    // then
    assertThat(refused(Urgency.ENTRY, NOW)).contains(Limit.WEIGHT);
    assertThat(exitInMs("main", NOW)).isZero();
    assertThat(exitInMs("other", NOW + 1)).isEqualTo(249);
    assertThat(exitInMs("main", NOW + 1)).isEqualTo(499);
    assertThat(exitInMs("main", NOW + 5_000)).isZero();
    assertThat(refused(Urgency.ENTRY, NOW + 9_999)).contains(Limit.WEIGHT);
    assertThat(refused(Urgency.ENTRY, NOW + 10_000)).isEmpty();
  }

  private long exitInMs(String account, long nowMs) {
    RateBudget.Leave leave = budget.leave(account, 5, false, Urgency.EXIT, nowMs);
    assertThat(leave.refused()).isEmpty();
    return leave.inMs();
  }

  @Test
  @Tag("assumes-exits-under-429")
  void shouldLetNoExitWaitForLong() {
    // given
    budget.hold("main", new Limited(Limit.WEIGHT, NOW + 60_000, "429"));

    // when
    for (int turn = 0; turn <= 8; turn++) {
      assertThat(exitInMs("main", NOW)).isEqualTo(turn * 250L);
    }

    // then: the next one is told to come again, and has no turn
    assertThat(refused(Urgency.EXIT, NOW)).contains(Limit.WEIGHT);
    assertThat(refused(Urgency.EXIT, NOW)).contains(Limit.WEIGHT);
    assertThat(exitInMs("main", NOW + 250)).isEqualTo(2_000);
  }

  @Test
  void shouldGiveATurnAtOnceAfterTheClockWasSetBack() {
    // given
    budget.hold("main", new Limited(Limit.WEIGHT, NOW + 60_000, "429"));
    assertThat(exitInMs("main", NOW)).isZero();

    // then
    assertThat(exitInMs("main", NOW - 3_600_000)).isZero();
    assertThat(exitInMs("main", NOW - 3_600_000)).isEqualTo(250);
  }

  @Test
  @Tag("assumes-exits-under-429")
  void shouldAskNothingWhileTheAddressIsBanned() {
    // given
    budget.hold("main", new Limited(Limit.BAN, NOW + 10_000, "418"));

    // then
    assertThat(refused(Urgency.EXIT, NOW)).contains(Limit.BAN);
    assertThat(budget.leave("other", 1, false, Urgency.READ, NOW).refused()).isPresent();
    assertThat(refused(Urgency.EXIT, NOW + 10_000)).isEmpty();
  }

  @Test
  @Tag("assumes-limits")
  void shouldCountOrdersByAccount() {
    // given
    budget.ordersInTenSeconds("main", 9, NOW);
    budget.ordersInMinute("main", 9, NOW);

    // then
    assertThat(budget.leave("main", 0, true, Urgency.ENTRY, NOW).refused()).isPresent();
    assertThat(budget.leave("main", 0, true, Urgency.EXIT, NOW).refused()).isEmpty();
    assertThat(budget.leave("main", 1, false, Urgency.READ, NOW).refused()).isEmpty();
    assertThat(budget.leave("other", 0, true, Urgency.ENTRY, NOW).refused()).isEmpty();
    assertThat(budget.leave("main", 0, true, Urgency.ENTRY, NOW + 10_000).refused()).isEmpty();
    budget.ordersInMinute("main", 18, NOW);
    assertThat(budget.leave("main", 0, true, Urgency.ENTRY, NOW + 10_000).refused())
        .map(Limited::limit)
        .contains(Limit.ORDERS);
  }

  @Test
  void shouldReadWhenToAskAgain() {
    assertThat(RestHttp.retryAfter(OptionalInt.of(7))).hasSeconds(7);
    assertThat(RestHttp.retryAfter(OptionalInt.of(0))).hasSeconds(1);
    assertThat(RestHttp.retryAfter(OptionalInt.empty())).hasSeconds(60);
    assertThat(RestHttp.retryAfter(OptionalInt.of(999_999_999))).isEqualTo(RestHttp.LONGEST_WAIT);
  }
}
