package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a ledger is. */
final class LedgerOriginTest {

  @ParameterizedTest
  @CsvSource({
    // this exchange, the one that is named, from when on trades are followed, the other one
    "paper, , 0,",
    "paper, , 5,",
    "paper, paper, 0,",
    "paper, binance, 5, binance",
    "twin, twin, 5,",
    "twin, , 5,",
    "twin, , 0, paper",
    "binance, , 0, paper",
    "binance, binance, 5,",
    "binance, binance:demo, 5, binance:demo",
    "binance:demo, binance, 5, binance"
  })
  void shouldKnowTheLedgerOfAnotherExchange(
      String own, String named, long followedFromMs, String other) {
    ExchangeAccount last =
        ExchangeAccount.newBuilder()
            .setAccount("main")
            .setAsOfMs(1)
            .setWallet(BigDecimal.ONE.setScale(18))
            .setFollowedFromMs(followedFromMs)
            .setExchange(named)
            .build();

    assertThat(LedgerOrigin.other(own, last)).isEqualTo(Optional.ofNullable(other));
  }

  @Test
  void shouldNameExchanges() {
    assertThat(LedgerOrigin.nameOf(true, Optional.empty())).isEqualTo("paper");
    assertThat(LedgerOrigin.nameOf(false, Optional.empty())).isEqualTo("twin");
    assertThat(LedgerOrigin.nameOf(false, Optional.of("binance"))).isEqualTo("binance");
  }
}
