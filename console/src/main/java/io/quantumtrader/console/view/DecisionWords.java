package io.quantumtrader.console.view;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;

/** A decision in one sentence, for people. */
public final class DecisionWords {

  private static final int DIGITS = 4;
  private static final int MOST_NUMBERS = 4;

  private DecisionWords() {}

  /** Returns who was told what about which order, why, and the first numbers that led to it. */
  public static String of(Decision decision) {
    String meaning =
        ReasonCode.named(decision.getCode())
            .map(ReasonCode::meaning)
            .map(DecisionWords::withoutStop)
            .orElse(decision.getCode());
    String numbers =
        decision.getNumbers().stream()
            .limit(MOST_NUMBERS)
            .map(DecisionWords::number)
            .collect(Collectors.joining(", "));
    return "%s%s: %s%s"
        .formatted(
            order(decision),
            verdict(decision),
            meaning,
            numbers.isEmpty() ? "" : " (" + numbers + ")");
  }

  private static String order(Decision decision) {
    StringBuilder order = new StringBuilder();
    if (decision.getSymbol() != null) {
      order.append(decision.getSymbol()).append(' ');
    }
    if (decision.getSide() != null) {
      order.append(decision.getSide()).append(' ');
    }
    return order.toString();
  }

  private static String verdict(Decision decision) {
    return decision.getVerdict().name().toLowerCase(Locale.ROOT) + " by " + decision.getStage();
  }

  private static String withoutStop(String meaning) {
    return meaning.endsWith(".") ? meaning.substring(0, meaning.length() - 1) : meaning;
  }

  private static String number(NumberOf number) {
    return number.getName() + " " + shortened(number.getValue());
  }

  /** Returns a number with four digits behind the point at most; what is no number stays. */
  public static String shortened(String value) {
    try {
      BigDecimal number = new BigDecimal(value);
      return number.scale() <= DIGITS
          ? value
          : number.setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException text) {
      return value;
    }
  }
}
