package io.quantumtrader.connectors.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import leaves of an account that is there already. */
final class AdoptionTest {

  private static final long NOW = 1_780_000_000_000L;

  private static BigDecimal decimal(String number) {
    return new BigDecimal(number).setScale(18);
  }

  private static ExchangePosition position(String symbol) {
    return ExchangePosition.newBuilder()
        .setSymbol(symbol)
        .setSide(PositionSide.LONG)
        .setQuantity(decimal("2"))
        .setEntryPrice(decimal("2000"))
        .setLeverage(3)
        .build();
  }

  @Test
  void shouldKeepAllThatIsKnownOfTheAccountButItsWalletAndWhatIsAdopted() {
    // given
    PositionHold hold =
        PositionHold.newBuilder()
            .setSymbol("BTCUSDT")
            .setLedgerQuantity(decimal("1"))
            .setExchangeQuantity(decimal("0"))
            .setSinceMs(NOW - 60_000)
            .build();
    ExchangeAccount before =
        ExchangeAccount.newBuilder()
            .setAccount("main")
            .setAsOfMs(NOW - 1_000)
            .setWallet(decimal("90"))
            .setPositions(List.of(position("BTCUSDT")))
            .setLastFillId("BTCUSDT:7")
            .setHolds(List.of(hold))
            .setFollowedFromMs(NOW - 86_400_000)
            .setCashBeside(decimal("80"))
            .setWalletExpected(decimal("91"))
            .setWalletDiffersSinceMs(NOW - 400_000)
            .build();

    // when
    ExchangeAccount after = after(before, NOW - 500);

    // then
    assertThat(after)
        .isEqualTo(
            ExchangeAccount.newBuilder(before)
                .setAsOfMs(NOW - 1_000)
                .setWallet(decimal("100"))
                .setPositions(List.of(position("BTCUSDT"), position("ETHUSDT")))
                .build());
    assertThat(after.getFollowedFromMs()).isEqualTo(NOW - 86_400_000);
    assertThat(after.getHolds()).containsExactly(hold);
    assertThat(after.getCashBeside()).isEqualByComparingTo("80");
  }

  /** Returns an account after a position was adopted in it. */
  private static ExchangeAccount after(ExchangeAccount before, long writtenMs) {
    return Adoption.of(
            "main",
            new BigDecimal("100"),
            Optional.of(before),
            List.of(found("ETHUSDT", writtenMs)),
            NOW)
        .exchange();
  }

  private static FoundPosition.Open found(String symbol, long asOfMs) {
    return new FoundPosition.Open("quantum:state:positions:" + symbol, position(symbol), asOfMs);
  }

  @Test
  void shouldTakeThePositionsAsOldAsTheOldSystemWroteThem() {
    // when
    Adoption adoption =
        Adoption.of(
            "main",
            new BigDecimal("100"),
            Optional.empty(),
            List.of(found("BTCUSDT", NOW - 20_000), found("ETHUSDT", NOW - 50_000)),
            NOW);

    // then: what was traded since is not contained in them, and is looked for
    assertThat(adoption.exchange().getAsOfMs()).isEqualTo(NOW - 50_000);
    assertThat(adoption.exchange().getFollowedFromMs()).isEqualTo(NOW - 50_000);
    assertThat(adoption.fills())
        .extracting(fill -> fill.getFill().getAtMs())
        .containsExactly(NOW - 20_000, NOW - 50_000);
    assertThat(adoption.fills()).extracting(ApplyResult::getAtMs).containsOnly(NOW);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, NOW + 60_000})
  void shouldTakeThePositionsAsWrittenNowWhereThatIsNotSaidOrYetToCome(long asOfMs) {
    // when
    Adoption adoption =
        Adoption.of(
            "main",
            new BigDecimal("100"),
            Optional.empty(),
            List.of(found("ETHUSDT", asOfMs)),
            NOW);

    // then
    assertThat(adoption.exchange().getAsOfMs()).isEqualTo(NOW);
    assertThat(adoption.exchange().getFollowedFromMs()).isZero();
    assertThat(adoption.exchange().getCashBeside()).isNull();
    assertThat(adoption.exchange().getHolds()).isEmpty();
    assertThat(adoption.fills()).singleElement().matches(fill -> fill.getFill().getAtMs() == NOW);
  }

  @Test
  void shouldTakeAnAccountForNoYoungerThanItWasSaidToBe() {
    // given
    ExchangeAccount before =
        ExchangeAccount.newBuilder()
            .setAccount("main")
            .setAsOfMs(NOW - 90_000)
            .setWallet(decimal("90"))
            .setFollowedFromMs(NOW - 86_400_000)
            .build();

    // when
    ExchangeAccount after = after(before, NOW - 50_000);

    // then
    assertThat(after.getAsOfMs()).isEqualTo(NOW - 90_000);
    assertThat(after.getFollowedFromMs()).isEqualTo(NOW - 86_400_000);
  }
}
