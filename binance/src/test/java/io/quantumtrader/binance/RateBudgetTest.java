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
    return budget.refuse("main", 5, false, urgency, nowMs).map(Limited::limit);
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
    assertThat(budget.refuse("main", 5, false, Urgency.ENTRY, NOW).orElseThrow().untilMs())
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
    assertThat(documented.refuse("main", 5, true, Urgency.ENTRY, NOW).map(Limited::limit))
        .isEqualTo(Optional.ofNullable(refused));
    assertThat(documented.refuse("main", 5, true, Urgency.EXIT, NOW)).isEmpty();
  }

  @Test
  @Tag("assumes-exits-under-429")
  void shouldLetFourExitsASecondThroughWhileTheExchangeSaysTooMany() {
    // given
    budget.hold("main", new Limited(Limit.WEIGHT, NOW + 10_000, "429"));

    // then
    assertThat(refused(Urgency.ENTRY, NOW)).contains(Limit.WEIGHT);
    assertThat(refused(Urgency.EXIT, NOW)).isEmpty();
    assertThat(refused(Urgency.EXIT, NOW + 249)).contains(Limit.WEIGHT);
    assertThat(refused(Urgency.EXIT, NOW + 250)).isEmpty();
    assertThat(refused(Urgency.ENTRY, NOW + 9_999)).contains(Limit.WEIGHT);
    assertThat(refused(Urgency.ENTRY, NOW + 10_000)).isEmpty();
  }

  @Test
  @Tag("assumes-exits-under-429")
  void shouldAskNothingWhileTheAddressIsBanned() {
    // given
    budget.hold("main", new Limited(Limit.BAN, NOW + 10_000, "418"));

    // then
    assertThat(refused(Urgency.EXIT, NOW)).contains(Limit.BAN);
    assertThat(budget.refuse("other", 1, false, Urgency.READ, NOW)).isPresent();
    assertThat(refused(Urgency.EXIT, NOW + 10_000)).isEmpty();
  }

  @Test
  @Tag("assumes-limits")
  void shouldCountOrdersByAccount() {
    // given
    budget.ordersInTenSeconds("main", 9, NOW);
    budget.ordersInMinute("main", 9, NOW);

    // then
    assertThat(budget.refuse("main", 0, true, Urgency.ENTRY, NOW)).isPresent();
    assertThat(budget.refuse("main", 0, true, Urgency.EXIT, NOW)).isEmpty();
    assertThat(budget.refuse("main", 1, false, Urgency.READ, NOW)).isEmpty();
    assertThat(budget.refuse("other", 0, true, Urgency.ENTRY, NOW)).isEmpty();
    assertThat(budget.refuse("main", 0, true, Urgency.ENTRY, NOW + 10_000)).isEmpty();
    budget.ordersInMinute("main", 18, NOW);
    assertThat(budget.refuse("main", 0, true, Urgency.ENTRY, NOW + 10_000))
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
