package io.quantumtrader.replay.incident;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * What an incident is played with, the same in every run.
 *
 * @param candles candles of one minute, in any order
 * @param sent the intents, in the order of their times
 * @param policy the policy of now
 * @param oldList the symbols that the old bridge lets pass
 */
public record IncidentInput(
    List<Candle> candles, List<SentIntent> sent, Policy policy, List<String> oldList) {

  public IncidentInput {
    candles = List.copyOf(candles);
    sent = List.copyOf(sent);
    oldList = List.copyOf(oldList);
  }

  /** Returns the candles as a replay plays them. */
  CandleFile candleFile() {
    return CandleFile.of("incident", candles);
  }

  /** Returns the intents as a replay sends them, anew with each call. */
  IntentQueue intents() {
    List<TimedIntent> intents = new ArrayList<>();
    sent.forEach(each -> intents.add(new TimedIntent(each.sequence() + 1L, each.read())));
    return new IntentQueue(intents, List.of());
  }
}
