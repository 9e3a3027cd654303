package io.quantumtrader.replay.report;

import io.quantumtrader.replay.compare.DecisionChange;
import io.quantumtrader.replay.compare.DecisionNote;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers and changes in words, the same in the table and on the page. */
final class Words {

  /** Stands where there is no number. */
  static final String NONE = "-";

  private Words() {}

  static String money(Number amount) {
    return String.format(Locale.ROOT, "%,.2f", zeroed(amount.doubleValue(), 0.005));
  }

  /** Returns all digits that say something, without an exponent. */
  static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", zeroed(100 * share, 0.05));
  }

  static String percent(OptionalDouble share) {
    return share.isPresent() ? percent(share.getAsDouble()) : NONE;
  }

  static String ratio(OptionalDouble value) {
    return value.isPresent() ? ratio(value.getAsDouble()) : NONE;
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", zeroed(value, 0.005));
  }

  static String precise(double value) {
    return String.format(Locale.ROOT, "%.4f", zeroed(value, 0.000_05));
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Spares readers a minus before nothing. */
  private static double zeroed(double value, double half) {
    return Math.abs(value) < half ? 0 : value;
  }

  static String time(long atMs) {
    return Instant.ofEpochMilli(atMs).toString();
  }

  /** Returns what a change is about. */
  static String about(DecisionChange change) {
    return time(change.atMs())
        + " "
        + (change.symbol().isEmpty() ? "" : change.symbol() + " ")
        + change.cause().type()
        + " "
        + change.cause().id();
  }

  /** Returns a decision in one line, with its numbers. */
  static String decision(Optional<DecisionNote> note) {
    return note.map(
            each ->
                each.stage()
                    + " "
                    + each.verdict()
                    + " "
                    + each.code()
                    + (each.quantity().isEmpty() ? "" : " quantity=" + each.quantity())
                    + (each.numbers().isEmpty() ? "" : " " + each.numbers()))
        .orElse("nothing");
  }
}
