package io.quantumtrader.replay.sweep;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of one threshold that are tried.
 *
 * @param key the threshold
 * @param values its values, ascending
 */
public record SweepRange(String key, List<BigDecimal> values) {

  /** More values of one threshold than this are a slip of the pen. */
  static final int MOST = 10_000;

  private static final String NUMBER = "(-?[0-9]+(?:\\.[0-9]+)?)";
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z_]+)=" + NUMBER + "\\.\\." + NUMBER + "/" + NUMBER);

  public SweepRange {
    values = List.copyOf(values);
  }

  /**
   * Reads {@code key=a..b/step}: from a in steps to b, both included where a step ends there.
   *
   * @throws IllegalArgumentException for anything else; the message says why
   */
  public static SweepRange parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not of the form KEY=FROM..TO/STEP");
    }
    BigDecimal from = new BigDecimal(matcher.group(2));
    BigDecimal to = new BigDecimal(matcher.group(3));
    BigDecimal step = new BigDecimal(matcher.group(4));
    if (step.signum() <= 0 || from.compareTo(to) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' does not go up: FROM at most TO, and STEP above 0");
    }
    if (to.subtract(from).compareTo(step.multiply(BigDecimal.valueOf(MOST))) >= 0) {
      throw new IllegalArgumentException("'" + text + "' has more than " + MOST + " values");
    }
    List<BigDecimal> values = new ArrayList<>();
    for (BigDecimal each = from; each.compareTo(to) <= 0; each = each.add(step)) {
      values.add(each);
    }
    return new SweepRange(matcher.group(1), values);
  }
}
