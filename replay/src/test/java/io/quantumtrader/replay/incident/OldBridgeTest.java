package io.quantumtrader.replay.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.replay.incident.OldBridge.Published;
import io.quantumtrader.replay.incident.OldBridge.Refused;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The rules of then by the worked examples of the entry contract, section 13. */
final class OldBridgeTest {

  private static final long AT_MS = 1_773_500_000_250L;
  private static final Map<String, Double> TICKER =
      Map.of("BTCUSDT", 71_000.0, "ETHUSDT", 2_500.0, "SOLUSDT", 140.0, "DOGEUSDT", 0.1);

  private final OldBridge bridge =
      new OldBridge(List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "DOGEUSDT"));

  /** W1. */
  @Test
  void shouldBuyForMarginTimesLeverage() {
    SentIntent first = OldSenders.buy(AT_MS, 0, "BTCUSDT", "300.0");

    assertThat(rule(first)).isEqualTo(new Published("BTCUSDT", 0.008450704225352112, 2.0));
  }

  /** W2: the same trade under the names that the bridge does not look for. */
  @Test
  void shouldFindNoSizeUnderTheNewNames() {
    assertThat(rule(OldSenders.renamed(AT_MS, 0, "BTCUSDT")))
        .isEqualTo(new Refused("BTCUSDT", OldRefusal.SIZE_UNUSABLE));
  }

  /** W3: dollars are the value of the position here, and leverage does not multiply them. */
  @Test
  void shouldTakeTheEnvelopeOfTheEngine() {
    SentIntent engine =
        SentIntent.wrapped(
            AT_MS,
            0,
            """
            {"symbol": "ETHUSDT", "side": "BUY", "position_size_usd": 500.0, "leverage": 3,
             "entry_price": 2500.0, "stop_loss": 2450.0, "take_profit": 2550.0}""");

    assertThat(rule(engine)).isEqualTo(new Published("ETHUSDT", 0.2, 3.0));
  }

  /** W6. */
  @Test
  void shouldCapWhatAPriceIsKnownFor() {
    SentIntent doge =
        SentIntent.flat(
            AT_MS, 0, "symbol", "dogeusdt", "side", "buy", "size", "5000", "price", "0.1");
    SentIntent uncapped = SentIntent.flat(AT_MS, 1, "symbol", "BTCUSDT", "side", "BUY", "qty", "1");
    SentIntent capped =
        SentIntent.flat(AT_MS, 2, "symbol", "BTCUSDT", "side", "BUY", "qty", "1", "price", "71000");

    assertThat(((Published) rule(doge)).quantity()).isCloseTo(30_000, within(1e-9));
    assertThat(((Published) rule(uncapped)).quantity()).isEqualTo(1);
    assertThat(((Published) rule(capped)).quantity()).isEqualTo(0.04225352112676056);
  }

  /** W10, and the spelling of sides that it did not know. */
  @Test
  void shouldDropWhatItDoesNotKnow() {
    SentIntent router =
        SentIntent.flat(AT_MS, 0, "data", "{\"symbol\": \"BTCUSDT\", \"action\": \"BUY\"}");
    SentIntent list = SentIntent.wrapped(AT_MS, 1, "[1, 2]");
    SentIntent noQuantity =
        SentIntent.wrapped(
            AT_MS,
            2,
            """
            {"symbol": "BTCUSDT", "side": "BUY", "quantity": null, "position_size_usd": 500,
             "entry_price": 71000}""");
    SentIntent elsewhere = OldSenders.buy(AT_MS, 3, "XRPUSDT", "300.0");
    SentIntent sideOfAPosition =
        SentIntent.flat(AT_MS, 4, "symbol", "BTCUSDT", "side", "LONG", "qty", "1");

    assertThat(why(router)).isEqualTo(OldRefusal.MESSAGE_UNREADABLE);
    assertThat(why(list)).isEqualTo(OldRefusal.MESSAGE_UNREADABLE);
    assertThat(why(noQuantity)).isEqualTo(OldRefusal.SIZE_UNUSABLE);
    assertThat(why(elsewhere)).isEqualTo(OldRefusal.SYMBOL_NOT_IN_POLICY_UNIVERSE);
    assertThat(why(sideOfAPosition)).isEqualTo(OldRefusal.MESSAGE_UNREADABLE);
  }

  /** Section 4.8: IB1, and IB2 for a buy. */
  @Test
  void shouldRefuseEverySaleAndASecondPurchase() {
    SentIntent sale = OldSenders.sell(AT_MS, 0, "BTCUSDT", 0.01);
    SentIntent purchase = OldSenders.buy(AT_MS, 1, "BTCUSDT", "300.0");

    assertThat(why(sale)).isEqualTo(OldRefusal.SELL_WITHOUT_LEDGER);
    assertThat(bridge.rule(purchase, symbol -> true, OldBridgeTest::ticker))
        .isEqualTo(new Refused("BTCUSDT", OldRefusal.ALREADY_OPEN));
  }

  /** Exit contract, 7.3 gate 3, at each limit and below it; 5.1 has what the score was made of. */
  @Test
  void shouldHoldEveryCloseThatAKillScoreAsksFor() {
    assertThat(OldExits.heldBy(0.60)).isEqualTo(OldRefusal.QUANTITY_ZERO);
    assertThat(OldExits.heldBy(0.6499)).isEqualTo(OldRefusal.QUANTITY_ZERO);
    assertThat(OldExits.heldBy(0.65)).isEqualTo(OldRefusal.KILL_SCORE_CLOSE_BLOCKED);
    assertThat(OldExits.heldBy(0.756)).isEqualTo(OldRefusal.KILL_SCORE_CLOSE_BLOCKED);
    assertThat(OldExits.heldBy(0.7999)).isEqualTo(OldRefusal.KILL_SCORE_CLOSE_BLOCKED);
    assertThat(OldExits.heldBy(0.80)).isEqualTo(OldRefusal.KILL_SCORE_CRITICAL);
  }

  private OldRefusal why(SentIntent sent) {
    return ((Refused) rule(sent)).why();
  }

  private OldBridge.Verdict rule(SentIntent sent) {
    return bridge.rule(sent, symbol -> false, OldBridgeTest::ticker);
  }

  private static OptionalDouble ticker(String symbol) {
    return TICKER.containsKey(symbol)
        ? OptionalDouble.of(TICKER.get(symbol))
        : OptionalDouble.empty();
  }
}
