package io.quantumtrader.topology.decision.snapshot;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.util.List;

/**
 * A position and its value after a candle or a mark.
 *
 * @param position the position with what the price added to its peak and trough
 * @param snapshot its value at the last good price
 */
public record Revaluation(OpenPosition position, PositionSnapshot snapshot) {

  /**
   * Returns the open ones of these positions after a candle.
   *
   * @param positions positions in its symbol
   * @param candleOpenMs its open time, epoch ms
   * @param replaced whether an earlier candle of that open time is taken back first
   * @param taken candles that became closes; none where it is held back
   * @param mark last good price
   */
  public static List<Revaluation> after(
      List<OpenPosition> positions,
      long candleOpenMs,
      boolean replaced,
      List<Candle> taken,
      Mark mark) {
    if (taken.isEmpty() && !replaced) {
      return List.of();
    }
    return positions.stream()
        .filter(PositionRows::isOpen)
        .map(known -> replaced ? PositionPrices.forget(known, candleOpenMs) : known)
        .map(known -> taken.isEmpty() ? known : PositionPrices.see(known, taken))
        .map(position -> new Revaluation(position, PositionValue.at(mark, position)))
        .toList();
  }

  /** Returns the open ones of these positions at a price between candles. */
  public static List<Revaluation> at(List<OpenPosition> positions, Mark mark) {
    return positions.stream()
        .filter(PositionRows::isOpen)
        .map(known -> PositionPrices.see(known, mark))
        .map(position -> new Revaluation(position, PositionValue.at(mark, position)))
        .toList();
  }
}
