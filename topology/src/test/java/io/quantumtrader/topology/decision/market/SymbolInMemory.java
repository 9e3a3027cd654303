package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Finding;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores of one symbol as maps, around the decision. */
final class SymbolInMemory {

  static final CandleLimits LIMITS = CandleLimits.of(Policy.newBuilder().build());

  private record Minute(long minute, BigDecimal amount) {}

  private final Map<Long, Minute> minutes = new HashMap<>();
  private final double[] slots = new double[CloseRing.SLOTS];
  private Head head = Head.NONE;

  /** Gives the symbol a candle, in time. */
  Ruling give(Candle candle) {
    return give(candle, candle.getOpenTimeMs() + candle.getIntervalMs());
  }

  Ruling give(Candle candle, long recordTimeMs) {
    Map<Long, BigDecimal> needed = new HashMap<>();
    MinuteRange range = CandleAcceptance.minutesNeeded(head, candle);
    for (long minute = range.first(); minute <= range.last(); minute++) {
      Minute stored = minutes.get(Math.floorMod(minute, (long) Turnover.KEPT));
      boolean known = stored != null && stored.minute == minute;
      needed.put(minute, known ? stored.amount : BigDecimal.ZERO);
    }
    Ruling ruling = CandleAcceptance.decide(head, candle, recordTimeMs, LIMITS, needed::get);
    write(ruling);
    return ruling;
  }

  private void write(Ruling ruling) {
    head = CandleProgress.of(CandleProgress.record(Candles.SYMBOL, ruling.head()));
    long rank = head.after().rank() - ruling.taken().size();
    for (Candle taken : ruling.taken()) {
      slots[CloseRing.slot(rank++)] = taken.getClose().doubleValue();
    }
    ruling
        .minutes()
        .forEach(
            (minute, amount) ->
                minutes.put(
                    Math.floorMod(minute, (long) Turnover.KEPT), new Minute(minute, amount)));
  }

  Head head() {
    return head;
  }

  Progress now() {
    return head.after();
  }

  double[] lastCloses() {
    return CloseRing.last(slots, head.after(), List.of());
  }

  double[] slots() {
    return slots;
  }

  static List<ReasonCode> codes(Ruling ruling) {
    return ruling.findings().stream().map(Finding::code).toList();
  }
}
