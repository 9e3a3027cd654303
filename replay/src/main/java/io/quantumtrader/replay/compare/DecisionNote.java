package io.quantumtrader.replay.compare;

import io.quantumtrader.schemas.avro.Decision;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/**
 * What is kept of a decision for comparing it.
 *
 * @param stage stage that decided
 * @param verdict GRANTED, DENIED or RECORDED
 * @param code its reason code
 * @param quantity quantity that was asked for or granted, plain decimal; empty for none
 * @param numbers the numbers that led to it, as {@code name=value} with blanks between
 */
public record DecisionNote(
    String stage, String verdict, String code, String quantity, String numbers) {

  /** Returns the note of a decision. */
  static DecisionNote of(Decision decision) {
    BigDecimal quantity = decision.getQuantity();
    return new DecisionNote(
        decision.getStage(),
        decision.getVerdict().name(),
        decision.getCode(),
        quantity == null ? "" : quantity.stripTrailingZeros().toPlainString(),
        decision.getNumbers().stream()
            .map(number -> number.getName() + "=" + number.getValue())
            .collect(Collectors.joining(" ")));
  }

  /** Returns whether both come to the same: numbers alone may differ. */
  boolean comesToTheSameAs(DecisionNote other) {
    return stage.equals(other.stage)
        && verdict.equals(other.verdict)
        && code.equals(other.code)
        && quantity.equals(other.quantity);
  }

  /** Returns the first of stage, verdict and quantity that differs; empty where none does. */
  String differsIn(DecisionNote other) {
    if (!stage.equals(other.stage)) {
      return "stage";
    }
    if (!verdict.equals(other.verdict)) {
      return "verdict";
    }
    return quantity.equals(other.quantity) ? "" : "quantity";
  }

  /** Returns stage, verdict, code and quantity in one line. */
  String text() {
    return stage + " " + verdict + " " + code + (quantity.isEmpty() ? "" : " " + quantity);
  }
}
