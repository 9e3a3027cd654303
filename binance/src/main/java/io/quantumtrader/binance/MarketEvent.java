package io.quantumtrader.binance;

import io.quantumtrader.schemas.avro.Candle;
import java.util.List;

/** What a market stream says. */
public sealed interface MarketEvent {

  /**
   * A candle of a minute whose time is up.
   *
   * @param candle checked as one that came over REST
   */
  record ClosedCandle(Candle candle) implements MarketEvent {}

  /**
   * Mark prices of one moment.
   *
   * @param marks those that are prices; contracts that do not trade have none
   * @param unreadable how many entries were left out as they cannot be read, 0 or more
   */
  record Marks(List<MarkPrice> marks, int unreadable) implements MarketEvent {

    /** Keeps a copy. */
    public Marks {
      marks = List.copyOf(marks);
    }
  }

  /** Nothing of use: a candle that is under way, an answer to a request, an unknown event. */
  record Other() implements MarketEvent {}
}
