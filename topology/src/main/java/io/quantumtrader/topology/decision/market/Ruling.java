package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.topology.decision.Finding;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What follows from a candle.
 *
 * @param head what is kept of the symbol from now on
 * @param dropped whether the candle was dropped
 * @param taken candles that became closes, in order: none, this one, or the one held back and this
 * @param minutes notional of minutes that changed, by minute in order; zero: nothing was traded in
 *     it
 * @param replaced whether the candle replaced the last one, so that its effects are taken back
 * @param publish whether the market state changed and goes out, if it is warm
 * @param findings what goes to the decision log
 */
public record Ruling(
    Head head,
    boolean dropped,
    List<Candle> taken,
    Map<Long, BigDecimal> minutes,
    boolean replaced,
    boolean publish,
    List<Finding> findings) {

  public Ruling {
    taken = List.copyOf(taken);
    // In the order of time: they are written in this order, in every process.
    minutes = Collections.unmodifiableSortedMap(new TreeMap<>(minutes));
    findings = List.copyOf(findings);
  }

  /**
   * Returns which time it is that something is said about a candle of this symbol and open time;
   * dropped candles are counted together.
   */
  public int occurrence() {
    return dropped ? (int) Math.min(head.dropped(), Integer.MAX_VALUE) : head.revision() + 1;
  }

  /** Returns the ruling on a candle that changes nothing but the count of dropped ones. */
  static Ruling dropped(Head head, Finding finding) {
    return new Ruling(head.dropping(), true, List.of(), Map.of(), false, false, List.of(finding));
  }
}
