package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.decision.entry.BridgeViews.close;
import static io.quantumtrader.topology.decision.entry.BridgeViews.code;
import static io.quantumtrader.topology.decision.entry.BridgeViews.numbers;
import static io.quantumtrader.topology.decision.entry.BridgeViews.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.GateResult;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an intent asks for, against what is open. */
final class BridgeActionsTest {

  @ParameterizedTest
  @CsvSource({
    "OPEN_LONG,entry BUY",
    "BUY,entry BUY",
    "OPEN_SHORT,entry SELL",
    "SELL,entry SELL",
    "CLOSE,NOTHING_TO_CLOSE"
  })
  void shouldReadTheActionWhereNothingIsOpen(IntentAction action, String expected) {
    assertThat(new BridgeViews().code(intent("i").setAction(action))).isEqualTo(expected);
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
    assertThat(new BridgeViews().open(open, "1").code(sized(action, quantity))).isEqualTo(expected);
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
    assertThat(new BridgeViews().open(open, "1").code(sized(action, "5").setReduceOnly(true)))
        .isEqualTo(expected);
    assertThat(new BridgeViews().code(sized(action, "5").setReduceOnly(true)))
        .isEqualTo("NOTHING_TO_CLOSE");
  }

  @Test
  void shouldCloseAllWhereNoSizeIsSent() {
    assertThat(new BridgeViews().open(PositionSide.LONG, "1").code(close()))
        .isEqualTo("close SELL");
  }

  @ParameterizedTest
  @CsvSource({
    "0.25,close SELL 0.5",
    "0.3,close SELL 0.6",
    "1,close SELL 2",
    "0.0000001,close SELL 0"
  })
  void shouldCloseAShareOfWhatIsOpen(String share, String expected) {
    BridgeViews views = new BridgeViews().open(PositionSide.LONG, "2");
    TradeIntent.Builder fraction = close().setSizing(Sizing.FRACTION).setAmount(dec(share));
    assertThat(views.code(fraction)).isEqualTo(expected);
    assertThat(views.code(fraction.setAction(IntentAction.SELL))).isEqualTo(expected);
    assertThat(new BridgeViews().code(fraction.setAction(IntentAction.CLOSE)))
        .isEqualTo("NOTHING_TO_CLOSE");
  }

  @Test
  void shouldDenyAnOppositeSideWithoutASize() {
    // given
    BridgeViews views = new BridgeViews().open(PositionSide.LONG, "1");

    // when
    GateResult<BridgePass> ruling =
        views.rule(intent("i").setAction(IntentAction.SELL).setSizing(Sizing.NONE).setAmount(null));

    // then
    assertThat(code(ruling)).isEqualTo("SIZE_MISSING");
  }

  @Test
  void shouldSayWhatAFlipWasHeldAgainst() {
    // given
    BridgeViews views = new BridgeViews().open(PositionSide.SHORT, "1");

    // when
    GateResult<BridgePass> ruling = views.rule(sized(IntentAction.BUY, "1.5"));

    // then
    assertThat(numbers(ruling)).containsExactly("open=-1", "asked=1.5");
  }

  @Test
  void shouldReckonAMarginIntoBaseUnitsAtTheLastPrice() {
    // given: 300 x 2 / 71000 = 0.00845, 0.008 in steps
    TradeIntent.Builder sell = intent("i").setAction(IntentAction.SELL);

    // then
    assertThat(new BridgeViews().open(PositionSide.LONG, "0.008").code(sell))
        .isEqualTo("close SELL 0.008");
    assertThat(new BridgeViews().open(PositionSide.LONG, "0.007").code(sell))
        .isEqualTo("LEDGER_FLIP");
  }

  @Test
  void shouldReckonWithTheSendersPriceWhereNoStateIsKnown() {
    // given: 300 x 2 / 100000 = 0.006
    BridgeViews views = new BridgeViews().open(PositionSide.LONG, "0.006");
    views.state = Optional.empty();

    // when
    String code = views.code(intent("i").setAction(IntentAction.SELL).setPrice(dec("100000")));

    // then
    assertThat(code).isEqualTo("close SELL 0.006");
  }

  @Test
  void shouldReckonWithTheEntryPriceWhereNoPriceIsKnown() {
    // given: 300 x 2 / 70000 = 0.00857, not rounded where the step is not known
    BridgeViews views = new BridgeViews().open(PositionSide.LONG, "0.009");
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
    BridgeViews views = new BridgeViews().open(PositionSide.LONG, "1");

    // when
    String code = views.code(intent("i").setAction(IntentAction.SELL).setLeverage(leverage));

    // then
    assertThat(code).isEqualTo("close SELL " + expected);
  }

  @Test
  void shouldTakeARowThatWasNeverOpenAsFlat() {
    // given
    BridgeViews views = new BridgeViews();
    views.ledger = Optional.of(position(BTC, PositionSide.FLAT, "0", "0").build());

    // then
    assertThat(views.code(intent("i"))).isEqualTo("entry BUY");
    assertThat(views.code(close())).isEqualTo("NOTHING_TO_CLOSE");
  }

  @Test
  void shouldTakeAnEnormousSizeForAFlip() {
    // given: more than a decimal of the contracts holds
    BigDecimal amount = new BigDecimal("99999999999999999999");
    BridgeViews views = new BridgeViews().open(PositionSide.LONG, "1");
    views.state = Optional.of(Given.state(BTC).setLastPrice(dec("0.000001")).build());

    // when
    GateResult<BridgePass> ruling =
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
