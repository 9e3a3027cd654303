package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads fields of the exchange's answers; what it does not understand it does not guess. */
final class Json {

  /** Beyond this no number fits the records; a longer text is not worth parsing. */
  private static final int LONGEST_NUMBER = 40;

  /** A field is missing, or is not what it should be. The message names it. */
  static final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(String field, String what) {
      super(field + " " + what);
    }
  }

  private Json() {}

  /** Returns a text that is not empty. */
  static String text(JsonNode of, String field) {
    String text = of.path(field).asText("");
    if (text.isEmpty()) {
      throw new Unreadable(field, "is missing");
    }
    return text;
  }

  /** Returns a whole number that is 0 or more. */
  static long number(JsonNode of, String field) {
    JsonNode node = of.path(field);
    long value = node.asLong(-1);
    if (value < 0) {
      throw new Unreadable(field, "is not a whole number");
    }
    return value;
  }

  /** Returns a decimal. */
  static BigDecimal decimal(JsonNode of, String field) {
    return optional(of, field).orElseThrow(() -> new Unreadable(field, "is not a number"));
  }

  /** Returns a decimal above 0. */
  static BigDecimal positive(JsonNode of, String field) {
    BigDecimal value = decimal(of, field);
    if (value.signum() <= 0) {
      throw new Unreadable(field, "is not above 0");
    }
    return value;
  }

  /** Returns a decimal, or empty where there is none. */
  static Optional<BigDecimal> optional(JsonNode of, String field) {
    JsonNode node = of.path(field);
    String text = node.isNumber() || node.isTextual() ? node.asText() : "";
    if (text.isBlank() || text.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return Optional.of(value.scale() < 0 ? value.setScale(0) : value);
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  /** Returns a side. */
  static OrderSide side(JsonNode of, String field) {
    return switch (of.path(field).asText("")) {
      case "BUY" -> OrderSide.BUY;
      case "SELL" -> OrderSide.SELL;
      default -> throw new Unreadable(field, "is not a side");
    };
  }
}
