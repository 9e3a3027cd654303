package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.UnbookedTrades;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From when to when a position is not booked, and what is said of it. */
final class UnbookedPositionsTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final long NOW = 1_780_000_000_000L;

  private final UnbookedPositions unbooked = new UnbookedPositions();

  @Test
  void shouldBeOverWhenTwoLooksInARowAgree() {
    // given
    unbooked.note("main", BTC);

    // then
    assertThat(unbooked.agree("main", Set.of(BTC))).isEmpty();
    assertThat(unbooked.agree("main", Set.of())).isEmpty();
    assertThat(unbooked.agree("main", Set.of(BTC))).isEmpty();
    assertThat(unbooked.agree("second", Set.of(BTC))).isEmpty();
    assertThat(unbooked.agree("main", Set.of(BTC))).containsExactly(BTC);
  }

  @Test
  void shouldSayWhatIsOpenAndForAWhileWhatWas() {
    // given
    unbooked.note("main", ETH);
    unbooked.note("main", BTC);
    unbooked.note("second", ETH);

    // when
    unbooked.over("main", ETH, NOW);

    // then
    assertThat(unbooked.open("main")).containsExactly(BTC);
    assertThat(unbooked.published("main", NOW))
        .containsExactly(new UnbookedTrades(BTC, null), new UnbookedTrades(ETH, NOW));
    long laterMs = NOW + MarketLink.LONGEST_ABSENCE.plusDays(3).toMillis();
    assertThat(unbooked.published("main", laterMs)).containsExactly(new UnbookedTrades(BTC, null));
    assertThat(unbooked.published("second", laterMs))
        .containsExactly(new UnbookedTrades(ETH, null));
  }

  @Test
  void shouldTakeUpWhatWasPublished() {
    // when
    unbooked.restore(
        ExchangeAccount.newBuilder()
            .setAccount("main")
            .setAsOfMs(NOW)
            .setWallet(BigDecimal.ONE.setScale(18))
            .setUnbooked(List.of(new UnbookedTrades(BTC, null), new UnbookedTrades(ETH, NOW)))
            .build());

    // then
    assertThat(unbooked.isOpen("main", BTC)).isTrue();
    assertThat(unbooked.isOpen("main", ETH)).isFalse();
    assertThat(unbooked.published("main", NOW)).hasSize(2);
  }
}
