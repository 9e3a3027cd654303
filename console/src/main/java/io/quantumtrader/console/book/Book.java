package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Everything that is shown of a pipeline, folded from its committed records: the page, the HTTP
 * interface, <i>why</i>, health and the commands ask it. One thread writes, any thread may read.
 *
 * <p>What is kept is bounded but for the tables, which are as large as the pipeline's own.
 */
public final class Book implements Consumer<BookRecord> {

  private static final int CANDLES_OF_A_SYMBOL = 512;
  private static final int POINTS_OF_AN_ACCOUNT = 4_000;
  private static final int TRADES = 50_000;

  /** There are too many of these to keep, and no question asks for a single one. */
  private static final Set<Topic> FOLDED_ONLY = EnumSet.of(Topic.CLOCK, Topic.CANDLE, Topic.MARK);

  private final LongSupplier wallMs;
  private final Pages pages;
  private long version;

  /**
   * Creates it, empty.
   *
   * @param wallMs wall time, epoch milliseconds: rates and ages of what is heard go by it
   */
  public Book(LongSupplier wallMs) {
    this.wallMs = wallMs;
    DayBook days = new DayBook();
    pages =
        new Pages(
            new Tables(),
            new Streams(Streams.DEFAULT_KEPT),
            new PlanBook(Streams.DEFAULT_KEPT),
            new TradeBook(TRADES, days),
            days,
            new EquityHistory(POINTS_OF_AN_ACCOUNT),
            new Candles(CANDLES_OF_A_SYMBOL),
            new Traffic(),
            new ClockHand());
  }

  @Override
  public synchronized void accept(BookRecord record) {
    version++;
    long readAtMs = wallMs.getAsLong();
    pages.traffic().take(record.topic(), readAtMs);
    if (record.topic().cleanup() == Topic.Cleanup.COMPACT) {
      pages.tables().take(record);
    }
    if (keeps(record.topic())) {
      pages.streams().take(record);
    }
    if (record.topic() == Topic.DEAD_LETTER) {
      pages.days().deadLetter(record.atMs());
    }
    record.value().ifPresent(value -> fold(value, record, readAtMs));
  }

  /** The history of the policy is asked for, of other tables what is in them now. */
  private static boolean keeps(Topic topic) {
    return topic.keepsHistory()
        || topic == Topic.CONTROL
        || (topic.cleanup() == Topic.Cleanup.DELETE && !FOLDED_ONLY.contains(topic));
  }

  private void fold(Object value, BookRecord record, long readAtMs) {
    switch (value) {
      case Clock step -> pages.clock().take(step, readAtMs);
      case Candle candle -> {
        if (record.topic() == Topic.CANDLE) {
          pages.candles().take(candle);
        }
      }
      case ApplyPlan plan -> pages.plans().take(plan);
      case ApplyResult result -> {
        pages.plans().take(result);
        pages.trades().take(result);
      }
      case ExchangeIncome income -> pages.trades().take(income);
      case PortfolioState state -> {
        pages.equity().take(state);
        pages.days().take(state);
      }
      case Decision decision -> pages.days().take(decision);
      default -> {
        // Tables and streams have it.
      }
    }
  }

  /** Returns what a reader makes of the book; nothing is written meanwhile. */
  public synchronized <T> T read(Function<Pages, T> reader) {
    return reader.apply(pages);
  }

  /** Returns a number that is another one as soon as something was written. */
  public synchronized long version() {
    return version;
  }

  /** Returns wall time, epoch milliseconds, as the book goes by it. */
  public long wallMs() {
    return wallMs.getAsLong();
  }
}
