package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The numbers that led to a decision, in reading order: the value, then what it was held to. */
public final class Numbers {

  private final List<NumberOf> entries;

  private Numbers(List<NumberOf> entries) {
    this.entries = entries;
  }

  /** Returns no numbers. */
  public static Numbers none() {
    return new Numbers(List.of());
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
    List<NumberOf> more = new ArrayList<>(entries);
    more.add(new NumberOf(name, value));
    return new Numbers(List.copyOf(more));
  }

  /** Returns these numbers and those. */
  public Numbers and(Numbers others) {
    List<NumberOf> more = new ArrayList<>(entries);
    more.addAll(others.entries);
    return new Numbers(List.copyOf(more));
  }

  /** Returns these numbers and, for each code, one that is named "note". */
  public Numbers andNotes(List<ReasonCode> notes) {
    Numbers all = this;
    for (ReasonCode note : notes) {
      all = all.and("note", note.name());
    }
    return all;
  }

  /** Returns them as a decision record carries them. */
  public List<NumberOf> list() {
    return entries;
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
