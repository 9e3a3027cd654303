package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.LeverageBracket;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What an exchange takes in a symbol at most. A bound that is not known, or that makes no sense,
 * bounds nothing: the exchange itself refuses what it does not take.
 */
public final class ExchangeBounds {

  private ExchangeBounds() {}

  /** Returns the largest market order, base units, above 0. */
  public static Optional<BigDecimal> largestOrder(Instrument instrument) {
    return Optional.ofNullable(instrument.getMaxMarketQuantity()).filter(Decimals::isPositive);
  }

  /** Returns the value of the largest position at any leverage, quote currency, above 0. */
  public static Optional<BigDecimal> largestPosition(Instrument instrument) {
    return brackets(instrument).stream()
        .map(LeverageBracket::getNotionalCap)
        .max(BigDecimal::compareTo);
  }

  /**
   * Returns the highest leverage for a position of this value, 1 or more.
   *
   * @param notional value of the position, quote currency, 0 or more
   */
  public static Optional<Integer> highestLeverage(Instrument instrument, BigDecimal notional) {
    return brackets(instrument).stream()
        .filter(bracket -> notional.compareTo(bracket.getNotionalCap()) <= 0)
        .map(LeverageBracket::getMaxLeverage)
        .max(Integer::compareTo);
  }

  private static List<LeverageBracket> brackets(Instrument instrument) {
    return instrument.getBrackets().stream()
        .filter(each -> Decimals.isPositive(each.getNotionalCap()) && each.getMaxLeverage() >= 1)
        .toList();
  }

  /** Returns the lowest price of the band around the mark price, quote currency, above 0. */
  public static Optional<BigDecimal> lowestPrice(Instrument instrument, BigDecimal mark) {
    return Optional.ofNullable(instrument.getPercentDown())
        .filter(Decimals::isPositive)
        .map(share -> Decimals.cash(mark.multiply(share)));
  }

  /** Returns the highest price of the band around the mark price, quote currency, above 0. */
  public static Optional<BigDecimal> highestPrice(Instrument instrument, BigDecimal mark) {
    return Optional.ofNullable(instrument.getPercentUp())
        .filter(Decimals::isPositive)
        .map(share -> Decimals.cash(mark.multiply(share)));
  }

  /**
   * Returns where a stop belongs that lies outside the band around the mark price: its edge, on the
   * tick inside of it. Empty where it lies inside, or where the band leaves no room for a stop.
   *
   * @param mark quote currency, above 0
   * @param stop quote currency, above 0, on its side of the mark price
   * @param below whether it is the stop of a long position, which lies below the mark price
   */
  public static Optional<BigDecimal> stopWithinBand(
      Instrument instrument, BigDecimal mark, BigDecimal stop, boolean below) {
    Optional<BigDecimal> edge =
        below ? lowestPrice(instrument, mark) : highestPrice(instrument, mark);
    return edge.filter(limit -> below ? stop.compareTo(limit) < 0 : stop.compareTo(limit) > 0)
        .map(limit -> onTick(limit, instrument.getTickSize(), below))
        .filter(Decimals::isPositive)
        .filter(at -> below ? at.compareTo(mark) < 0 : at.compareTo(mark) > 0);
  }

  private static BigDecimal onTick(BigDecimal price, BigDecimal tick, boolean up) {
    if (!Decimals.isPositive(tick)) {
      return price;
    }
    return up ? Decimals.ceilTo(price, tick) : Decimals.floorTo(price, tick);
  }
}
