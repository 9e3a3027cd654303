package io.quantumtrader.app.policy;

import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The policy in words, at most 80 columns wide. */
final class PolicyText {

  private static final int NAMES = 22;

  private PolicyText() {}

  /** Returns what changed, a field in a line. */
  static List<String> differences(List<Difference> differences) {
    List<String> lines = new ArrayList<>();
    for (Difference each : differences) {
      lines.addAll(row("  ", each.field(), shown(each.before()) + " -> " + shown(each.after())));
    }
    return lines;
  }

  /** Returns a field and its value; what is too long for a line goes on in the next. */
  static List<String> row(String mark, String field, String value) {
    String begin = mark + field + " ".repeat(Math.max(0, NAMES - field.length())) + "  ";
    return wrap(value, begin, " ".repeat(begin.length()));
  }

  /** Returns a value, or a word for none. */
  static String shown(String value) {
    return value.isEmpty() ? "(none)" : value;
  }

  /** Returns when something was, to the second. */
  static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Returns how long ago something was, in the largest unit that it is one of. */
  static String age(long fromMs, long nowMs) {
    Duration age = Duration.ofMillis(nowMs - fromMs);
    if (age.isNegative()) {
      return "in the future";
    }
    if (age.toDays() > 1) {
      return age.toDays() + " days old";
    }
    if (age.toHours() > 1) {
      return age.toHours() + " h old";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + " min old" : age.toSeconds() + " s old";
  }

  /** Returns who set something and why, as the end of a line; empty where neither is said. */
  static String said(String who, String why) {
    String by = who.isEmpty() ? "" : ", by " + who;
    return why.isEmpty() ? by : by + ": " + why;
  }

  /** Breaks a text where it would be too wide. */
  static List<String> wrap(String text, String begin, String next) {
    return Wrap.lines(text, begin, next);
  }
}
