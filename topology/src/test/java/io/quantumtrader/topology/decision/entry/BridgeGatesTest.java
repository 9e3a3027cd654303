package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.decision.entry.BridgeViews.close;
import static io.quantumtrader.topology.decision.entry.BridgeViews.numbers;
import static io.quantumtrader.topology.decision.entry.BridgeViews.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Policies;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an intent is held back by. */
final class BridgeGatesTest {

  @Test
  void shouldHoldNoCloseBackByGatesForEntries() {
    // given: no policy, no instrument, no universe, no state, not trading
    BridgeViews views = new BridgeViews().open(PositionSide.LONG, "1");
    views.policy = Policies.inForce(Optional.empty(), Optional.empty());
    views.instrument = Optional.empty();
    views.top = Optional.empty();
    views.state = Optional.empty();
    views.trading = TradingState.REDUCING;
    views.entryInFlight = true;

    // then
    assertThat(views.code(close())).isEqualTo("close SELL");
    assertThat(views.code(sized(IntentAction.SELL, "1"))).isEqualTo("close SELL 1");
  }

  @ParameterizedTest
  @EnumSource(TradingState.class)
  void shouldHonourTheTradingState(TradingState state) {
    // given
    BridgeViews flat = new BridgeViews();
    flat.trading = state;
    BridgeViews open = new BridgeViews().open(PositionSide.LONG, "1");
    open.trading = state;
    boolean halted = state == TradingState.HALTED;

    // then
    assertThat(flat.code(intent("i")))
        .isEqualTo(
            switch (state) {
              case ACTIVE -> "entry BUY";
              case REDUCING -> "TRADING_REDUCING";
              case HALTED, UNRECOGNIZED -> "TRADING_HALTED";
            });
    assertThat(open.code(close())).isEqualTo(halted ? "TRADING_HALTED" : "close SELL");
    assertThat(open.code(sized(IntentAction.SELL, "1")))
        .isEqualTo(halted ? "TRADING_HALTED" : "close SELL 1");
  }

  @Test
  void shouldDenyEntriesWithoutAPolicy() {
    // given
    BridgeViews views = new BridgeViews();
    views.policy = Policies.inForce(Optional.empty(), Optional.empty());

    // then
    assertThat(views.code(intent("i"))).isEqualTo("POLICY_MISSING");
  }

  @Test
  void shouldDenyEntriesInInstrumentsThatDoNotTrade() {
    // given
    BridgeViews unknown = new BridgeViews();
    unknown.instrument = Optional.empty();
    BridgeViews stepless = new BridgeViews();
    stepless.instrument = Optional.of(Given.instrument(BTC).setStepSize(dec("0")).build());
    BridgeViews tickless = new BridgeViews();
    tickless.instrument = Optional.of(Given.instrument(BTC).setTickSize(dec("0")).build());
    BridgeViews resting = new BridgeViews();
    resting.instrument =
        Optional.of(Given.instrument(BTC).setStatus(InstrumentStatus.BREAK).build());
    BridgeViews strange = new BridgeViews();
    strange.instrument =
        Optional.of(Given.instrument(BTC).setStatus(InstrumentStatus.UNRECOGNIZED).build());

    // then
    assertThat(unknown.code(intent("i"))).isEqualTo("INSTRUMENT_UNKNOWN");
    assertThat(stepless.code(intent("i"))).isEqualTo("INSTRUMENT_UNKNOWN");
    assertThat(tickless.code(intent("i"))).isEqualTo("INSTRUMENT_UNKNOWN");
    assertThat(resting.code(intent("i"))).isEqualTo("INSTRUMENT_NOT_TRADING");
    assertThat(numbers(resting.rule(intent("i")))).containsExactly("status=BREAK");
    assertThat(strange.code(intent("i"))).isEqualTo("INSTRUMENT_NOT_TRADING");
  }

  @Test
  void shouldDenyEntriesOutsideTheList() {
    // given
    BridgeViews none = new BridgeViews();
    none.top = Optional.empty();
    BridgeViews empty = new BridgeViews();
    empty.top = Optional.of(Given.top());
    BridgeViews other = new BridgeViews();
    other.top = Optional.of(Given.top("ETHUSDT", "BNBUSDT"));

    // then
    assertThat(none.code(intent("i"))).isEqualTo("UNIVERSE_EMPTY");
    assertThat(empty.code(intent("i"))).isEqualTo("UNIVERSE_EMPTY");
    assertThat(other.code(intent("i"))).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
    assertThat(numbers(other.rule(intent("i")))).containsExactly("allowedSymbols=2");
  }

