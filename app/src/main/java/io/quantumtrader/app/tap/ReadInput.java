package io.quantumtrader.app.tap;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a run was given in files, before anything of it was played.
 *
 * @param rows candles read
 * @param symbols symbols with a candle
 * @param intervalMs nominal interval of the candles, milliseconds; 0 where there are none
 * @param firstMs when the first candle opens, epoch milliseconds UTC; 0 where there are none
 * @param lastMs when the last candle opens, epoch milliseconds UTC; 0 where there are none
 * @param gaps places where a symbol misses candles between its first and its last
 * @param steps steps of the clock that a replay takes
 * @param intents intents read
 * @param rejectedCandles lines of candle files that could not be used
 * @param rejectedIntents lines of the intent file that are no intents; they end as dead letters
 */
public record ReadInput(
    long rows,
    long symbols,
    long intervalMs,
    long firstMs,
    long lastMs,
    long gaps,
    long steps,
    long intents,
    long rejectedCandles,
    long rejectedIntents) {

  /** Returns how many lines of all files could not be used. */
  public long rejected() {
    return rejectedCandles + rejectedIntents;
  }

  /** Writes it as the object {@code input}. */
  public void putInto(ObjectNode summary) {
    ObjectNode node = summary.putObject("input");
    node.put("rows", rows);
    node.put("symbols", symbols);
    node.put("intervalMs", intervalMs);
    node.put("firstMs", firstMs);
    node.put("lastMs", lastMs);
    node.put("gaps", gaps);
    node.put("steps", steps);
    node.put("intents", intents);
    node.put("rejected", rejected());
    node.put("rejectedCandles", rejectedCandles);
    node.put("rejectedIntents", rejectedIntents);
  }
}
