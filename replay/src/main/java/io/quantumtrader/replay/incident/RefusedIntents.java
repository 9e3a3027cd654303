package io.quantumtrader.replay.incident;

import io.quantumtrader.replay.incident.MadeCandles.Leg;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import java.util.ArrayList;
import java.util.List;

/** Of a hundred intents one became a plan. */
final class RefusedIntents {

  static final List<String> STORY =
      List.of(
          "The trader had renamed three fields of its intents and kept the numbers. The bridge"
              + " looked for the old names, found no size that it could use, and dropped every one"
              + " of them, with a line in a log. Of the symbols that the trader was given some were"
              + " not in the bridge's list, which was another list; and a SELL was dropped as"
              + " always, because its position was read under a key that nobody writes.",
          "Which intent is refused, and why, is what the documents say. How many there are of each"
              + " kind is made so that 99 of 100 are refused.");

  private static final int SYMBOLS = 10;
  private static final int OLD_LIST = 6;
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 10;
  private static final int ROUND = 40;
  private static final int HELD = 20;

  private RefusedIntents() {}

  static IncidentInput input() {
    List<String> symbols = MadeSymbols.first(SYMBOLS);
    List<Leg> script = List.of(new Leg(WARM_UP + ROUNDS * ROUND, 0.0003, 0.0004));
    List<Candle> candles = MadeCandles.ofEach(symbols, any -> script);
    List<SentIntent> sent = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      int minute = WARM_UP + round * ROUND;
      for (int i = 0; i < SYMBOLS; i++) {
        sent.add(entry(minute, sent.size(), symbols.get(i), candles));
      }
      for (int i = 0; i < SYMBOLS; i++) {
        double price = priceAt(minute, symbols.get(i), candles);
        sent.add(
            OldSenders.sell(
                MadeCandles.endOf(minute + HELD), sent.size(), symbols.get(i), 650 / price));
      }
    }
    return new IncidentInput(
        candles,
        sent,
        PolicyChange.of(List.of("allowedSymbols=" + String.join(",", symbols)))
            .on(Policies.initial(MadeCandles.BEGIN_MS))
            .policy(),
        symbols.subList(0, OLD_LIST));
  }

  /** Two in two hundred come from the other sender, whose size the bridge could read. */
  private static SentIntent entry(int minute, int sequence, String symbol, List<Candle> candles) {
    long atMs = MadeCandles.endOf(minute);
    boolean other = sequence == 0 || sequence == 1;
    return other
        ? OldSenders.engine(atMs, sequence, symbol, priceAt(minute, symbol, candles))
        : OldSenders.renamed(atMs, sequence, symbol);
  }

  private static double priceAt(int minute, String symbol, List<Candle> candles) {
    return candles.stream()
        .filter(candle -> candle.getSymbol().equals(symbol))
        .filter(candle -> candle.getOpenTimeMs() == MadeCandles.endOf(minute - 1))
        .findFirst()
        .orElseThrow()
        .getClose()
        .doubleValue();
  }
}
