package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Decisions in words. */
public final class DecisionText {

  private static final int NAMES = 20;

  private DecisionText() {}

  /** Returns verdict, code and what the code means, one sentence. */
  static String verdict(Decision decision) {
    String meaning =
        ReasonCode.named(decision.getCode()).map(code -> ": " + code.meaning()).orElse("");
    return decision.getVerdict() + " " + decision.getCode() + meaning;
  }

  /** Returns the numbers that led to it, a line each. */
  static List<String> numbers(Decision decision) {
    List<String> lines = new ArrayList<>();
    for (NumberOf number : decision.getNumbers()) {
      lines.add(row(number.getName(), number.getValue()));
    }
    return lines;
  }

  /** Returns a name and its value as a line. */
  static String row(String name, String value) {
    return ("  %-" + NAMES + "s %s").formatted(name, value);
  }

  /** Returns the numbers in brackets, with a blank before; empty if there are none. */
  public static String inBrackets(Decision decision) {
    return decision.getNumbers().isEmpty()
        ? ""
        : decision.getNumbers().stream()
            .map(number -> number.getName() + "=" + number.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
