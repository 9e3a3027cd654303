package io.quantumtrader.replay.incident;

import io.quantumtrader.replay.incident.MadeCandles.Leg;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.policy.Policies;
import java.util.ArrayList;
import java.util.List;

/** Every symbol of the exchange could be opened, all at once. */
final class SymbolsWithoutLimits {

  static final List<String> STORY =
      List.of(
          "The list of symbols that may be opened held everything the exchange lists: 566. The"
              + " settings that were to narrow it, a list of its own and the top ten, were read and"
              + " never asked. No gate of the bridge counted positions, and its gate on exposure"
              + " summed over a key that nobody writes.",
          "The services behind it kept lists of their own. The exits went through three symbols,"
              + " so all but three of the positions had nobody to close them.");

  private static final int SYMBOLS = 566;

  /** The top list is ranked at full hours, and a symbol is warm after 257 minutes. */
  private static final int WARM_UP = 301;

  private static final int PER_MINUTE = 60;
  private static final int AFTER = 10;

  private SymbolsWithoutLimits() {}

  static IncidentInput input() {
    List<String> symbols = MadeSymbols.first(SYMBOLS);
    List<Leg> script = List.of(new Leg(WARM_UP + SYMBOLS / PER_MINUTE + AFTER, 0.0002, 0.0008));
    List<Candle> candles = MadeCandles.ofEach(symbols, any -> script);
    List<SentIntent> sent = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      sent.add(
          OldSenders.buy(MadeCandles.endOf(WARM_UP + i / PER_MINUTE), i, symbols.get(i), "15.0"));
    }
    return new IncidentInput(candles, sent, Policies.initial(MadeCandles.BEGIN_MS), symbols);
  }
}
