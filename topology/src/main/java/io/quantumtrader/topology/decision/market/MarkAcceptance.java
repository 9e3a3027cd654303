package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.snapshot.Mark;
import java.util.Optional;

/**
 * Decides about a price between candles, which comes in the shape of a candle that closes at it. It
 * counts where it is sound, not older than the price that is known, and no further from it than a
 * candle may be. It never moves what is known of candles: closes, true range, whether the price is
 * suspect.
 *
 * <p>A closed candle that stands in for a mark says nothing: the candle itself follows.
 */
public final class MarkAcceptance {

  private MarkAcceptance() {}

  /**
   * What follows from a mark.
   *
   * @param price the price that is known from now on, if the mark is taken
   * @param finding why it is not taken, unless it stands in for a candle
   */
  public record Ruling(Optional<Mark> price, Optional<Finding> finding) {

    private static Ruling refused(Finding finding) {
      return new Ruling(Optional.empty(), Optional.of(finding));
    }
  }

  /**
   * Returns the last price known of a symbol: the last close, or the last mark where that is not
   * older.
   *
   * @param mark the last mark that was taken
   */
  public static Optional<Mark> lastPrice(Progress progress, Optional<Mark> mark) {
    if (!progress.hasPrice()) {
      return mark;
    }
    return mark.filter(price -> price.atMs() >= progress.priceAtMs())
        .or(() -> Optional.of(new Mark(progress.price(), progress.priceAtMs())));
  }

  /** Returns the price of a record of the marks: its close, at its close time. */
  public static Mark priceOf(Candle mark) {
    return new Mark(mark.getClose(), mark.getOpenTimeMs() + mark.getIntervalMs(), Mark.Source.MARK);
  }

  /**
   * Decides about a mark.
   *
   * @param progress how far the symbol's candles are
   * @param known the last price known of the symbol
   * @param standIn whether its record says that it is a closed candle
   * @param recordTimeMs time of its record, epoch ms
   */
  public static Ruling decide(
      Progress progress,
      Optional<Mark> known,
      Candle mark,
      boolean standIn,
      long recordTimeMs,
      CandleLimits limits) {
    if (standIn) {
      return new Ruling(Optional.empty(), Optional.empty());
    }
    Optional<Finding> refusal = CandleIntake.refusal(mark, recordTimeMs, ReasonCode.MARK_INVALID);
    if (refusal.isPresent()) {
      return Ruling.refused(refusal.get());
    }
    Mark price = priceOf(mark);
    if (known.isPresent() && price.atMs() < known.get().atMs()) {
      return isOvertaken(progress, mark, price)
          ? new Ruling(Optional.empty(), Optional.empty())
          : Ruling.refused(outOfOrder(price, known.get()));
    }
    boolean agrees =
        mark.getHigh().compareTo(mark.getLow()) >= 0
            && known.map(last -> limits.agree(last.price(), price.price())).orElse(true);
    return agrees
        ? new Ruling(Optional.of(price), Optional.empty())
        : Ruling.refused(suspect(mark, known, limits));
  }

  /** A feed of an older version did not say which marks are candles: those are as long as one. */
  private static boolean isOvertaken(Progress progress, Candle mark, Mark price) {
    return progress.isStarted()
        && mark.getIntervalMs() == progress.intervalMs()
        && price.atMs() <= progress.priceAtMs();
  }

  private static Finding outOfOrder(Mark price, Mark known) {
    return new Finding(
        ReasonCode.MARK_OUT_OF_ORDER,
        Numbers.none()
            .and("atMs", price.atMs())
            .and("lastAtMs", known.atMs())
            .and("price", price.price()));
  }

  private static Finding suspect(Candle mark, Optional<Mark> known, CandleLimits limits) {
    Numbers numbers =
        Numbers.none()
            .and("price", mark.getClose())
            .and("high", mark.getHigh())
            .and("low", mark.getLow());
    return new Finding(
        ReasonCode.MARK_SUSPECT,
        known
            .map(last -> numbers.and("lastPrice", last.price()))
            .orElse(numbers)
            .and("maxJump", limits.maxJump()));
  }
}
