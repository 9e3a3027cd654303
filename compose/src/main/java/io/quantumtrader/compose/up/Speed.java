package io.quantumtrader.compose.up;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast a candle file is replayed.
 *
 * @param factor event time over wall time, above 0; infinite for as fast as everything keeps up
 */
public record Speed(double factor) {

  /** As fast as everything keeps up, event time in step. */
  public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

  /** Returns whether event time is kept in step instead of paced. */
  public boolean isMax() {
    return Double.isInfinite(factor);
  }

  /** Reads `1`, a number above 0, or `max`. */
  public static final class Converter implements ITypeConverter<Speed> {
    @Override
    public Speed convert(String text) {
      if (text.equalsIgnoreCase("max")) {
        return MAX;
      }
      try {
        double factor = Double.parseDouble(text);
        if (factor > 0 && Double.isFinite(factor)) {
          return new Speed(factor);
        }
      } catch (NumberFormatException e) {
        // The message below says what is expected.
      }
      throw new TypeConversionException(
          "'" + text + "' is not a speed: give a number above 0," + " or max");
    }
  }
}
