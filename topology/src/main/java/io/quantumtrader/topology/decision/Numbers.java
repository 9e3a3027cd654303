package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that led to a decision, in reading order: the value, then what it was held to. They
 * can always be written, whatever was sent: texts and digits without end are cut.
 */
public final class Numbers {

  private static final int MAX_NAME = 128;
  private static final int MAX_VALUE = 512;
  private static final int MAX_ENTRIES = 64;

  /** More digits than any sum of the contracts has; what is beyond is told by its size. */
  private static final int MAX_BITS = 1100;

  /** So many bits leave a whole part that a long holds. */
  private static final int FAST_BITS = 122;

  /** 1 as the contracts write it: 18 digits after the point. */
  private static final BigInteger ONE = BigInteger.TEN.pow(Decimals.SCALE);

  private static final Numbers NONE = new Numbers(null, null, 0);

  /** The numbers before the last one: each set of numbers shares those that it began with. */
  private final Numbers before;

  private final NumberOf last;
  private final int size;

  private Numbers(Numbers before, NumberOf last, int size) {
    this.before = before;
    this.last = last;
    this.size = size;
  }

  /** Returns no numbers. */
  public static Numbers none() {
    return NONE;
  }

  /** Returns these numbers and one more: plain digits, without zeros at the end. */
  public Numbers and(String name, BigDecimal value) {
    return and(name, plain(value));
  }

  /** Returns these numbers and one more: a finite value in plain digits, else NaN or Infinity. */
  public Numbers and(String name, double value) {
    return and(
        name, Double.isFinite(value) ? plain(BigDecimal.valueOf(value)) : Double.toString(value));
  }

  /** Returns these numbers and one more. */
  public Numbers and(String name, long value) {
    return and(name, Long.toString(value));
  }

  /** Returns these numbers and one more thing that is not a number. */
  public Numbers and(String name, String value) {
    return and(new NumberOf(Texts.cut(name, MAX_NAME), Texts.cut(value, MAX_VALUE)));
  }

  private Numbers and(NumberOf one) {
    return new Numbers(this, one, size + 1);
  }

  /** Returns these numbers and those. */
  public Numbers and(Numbers others) {
    Numbers all = this;
    for (NumberOf one : others.entries()) {
      all = all.and(one);
    }
    return all;
  }

  /** Returns these numbers and, for each code, one that is named "note". */
  public Numbers andNotes(List<ReasonCode> notes) {
    Numbers all = this;
    for (ReasonCode note : notes) {
      all = all.and("note", note.name());
    }
    return all;
  }

  /** Returns them as a decision record carries them: the first ones, where they are very many. */
  public List<NumberOf> list() {
    List<NumberOf> entries = entries();
    if (size <= MAX_ENTRIES) {
      return entries;
    }
    List<NumberOf> first = new ArrayList<>(entries.subList(0, MAX_ENTRIES));
    first.add(new NumberOf("more", Integer.toString(size - MAX_ENTRIES)));
    return List.copyOf(first);
  }

  private List<NumberOf> entries() {
    NumberOf[] entries = new NumberOf[size];
    for (Numbers each = this; each.size > 0; each = each.before) {
      entries[each.size - 1] = each.last;
    }
    return List.of(entries);
  }

  private static String plain(BigDecimal value) {
    int bits = value.unscaledValue().bitLength();
    if (bits > MAX_BITS) {
      return (value.signum() < 0 ? "below -10^" : "above 10^")
          + (long) (Math.floor((bits - 1) * Math.log10(2)) - value.scale());
    }
    return value.scale() == Decimals.SCALE && bits <= FAST_BITS
        ? money(value.unscaledValue())
        : withoutZeros(value.toPlainString(), value.scale());
  }

  /**
   * One division where {@link BigDecimal} takes one for each zero that goes: nearly all numbers are
   * money, and writing them was a third of what a granted entry allocated.
   */
  private static String money(BigInteger unscaled) {
    BigInteger[] parts = unscaled.abs().divideAndRemainder(ONE);
    StringBuilder text = new StringBuilder(40);
    if (unscaled.signum() < 0) {
      text.append('-');
    }
    text.append(parts[0].longValue());
    long fraction = parts[1].longValue();
    if (fraction > 0) {
      text.append('.');
      for (long unit = ONE.longValue() / 10; fraction > 0; unit /= 10) {
        text.append((char) ('0' + fraction / unit));
        fraction %= unit;
      }
    }
    return text.toString();
  }

  private static String withoutZeros(String digits, int scale) {
    if (scale <= 0 || digits.indexOf('.') < 0) {
      return digits;
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
