package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Policies;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BridgeTest {

  /** A view that lets an entry in, to be narrowed by each test. */
  private static final class Views {
    private Policies.InForce policy = inForce(Given.policy().build());
    private TradingState trading = TradingState.ACTIVE;
    private Optional<io.quantumtrader.schemas.avro.Instrument> instrument =
        Optional.of(Given.instrument(BTC).build());
    private Optional<io.quantumtrader.schemas.avro.Universe> top = Optional.of(Given.top(BTC));
    private Optional<io.quantumtrader.schemas.avro.MarketState> state =
        Optional.of(Given.state(BTC).build());
    private Optional<PositionLedger> ledger = Optional.empty();
    private boolean entryInFlight;

    static Policies.InForce inForce(Policy policy) {
      return new Policies.InForce(policy, true);
    }

    Views open(PositionSide side, String quantity) {
      ledger = Optional.of(position(BTC, side, quantity, "70000").build());
      return this;
    }

    BridgeRuling rule(TradeIntent.Builder intent) {
      return Bridge.rule(
          intent.build(),
          new BridgeView(policy, trading, instrument, top, state, ledger, entryInFlight),
          NOON);
    }

    String code(TradeIntent.Builder intent) {
      return BridgeTest.code(rule(intent));
    }
  }

  private static String code(BridgeRuling ruling) {
    return switch (ruling) {
      case BridgeRuling.Denied no -> no.denial().code().name();
      case BridgeRuling.Entry entry -> "entry " + entry.side();
      case BridgeRuling.Close close ->
          "close "
              + close.side()
              + close.quantity().map(q -> " " + q.stripTrailingZeros().toPlainString()).orElse("");
    };
  }

  private static List<String> numbers(BridgeRuling ruling) {
    return text(((BridgeRuling.Denied) ruling).denial().numbers().list());
  }

  private static TradeIntent.Builder sized(IntentAction action, String quantity) {
    return intent("i").setAction(action).setSizing(Sizing.QUANTITY).setAmount(dec(quantity));
  }

  private static TradeIntent.Builder close() {
    return intent("i").setAction(IntentAction.CLOSE).setSizing(Sizing.NONE).setAmount(null);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_LONG,entry BUY",
    "BUY,entry BUY",
    "OPEN_SHORT,entry SELL",
    "SELL,entry SELL",
    "CLOSE,NOTHING_TO_CLOSE"
  })
  void shouldReadTheActionWhereNothingIsOpen(IntentAction action, String expected) {
    assertThat(new Views().code(intent("i").setAction(action))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // open, action, quantity, what comes of it
    "LONG,SELL,0.999,close SELL 0.999",
    "LONG,SELL,1,close SELL 1",
    "LONG,SELL,1.001,LEDGER_FLIP",
    "SHORT,BUY,0.999,close BUY 0.999",
    "SHORT,BUY,1,close BUY 1",
    "SHORT,BUY,1.001,LEDGER_FLIP",
    "LONG,OPEN_SHORT,1,close SELL 1",
    "LONG,BUY,1,ALREADY_OPEN",
    "LONG,OPEN_LONG,0.001,ALREADY_OPEN",
    "SHORT,SELL,1,ALREADY_OPEN",
    "LONG,CLOSE,2,close SELL 2",
    "SHORT,CLOSE,0.5,close BUY 0.5"
  })
  void shouldTellClosesFromFlips(
      PositionSide open, IntentAction action, String quantity, String expected) {
    assertThat(new Views().open(open, "1").code(sized(action, quantity))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "LONG,SELL,close SELL 5",
    "LONG,BUY,NOTHING_TO_CLOSE",
    "SHORT,BUY,close BUY 5",
    "SHORT,SELL,NOTHING_TO_CLOSE",
    "SHORT,CLOSE,close BUY 5"
  })
  void shouldNeverLetReduceOnlyOpenAnything(
      PositionSide open, IntentAction action, String expected) {
    assertThat(new Views().open(open, "1").code(sized(action, "5").setReduceOnly(true)))
        .isEqualTo(expected);
    assertThat(new Views().code(sized(action, "5").setReduceOnly(true)))
        .isEqualTo("NOTHING_TO_CLOSE");
  }

  @Test
  void shouldCloseAllWhereNoSizeIsSent() {
    assertThat(new Views().open(PositionSide.LONG, "1").code(close())).isEqualTo("close SELL");
  }

  @Test
  void shouldDenyAnOppositeSideWithoutASize() {
    // given
    Views views = new Views().open(PositionSide.LONG, "1");

    // when
    BridgeRuling ruling =
        views.rule(intent("i").setAction(IntentAction.SELL).setSizing(Sizing.NONE).setAmount(null));

    // then
    assertThat(code(ruling)).isEqualTo("SIZE_MISSING");
  }

  @Test
  void shouldSayWhatAFlipWasHeldAgainst() {
    // given
    Views views = new Views().open(PositionSide.SHORT, "1");

    // when
    BridgeRuling ruling = views.rule(sized(IntentAction.BUY, "1.5"));

    // then
    assertThat(numbers(ruling)).containsExactly("open=-1", "asked=1.5");
  }

  @Test
  void shouldReckonAMarginIntoBaseUnitsAtTheLastPrice() {
    // given: 300 x 2 / 71000 = 0.00845, 0.008 in steps
    TradeIntent.Builder sell = intent("i").setAction(IntentAction.SELL);

    // then
    assertThat(new Views().open(PositionSide.LONG, "0.008").code(sell))
        .isEqualTo("close SELL 0.008");
    assertThat(new Views().open(PositionSide.LONG, "0.007").code(sell)).isEqualTo("LEDGER_FLIP");
  }

  @Test
  void shouldReckonWithTheSendersPriceWhereNoStateIsKnown() {
    // given: 300 x 2 / 100000 = 0.006
    Views views = new Views().open(PositionSide.LONG, "0.006");
    views.state = Optional.empty();

    // when
    String code = views.code(intent("i").setAction(IntentAction.SELL).setPrice(dec("100000")));

    // then
    assertThat(code).isEqualTo("close SELL 0.006");
  }

  @Test
  void shouldReckonWithTheEntryPriceWhereNoPriceIsKnown() {
    // given: 300 x 2 / 70000 = 0.00857, not rounded where the step is not known
    Views views = new Views().open(PositionSide.LONG, "0.009");
    views.state = Optional.empty();
    views.instrument = Optional.empty();

    // when
    String code = views.code(intent("i").setAction(IntentAction.SELL));

    // then
    assertThat(code).isEqualTo("close SELL 0.008571428571428571");
  }

  @ParameterizedTest
  @CsvSource({"0.1,0.004", "1,0.004", "10,0.042", "200,0.042"})
  void shouldBringLeverageIntoRangeWhereItIsAboutAClose(double leverage, String expected) {
    // given
    Views views = new Views().open(PositionSide.LONG, "1");

    // when
    String code = views.code(intent("i").setAction(IntentAction.SELL).setLeverage(leverage));

    // then
    assertThat(code).isEqualTo("close SELL " + expected);
  }

  @Test
  void shouldHoldNoCloseBackByGatesForEntries() {
    // given: no policy, no instrument, no universe, no state, not trading
    Views views = new Views().open(PositionSide.LONG, "1");
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
    Views flat = new Views();
    flat.trading = state;
    Views open = new Views().open(PositionSide.LONG, "1");
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
    Views views = new Views();
    views.policy = Policies.inForce(Optional.empty(), Optional.empty());

    // then
    assertThat(views.code(intent("i"))).isEqualTo("POLICY_MISSING");
  }

  @Test
  void shouldDenyEntriesInInstrumentsThatDoNotTrade() {
    // given
    Views unknown = new Views();
    unknown.instrument = Optional.empty();
    Views stepless = new Views();
    stepless.instrument = Optional.of(Given.instrument(BTC).setStepSize(dec("0")).build());
    Views tickless = new Views();
    tickless.instrument = Optional.of(Given.instrument(BTC).setTickSize(dec("0")).build());
    Views resting = new Views();
    resting.instrument =
        Optional.of(Given.instrument(BTC).setStatus(InstrumentStatus.BREAK).build());
    Views strange = new Views();
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
    Views none = new Views();
    none.top = Optional.empty();
    Views empty = new Views();
    empty.top = Optional.of(Given.top());
    Views other = new Views();
    other.top = Optional.of(Given.top("ETHUSDT", "BNBUSDT"));

    // then
    assertThat(none.code(intent("i"))).isEqualTo("UNIVERSE_EMPTY");
    assertThat(empty.code(intent("i"))).isEqualTo("UNIVERSE_EMPTY");
    assertThat(other.code(intent("i"))).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
    assertThat(numbers(other.rule(intent("i")))).containsExactly("allowedSymbols=2");
  }

  @Test
  void shouldTakeThePolicysOwnListInPlaceOfTheUniverse() {
    // given
    Views allowed = new Views();
    allowed.top = Optional.empty();
    allowed.policy = Views.inForce(Given.policy().setAllowedSymbols(List.of(BTC)).build());
    Views narrowed = new Views();
    narrowed.policy = Views.inForce(Given.policy().setAllowedSymbols(List.of("ETHUSDT")).build());

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
    Views views = new Views();
    views.state = Optional.of(Given.state(BTC).setAsOfMs(NOON - ageMs).build());

    // then
    assertThat(views.code(intent("i"))).isEqualTo(expected);
  }

  @Test
  void shouldSayHowOldTheStateIs() {
    // given
    Views views = new Views();
    views.state = Optional.of(Given.state(BTC).setAsOfMs(NOON - 3 * MINUTE).build());

    // then
    assertThat(numbers(views.rule(intent("i"))))
        .containsExactly("ageMs=180000", "maximumMs=125000");
  }

  @Test
  void shouldDenyEntriesWithoutAPriceToTrust() {
    // given
    Views missing = new Views();
    missing.state = Optional.empty();
    Views suspect = new Views();
    suspect.state = Optional.of(Given.state(BTC).setPriceSuspect(true).build());
    Views priceless = new Views();
    priceless.state = Optional.of(Given.state(BTC).setLastPrice(dec("0")).build());

    // then
    assertThat(missing.code(intent("i"))).isEqualTo("MARKET_STATE_MISSING");
    assertThat(suspect.code(intent("i"))).isEqualTo("PRICE_SUSPECT");
    assertThat(priceless.code(intent("i"))).isEqualTo("PRICE_SUSPECT");
  }

  @Test
  void shouldDenyEntriesWhileAnotherIsInFlight() {
    // given
    Views views = new Views();
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
    Views views = new Views();
    views.ledger =
        Optional.of(position(BTC, PositionSide.FLAT, "0", "0").setFlatSinceMs(NOON - ago).build());

    // then
    assertThat(views.code(intent("i"))).isEqualTo(buy);
    assertThat(views.code(intent("i").setAction(IntentAction.SELL))).isEqualTo(sell);
  }

  @Test
  void shouldTakeARowThatWasNeverOpenAsFlat() {
    // given
    Views views = new Views();
    views.ledger = Optional.of(position(BTC, PositionSide.FLAT, "0", "0").build());

    // then
    assertThat(views.code(intent("i"))).isEqualTo("entry BUY");
    assertThat(views.code(close())).isEqualTo("NOTHING_TO_CLOSE");
  }

  @Test
  void shouldTakeAnEnormousSizeForAFlip() {
    // given: more than a decimal of the contracts holds
    BigDecimal amount = new BigDecimal("99999999999999999999");
    Views views = new Views().open(PositionSide.LONG, "1");
    views.state = Optional.of(Given.state(BTC).setLastPrice(dec("0.000001")).build());

    // when
    BridgeRuling ruling =
        views.rule(intent("i").setAction(IntentAction.SELL).setAmount(dec(amount.toPlainString())));

    // then
    assertThat(code(ruling)).isEqualTo("LEDGER_FLIP");
  }

  @Test
  void shouldNameTheSideOfEachAction() {
    assertThat(Bridge.namedSide(IntentAction.OPEN_LONG)).contains(OrderSide.BUY);
    assertThat(Bridge.namedSide(IntentAction.SELL)).contains(OrderSide.SELL);
    assertThat(Bridge.namedSide(IntentAction.CLOSE)).isEmpty();
    assertThat(Bridge.namedSide(IntentAction.HOLD)).isEmpty();
  }
}
