package io.quantumtrader.binance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * A part of an answer, and where it stands in it: {@code url: field}. Every look that fails names
 * that place. Numbers come as strings and are never doubles on their way.
 */
final class Answer {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_SHOWN = 60;

  /** Beyond this no number fits the records; a longer text is not worth parsing. */
  private static final int LONGEST_NUMBER = 40;

  private static final int SCALE = 18;
  private static final int WHOLE_DIGITS = 20;

  private final String url;
  private final String place;
  private final JsonNode node;

  private Answer(String url, String place, JsonNode node) {
    this.url = url;
    this.place = place;
    this.node = node;
  }

  static Answer of(String url, String body) {
    try {
      JsonNode read = JSON.readTree(body);
      if (read == null || read.isMissingNode()) {
        throw MarketDataException.unavailable(url + " answered with nothing", null);
      }
      return new Answer(url, "", read);
    } catch (JsonProcessingException e) {
      // A page of a proxy, or an answer that was cut off: it says nothing about the request.
      throw MarketDataException.unavailable(
          url + " answered with something that is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Takes what was read before. */
  static Answer of(String url, JsonNode read) {
    return new Answer(url, "", read);
  }

  Answer field(String name) {
    return at(place.isEmpty() ? name : place + "." + name, node.path(name));
  }

  Answer item(int index) {
    return at(place + "[" + index + "]", node.path(index));
  }

  /** Returns how many items it has, which must be a list. */
  int items() {
    if (!node.isArray()) {
      throw broken("is not a list");
    }
    return node.size();
  }

  /** Returns whether there is anything at this place. */
  boolean isThere() {
    return !node.isMissingNode() && !node.isNull();
  }

  boolean isList() {
    return node.isArray();
  }

  /** Returns true or false. */
  boolean flag() {
    if (!node.isBoolean()) {
      throw broken("is not true or false");
    }
    return node.booleanValue();
  }

  String text() {
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw broken("is not a text");
    }
    return node.textValue();
  }

  /** Returns a text that may be missing or blank; then it is empty. */
  String textIfAny() {
    return node.isTextual() ? node.textValue() : "";
  }

  /** Returns a time, epoch milliseconds. */
  long timeMs() {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw broken("is not a time");
    }
    return node.longValue();
  }

  /** Returns a number above 0. */
  BigDecimal positive() {
    BigDecimal number = notNegative();
    if (number.signum() == 0) {
      throw broken("is not above 0");
    }
    return number;
  }

  /** Returns a number that is 0 or more, at most 18 decimals, without zeros at its end. */
  BigDecimal notNegative() {
    BigDecimal number = number();
    if (number.signum() < 0) {
      throw broken("is below 0");
    }
    return number;
  }

  private BigDecimal number() {
    if (!node.isTextual() || node.textValue().length() > LONGEST_NUMBER) {
      throw broken("is not a number in a string");
    }
    BigDecimal number;
    try {
      number = new BigDecimal(node.textValue()).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw broken("is not a number");
    }
    if (number.scale() > SCALE || number.precision() - number.scale() > WHOLE_DIGITS) {
      throw broken("is out of range");
    }
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  private Answer at(String found, JsonNode value) {
    return new Answer(url, found, value);
  }

  MarketDataException broken(String what) {
    String shown = node.isMissingNode() ? "nothing" : node.toString();
    String cut = shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "..." : shown;
    return MarketDataException.broken(
        String.format(
            Locale.ROOT,
            "%s: %s %s: %s",
            url,
            place.isEmpty() ? "the answer" : place,
            what,
            cut.replaceAll("\\s+", " ")),
        null);
  }
}
