package io.quantumtrader.replay.incident;

import io.quantumtrader.replay.incident.MadeCandles.Leg;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import java.util.ArrayList;
import java.util.List;

/** 45 positions were open, and none was ever closed. */
final class PositionsWithoutClose {

  static final List<String> STORY =
      List.of(
          "Forty-five symbols were bought, one a minute, and an hour later each was asked to be"
              + " sold again. The purchases went through: the bridge granted its own permits, and"
              + " nothing counted positions. Of the sales none did: for a SELL the bridge wanted"
              + " the position out of the ledger, and it read the ledger under a key that nobody"
              + " writes.",
          "The closes that the system would have made by itself fared no better. Its exits went"
              + " through three symbols, and a kill score high enough to ask for a close was high"
              + " enough to block it.");

  private static final int SYMBOLS = 45;
  private static final int WARM_UP = 300;
  private static final int CLOSES = 400;
  private static final int CALM = 30;

  private PositionsWithoutClose() {}

  static IncidentInput input() {
    List<String> symbols = MadeSymbols.first(SYMBOLS);
    List<Candle> candles = MadeCandles.ofEach(symbols, PositionsWithoutClose::script);
    List<SentIntent> sent = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      sent.add(OldSenders.buy(MadeCandles.endOf(WARM_UP + i), i, symbols.get(i), "150.0"));
    }
    for (int i = 0; i < SYMBOLS; i++) {
      double quantity = 330 / MadeSymbols.price(i);
      sent.add(
          OldSenders.sell(MadeCandles.endOf(CLOSES + i), SYMBOLS + i, symbols.get(i), quantity));
    }
    return new IncidentInput(
        candles,
        sent,
        PolicyChange.of(List.of("allowedSymbols=" + String.join(",", symbols)))
            .on(Policies.initial(MadeCandles.BEGIN_MS))
            .policy(),
        symbols);
  }

  /** Every third symbol falls. */
  private static List<Leg> script(int symbol) {
    double after = symbol % 3 == 0 ? -0.0005 : 0.0001;
    return List.of(
        new Leg(WARM_UP + SYMBOLS, 0.0001, 0.0009),
        new Leg(CLOSES + CALM - WARM_UP, after, 0.0012));
  }
}
