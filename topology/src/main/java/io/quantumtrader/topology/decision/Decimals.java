package io.quantumtrader.topology.decision;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Money arithmetic. Everything has scale 18 and at most 20 digits before the point, as {@code
 * decimal(38,18)} has; quantities round down, cash rounds half to even.
 */
public final class Decimals {

  /** Digits after the point. */
  public static final int SCALE = 18;

  public static final BigDecimal ZERO = BigDecimal.ZERO.setScale(SCALE);

  private static final int SAFE_BITS = 126;
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(20);

  private Decimals() {}

  /** Returns the value with scale 18, rounded towards zero. */
  public static BigDecimal quantity(BigDecimal value) {
    return value.setScale(SCALE, RoundingMode.DOWN);
  }

  /** Returns the value with scale 18, rounded half to even. */
  public static BigDecimal cash(BigDecimal value) {
    return value.setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns dividend / divisor with scale 18, rounded towards zero; the divisor is not zero. */
  public static BigDecimal quotientDown(BigDecimal dividend, BigDecimal divisor) {
    return dividend.divide(divisor, SCALE, RoundingMode.DOWN);
  }

  /** Returns dividend / divisor with scale 18, rounded half to even; the divisor is not zero. */
  public static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    return dividend.divide(divisor, SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns a finite double as the shortest decimal that stands for it. */
  public static BigDecimal ratio(double value) {
    return BigDecimal.valueOf(value);
  }

  /** Returns whether the value fits {@code decimal(38,18)} before the point. */
  public static boolean fits(BigDecimal value) {
    return isSurelySmall(value) || value.abs().compareTo(LIMIT) < 0;
  }

  /** What nearly every value is: known by its bits, without a sum. 2^126 is below 10^38. */
  private static boolean isSurelySmall(BigDecimal value) {
    return value.scale() == SCALE && value.unscaledValue().bitLength() <= SAFE_BITS;
  }

  /**
   * Returns the record, if every decimal in it fits. One that does not could never be written,
   * however often it is tried, so it must not be decided on.
   *
   * @throws ArithmeticException naming the field that does not fit
   */
  public static <R extends SpecificRecord> R requireFit(R record) {
    List<Schema.Field> fields = record.getSchema().getFields();
    for (int i = 0; i < fields.size(); i++) {
      Object value = record.get(i);
      if (value instanceof BigDecimal decimal && !fits(decimal)) {
        throw new ArithmeticException(
            record.getSchema().getName()
                + "."
                + fields.get(i).name()
                + " is out of range: "
                + decimal);
      }
      if (value instanceof SpecificRecord nested) {
        requireFit(nested);
      }
    }
    return record;
  }

  /** Returns whether the value is above zero. */
  public static boolean isPositive(BigDecimal value) {
    return value.signum() > 0;
  }

  /** Returns the largest multiple of the step, above 0, that is not above the value. */
  public static BigDecimal floorTo(BigDecimal value, BigDecimal step) {
    return toMultiple(value, step, RoundingMode.FLOOR);
  }

  /** Returns the smallest multiple of the step, above 0, that is not below the value. */
  public static BigDecimal ceilTo(BigDecimal value, BigDecimal step) {
    return toMultiple(value, step, RoundingMode.CEILING);
  }

  private static BigDecimal toMultiple(BigDecimal value, BigDecimal step, RoundingMode mode) {
    return value.divide(step, 0, mode).multiply(step).setScale(SCALE, RoundingMode.UNNECESSARY);
  }
}