  /** Whether a list that is made at a step is known at that step is chance. */
  @Test
  void shouldJudgeByTheListThatWasInForceBeforeTheStep() {
    // given
    BridgeViews added = new BridgeViews();
    added.top = Optional.of(listedNow(List.of(BTC), List.of("ETHUSDT")));
    BridgeViews removed = new BridgeViews();
    removed.top = Optional.of(listedNow(List.of("ETHUSDT"), List.of(BTC)));

    // then
    assertThat(added.code(intent("i"))).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
    assertThat(removed.code(intent("i"))).isEqualTo("entry BUY");
  }

  private static Universe listedNow(List<String> symbols, List<String> before) {
    return Universe.newBuilder(Given.top())
        .setAsOfMs(NOON)
        .setSymbols(symbols)
        .setSymbolsBefore(before)
        .build();
  }

  @Test
  void shouldTakeThePolicysOwnListInPlaceOfTheUniverse() {
    // given
    BridgeViews allowed = new BridgeViews();
    allowed.top = Optional.empty();
    allowed.policy = BridgeViews.inForce(Given.policy().setAllowedSymbols(List.of(BTC)).build());
    BridgeViews narrowed = new BridgeViews();
    narrowed.policy =
        BridgeViews.inForce(Given.policy().setAllowedSymbols(List.of("ETHUSDT")).build());

    // then
    assertThat(allowed.code(intent("i"))).isEqualTo("entry BUY");
    assertThat(narrowed.code(intent("i"))).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
  }

  @ParameterizedTest
  @CsvSource({
    "124999,entry BUY", // two intervals of a minute and 5 s of grace
    "125000,entry BUY",
    "125001,MARKET_STATE_STALE"
  })
  void shouldDenyEntriesOnAStaleState(long ageMs, String expected) {
    // given
    BridgeViews views = new BridgeViews();
    views.state = Optional.of(Given.state(BTC).setAsOfMs(NOON - ageMs).build());

    // then
    assertThat(views.code(intent("i"))).isEqualTo(expected);
  }

  @Test
  void shouldSayHowOldTheStateIs() {
    // given
    BridgeViews views = new BridgeViews();
    views.state = Optional.of(Given.state(BTC).setAsOfMs(NOON - 3 * MINUTE).build());

    // then
    assertThat(numbers(views.rule(intent("i"))))
        .containsExactly("ageMs=180000", "maximumMs=125000");
  }

  @Test
  void shouldDenyEntriesWithoutAPriceToTrust() {
    // given
    BridgeViews missing = new BridgeViews();
    missing.state = Optional.empty();
    BridgeViews suspect = new BridgeViews();
    suspect.state = Optional.of(Given.state(BTC).setPriceSuspect(true).build());
    BridgeViews priceless = new BridgeViews();
    priceless.state = Optional.of(Given.state(BTC).setLastPrice(dec("0")).build());

    // then
    assertThat(missing.code(intent("i"))).isEqualTo("MARKET_STATE_MISSING");
    assertThat(suspect.code(intent("i"))).isEqualTo("PRICE_SUSPECT");
    assertThat(priceless.code(intent("i"))).isEqualTo("PRICE_SUSPECT");
  }

  @Test
  void shouldDenyEntriesAndNoCloseWhereLedgerAndExchangeDisagree() {
    // given
    BridgeViews views = new BridgeViews();
    views.hold = Optional.of(new PositionHold(BTC, dec("0"), dec("-0.5"), NOON - 7));

    // when
    GateResult<BridgePass> ruling = views.rule(intent("i"));

    // then
    assertThat(BridgeViews.code(ruling)).isEqualTo("POSITION_HELD");
    assertThat(numbers(ruling))
        .containsExactly("ledgerQuantity=0", "exchangeQuantity=-0.5", "sinceMs=" + (NOON - 7));
    assertThat(views.open(PositionSide.LONG, "1").code(close())).isEqualTo("close SELL");
  }

  @Test
  void shouldDenyEntriesWhileAnotherIsInFlight() {
    // given
    BridgeViews views = new BridgeViews();
    views.entryInFlight = true;

    // then
    assertThat(views.code(intent("i"))).isEqualTo("ENTRY_IN_FLIGHT");
  }

  @ParameterizedTest
  @CsvSource({
    "899999,CHURN_COOLDOWN,CHURN_COOLDOWN",
    "900000,entry BUY,entry SELL",
    "900001,entry BUY,entry SELL"
  })
  void shouldDenyEntriesEitherSideForAQuarterHourAfterItBecameFlat(
      long ago, String buy, String sell) {
    // given
    BridgeViews views = new BridgeViews();
    views.ledger =
        Optional.of(position(BTC, PositionSide.FLAT, "0", "0").setFlatSinceMs(NOON - ago).build());

    // then
    assertThat(views.code(intent("i"))).isEqualTo(buy);
    assertThat(views.code(intent("i").setAction(IntentAction.SELL))).isEqualTo(sell);
  }
}
