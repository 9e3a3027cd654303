package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard acts at 10 % and closes until there would be 20 %. */
final class LiquidationGuardTest {

  private final Policy policy = Given.policy().build();
  private final List<ValuedPosition> positions = new ArrayList<>();
  private List<OpenPlan> plans = List.of();
  private PortfolioState.Builder state;

  /** 1000 each: R is +1, -2 and, for the short, -0.5. */
  @BeforeEach
  void open() {
    positions.add(position("AUSDT", PositionSide.LONG, "100", "95", "105"));
    positions.add(position("BUSDT", PositionSide.LONG, "100", "95", "90"));
    positions.add(position("CUSDT", PositionSide.SHORT, "100", "110", "105"));
    state =
        PortfolioState.newBuilder()
            .setAccount(MAIN)
            .setAsOfMs(NOON)
            .setUnrealizedPnl(dec("0"))
            .setEquity(dec("300"))
            .setEquityAsOfMs(NOON)
            .setOpenPositions(3)
            .setReservations(0)
            .setMarginInUse(dec("0"))
            .setMarginReserved(dec("0"))
            .setGrossNotional(dec("3000"))
            .setMarginRatio(0.1)
            .setRealizedPnl(dec("0"))
            .setFees(dec("0"));
  }

  /** A position that is worth 1000. */
  private static ValuedPosition position(
      String symbol, PositionSide side, String entry, String stop, String mark) {
    PositionLedger.Builder row =
        Given.position(symbol, side, "1", entry)
            .setQuantity(dec("1000").divide(dec(mark), 18, RoundingMode.HALF_EVEN))
            .setRisk(
                stop == null
                    ? null
                    : Risk.newBuilder()
                        .setInitialStop(dec(stop))
                        .setFactor(1.5)
                        .setSource(RiskSource.STATE_ATR)
                        .build());
    return new ValuedPosition(row.build(), dec(mark), NOON);
  }

  private List<ExitAsk> due() {
    AccountView view =
        new AccountView(
            MAIN,
            policy,
            Optional.empty(),
            positions.stream().map(ValuedPosition::ledger).toList(),
            positions,
            plans,
            Optional.empty());
    return LiquidationGuard.due(view, state.build(), NOON);
  }

  private List<String> symbols() {
    return due().stream().map(ExitAsk::symbol).toList();
  }

  @ParameterizedTest
  @CsvSource({"0.0999, true", "0.1, true", "0.1001, false"})
  void shouldActFromTheGuardOn(double ratio, boolean acts) {
    state.setMarginRatio(ratio);

    assertThat(due().isEmpty()).isEqualTo(!acts);
  }

  @ParameterizedTest
  @CsvSource({"119999, true", "120000, true", "120001, false"})
  void shouldNotActOnAnOldEquity(long ageMs, boolean acts) {
    state.setEquityAsOfMs(NOON - ageMs);

    assertThat(due().isEmpty()).isEqualTo(!acts);
  }

  @Test
  void shouldNotActWhereEquityOrRatioIsNotKnown() {
    state.setMarginRatio(null);
    assertThat(due()).isEmpty();

    state.setMarginRatio(0.1).setEquity(null);
    assertThat(due()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // equity, and what is to go so that gross notional is five times of it at most
    "600, ''",
    "599.99, BUSDT",
    "400, BUSDT",
    "399.99, BUSDT CUSDT",
    "200, BUSDT CUSDT",
    "199.99, BUSDT CUSDT AUSDT",
    "0, BUSDT CUSDT AUSDT"
  })
  void shouldCloseTheWorstFirstUntilItIsEnough(String equity, String closed) {
    // given to the digit
    positions.clear();
    positions.add(exact("AUSDT", PositionSide.LONG, "105"));
    positions.add(exact("BUSDT", PositionSide.LONG, "90"));
    positions.add(exact("CUSDT", PositionSide.SHORT, "105"));
    state.setEquity(dec(equity));

    // then
    assertThat(String.join(" ", symbols())).isEqualTo(closed);
  }

  /** Worth 1000 at a mark that divides it: 8 times 125, and the entry as far from it as asked. */
  private static ValuedPosition exact(String symbol, PositionSide side, String mark) {
    PositionLedger row =
        Given.position(symbol, side, "8", "125")
            .setEntryPrice(dec("125").subtract(dec(mark)).add(dec("100")))
            .build();
    return new ValuedPosition(row, dec("125"), NOON);
  }

  @Test
  void shouldSayWhyAndByHowMuch() {
    // given
    state.setEquity(dec("400"));

    // when
    ExitAsk ask = due().get(0);

    // then
    assertThat(ask.symbol()).isEqualTo("BUSDT");
    assertThat(ask.trigger()).isEqualTo(ExitTrigger.LIQUIDATION_GUARD);
    assertThat(ask.action().kind()).isEqualTo(ExitAction.Kind.FULL_CLOSE);
    assertThat(ask.source()).isEqualTo("liquidation-guard");
    assertThat(ask.reason()).isEqualTo("margin ratio 0.1, guard 0.1, target 0.2");
    assertThat(ask.rNet()).hasValue(-2);
    assertThat(ask.price()).isEqualTo(dec("90"));
    assertThat(ask.atMs()).isEqualTo(NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, 100, 95, 102.5, 0.5",
    "SHORT, 100, 110, 105, -0.5",
    "SHORT, 100, 110, 95, 0.5",
    "LONG, 100, , 103, 1.5", // without risk data 2 % are
    "LONG, 100, 100, 103, 1",
    "LONG, 100, 100, 97, -1",
    "LONG, 100, 100, 100, 0"
  })
  void shouldCountInUnitsOfTheRisk(
      PositionSide side, String entry, String stop, String mark, double r) {
    // given
    positions.clear();
    positions.add(position("AUSDT", side, entry, stop, mark));

    // then
    assertThat(due().get(0).rNet()).hasValue(r);
  }

  @Test
  void shouldGoBySymbolWhereTheyAreEquallyBad() {
    // given
    positions.clear();
    positions.add(position("ZUSDT", PositionSide.LONG, "100", "95", "90"));
    positions.add(position("YUSDT", PositionSide.LONG, "100", "95", "90"));
    positions.add(position("XUSDT", PositionSide.LONG, "100", "95", "90"));

    // then
    assertThat(symbols()).containsExactly("XUSDT", "YUSDT");
  }

  @ParameterizedTest
  @CsvSource({"FULL_CLOSE, ''", "UPDATE_SL, BUSDT"})
  void shouldCountAsClosedWhatIsBeingClosed(PlanAction inFlight, String asked) {
    // given
    state.setEquity(dec("401"));
    plans =
        List.of(
            OpenPlan.newBuilder()
                .setPlanId("fedcba9876543210")
                .setAccount(MAIN)
                .setSymbol("BUSDT")
                .setAction(inFlight)
                .setSide(OrderSide.SELL)
                .setPositionId("main:BUSDT:1")
                .setQuantity(dec("1"))
                .setFilledQuantity(dec("0"))
                .setMargin(dec("0"))
                .setNotional(dec("1"))
                .setGrantedAtMs(NOON)
                .build());

    // then
    assertThat(String.join(" ", symbols())).isEqualTo(asked);
  }
}
