package io.quantumtrader.topology.decision.heat;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.heat.PortfolioHeat.Level;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortfolioHeatTest {

  private static final ValuedPosition LONG =
      new ValuedPosition(
          Given.position(BTC, PositionSide.LONG, "0.02", "70000").build(), dec("71000"), NOON);
  private static final ValuedPosition SHORT =
      new ValuedPosition(
          Given.position("ETHUSDT", PositionSide.SHORT, "1", "3000").build(), dec("2900"), NOON);

  private static Optional<MarketState> state(String symbol) {
    // hourly candles for one, minutes for the other
    return symbol.equals(BTC)
        ? Optional.of(Given.state(BTC).setSigma(0.001).build())
        : Optional.of(Given.state(symbol).setSigma(0.01).setIntervalMs(HOUR).build());
  }

  @Test
  void shouldSumNotionalTimesDailySigmaOverEquity() {
    // when
    OptionalDouble heat =
        PortfolioHeat.of(List.of(LONG, SHORT), PortfolioHeatTest::state, dec("1000"));

    // then: (1420 x 0.001 x sqrt(1440) + 2900 x 0.01 x sqrt(24)) / 1000
    assertThat(heat.getAsDouble()).isCloseTo(0.195955, within(1e-6));
  }

  @Test
  void shouldBeColdWithoutPositions() {
    OptionalDouble heat = PortfolioHeat.of(List.of(), PortfolioHeatTest::state, dec("1000"));

    assertThat(heat).hasValue(0);
    assertThat(PortfolioHeat.level(heat, Given.policy().build())).isEqualTo(Level.COLD);
  }

  @Test
  void shouldNotCallAPortfolioColdWhoseVolatilityOrEquityIsUnknown() {
    assertThat(PortfolioHeat.of(List.of(LONG), symbol -> Optional.empty(), dec("1000"))).isEmpty();
    assertThat(PortfolioHeat.of(List.of(LONG), PortfolioHeatTest::state, null)).isEmpty();
    assertThat(PortfolioHeat.of(List.of(LONG), PortfolioHeatTest::state, dec("0"))).isEmpty();
    assertThat(PortfolioHeat.level(OptionalDouble.empty(), Given.policy().build()))
        .isEqualTo(Level.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "0.2499, COLD",
    "0.25, WARM",
    "0.2501, WARM",
    "0.6499, WARM",
    "0.65, HOT",
    "0.6501, HOT",
  })
  void shouldTellTheLevelAtItsLimits(double heat, Level level) {
    assertThat(PortfolioHeat.level(OptionalDouble.of(heat), Given.policy().build()))
        .isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void shouldNotScaleAVolatilityWhoseIntervalIsUnknown(long intervalMs) {
    MarketState broken = Given.state(BTC).setIntervalMs(intervalMs).build();

    assertThat(PortfolioHeat.of(List.of(LONG), symbol -> Optional.of(broken), dec("1000")))
        .isEmpty();
  }

  @Test
  void shouldNotTellTheLevelOfWhatIsNotANumber() {
    assertThat(PortfolioHeat.level(OptionalDouble.of(Double.NaN), Given.policy().build()))
        .isEqualTo(Level.UNKNOWN);
  }

  @Test
  void shouldWriteHeatAndLevelBesideTheMoney() {
    // given
    PortfolioState state =
        PortfolioState.newBuilder()
            .setAsOfMs(NOON)
            .setUnrealizedPnl(dec("0"))
            .setEquity(dec("100"))
            .setOpenPositions(1)
            .setReservations(0)
            .setMarginInUse(dec("0"))
            .setMarginReserved(dec("0"))
            .setGrossNotional(dec("1420"))
            .setRealizedPnl(dec("7"))
            .setFees(dec("0"))
            .build();
    AccountView view =
        new AccountView(
            "main",
            Given.policy().build(),
            Optional.empty(),
            List.of(LONG.ledger()),
            List.of(LONG),
            List.of(),
            Optional.empty());

    // when
    PortfolioState known = PortfolioHeat.in(state, view, PortfolioHeatTest::state);
    PortfolioState unknown = PortfolioHeat.in(known, view, symbol -> Optional.empty());

    // then: 1420 x 0.001 x sqrt(1440) / 100
    assertThat(known.getHeat()).isCloseTo(0.538852, within(1e-6));
    assertThat(known.getHeatLevel()).isEqualTo("WARM");
    assertThat(known.getRealizedPnl()).isEqualTo(dec("7"));
    assertThat(unknown.getHeat()).isNull();
    assertThat(unknown.getHeatLevel()).isEmpty();
  }
}
