package io.quantumtrader.schemas.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a message as sent. JSON null, an empty text and what Python and JavaScript write as
 * text where there is nothing, {@code None}, {@code null} and {@code undefined}, count as absent.
 * Numbers that were sent and cannot be taken are collected.
 */
final class SentFields {

  /** Decimals of the contracts. */
  static final int SCALE = 18;

  private static final int LARGEST_INTEGER_DIGITS = 20;

  /** As long as a number of JSON may be; parsing longer ones takes long. */
  private static final int LONGEST_NUMBER = 1_000;

  private static final int LONGEST_REPORT = 80;
  private static final Set<String> NOTHING = Set.of("", "None", "null", "undefined");
  private static final Set<String> TRUE = Set.of("true", "1", "yes");

  private final JsonNode fields;
  private final List<String> unreadable = new ArrayList<>();

  SentFields(JsonNode object) {
    this.fields = object;
  }

  static SentFields flat(Map<String, String> entry) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    entry.forEach(object::put);
    return new SentFields(object);
  }

  /** Returns the numbers that were sent and cannot be taken, as {@code name=text}. */
  List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Returns the names of all fields, the absent ones too. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    fields.fieldNames().forEachRemaining(names::add);
    return names;
  }

  JsonNode node(String name) {
    return fields.path(name);
  }

  boolean has(String name) {
    return text(name).isPresent();
  }

  /** Returns the first of these names that is present. */
  Optional<String> firstOf(String... names) {
    for (String name : names) {
      if (has(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Returns the trimmed text of a field; numbers and truth values as JSON writes them. */
  Optional<String> text(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = (value.isValueNode() ? value.asText() : value.toString()).strip();
    return NOTHING.contains(text) ? Optional.empty() : Optional.of(text);
  }

  /** Returns whether the field says true, 1 or yes, in any case. */
  boolean isTrue(String name) {
    return text(name).map(text -> TRUE.contains(text.toLowerCase(Locale.ROOT))).orElse(false);
  }

  /**
   * Returns a quantity at scale 18, further decimals cut off, so that it is never more than was
   * sent; null where it is absent, or was sent and cannot be taken: 20 digits before the point are
   * the most.
   */
  BigDecimal quantity(String name) {
    return decimal(name, RoundingMode.DOWN);
  }

  /** Returns a price or an amount of money at scale 18, rounded half to even, or null likewise. */
  BigDecimal money(String name) {
    return decimal(name, RoundingMode.HALF_EVEN);
  }

  private BigDecimal decimal(String name, RoundingMode rounding) {
    BigDecimal value = finite(name);
    if (value == null) {
      return null;
    }
    // Looked at before rounding: 1e999999999 must not be written out.
    long integerDigits = (long) value.precision() - value.scale();
    if (value.signum() != 0 && integerDigits > LARGEST_INTEGER_DIGITS) {
      report(name);
      return null;
    }
    if (value.signum() == 0 || integerDigits < -SCALE) {
      return BigDecimal.ZERO.setScale(SCALE);
    }
    BigDecimal rounded = value.setScale(SCALE, rounding);
    if ((long) rounded.precision() - SCALE > LARGEST_INTEGER_DIGITS) {
      report(name);
      return null;
    }
    return rounded;
  }

  /** Returns a finite double, or null where it is absent, or was sent and is none. */
  Double number(String name) {
    BigDecimal value = finite(name);
    if (value == null) {
      return null;
    }
    double number = Double.parseDouble(value.toString());
    if (Double.isInfinite(number)) {
      report(name);
      return null;
    }
    return number;
  }

  private BigDecimal finite(String name) {
    JsonNode value = fields.path(name);
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    if ((value.isNumber() || value.isTextual()) && text.get().length() <= LONGEST_NUMBER) {
      try {
        return new BigDecimal(text.get());
      } catch (NumberFormatException notFinite) {
        report(name);
        return null;
      }
    }
    report(name);
    return null;
  }

  private void report(String name) {
    report(name, text(name).orElse(""));
  }

  /** Keeps a number or time that was sent and cannot be taken, so that it does not vanish. */
  void report(String name, String text) {
    unreadable.add(name + "=" + shown(text));
  }

  /** Returns a sender's text, cut to what records carry. */
  static String shown(String text) {
    return text.length() <= LONGEST_REPORT ? text : text.substring(0, LONGEST_REPORT) + "...";
  }
}
