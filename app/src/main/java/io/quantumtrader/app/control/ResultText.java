package io.quantumtrader.app.control;

import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.ApplyResult;

/** What an executor's result says, in a line for people. */
public final class ResultText {

  private ResultText() {}

  /** Returns outcome, quantity, price, code and message, as far as there are any. */
  public static String of(ApplyResult result) {
    StringBuilder text = new StringBuilder(result.getOutcome().name());
    if (result.getFilledQuantity().signum() > 0) {
      text.append(' ').append(RecordJson.plain(result.getFilledQuantity()));
    }
    if (result.getFill() != null) {
      text.append(" at ").append(RecordJson.plain(result.getFill().getPrice()));
    }
    if (!result.getCode().isEmpty()) {
      text.append(' ').append(result.getCode());
    }
    if (!result.getMessage().isEmpty()) {
      text.append(" (").append(result.getMessage()).append(')');
    }
    return text.toString();
  }
}
