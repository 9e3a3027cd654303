package io.quantumtrader.topology.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Reads and writes fields. Numbers that JSON has no literal for travel as the strings NaN, Infinity
 * and -Infinity. A field that is null counts as absent.
 */
final class Fields {

  private Fields() {}

  /** Returns whether the field is there and not null. */
  static boolean has(JsonNode object, String name) {
    return object.hasNonNull(name);
  }

  /** Returns the field, which has to be an object. */
  static JsonNode object(JsonNode parent, String name) {
    JsonNode child = parent.path(name);
    if (!child.isObject()) {
      throw new InputException(name + " is not an object");
    }
    return child;
  }

  /** Returns the field, which has to be a text. */
  static String text(JsonNode object, String name) {
    JsonNode field = object.path(name);
    if (!field.isTextual()) {
      throw new InputException(name + " is not a text");
    }
    return field.textValue();
  }

  /** Returns the field, which has to be a number. */
  static double number(JsonNode object, String name) {
    if (!has(object, name)) {
      throw new InputException(name + " is missing");
    }
    return asNumber(object.get(name), name);
  }

  /** Returns the field as a number, or the given value where it is absent. */
  static double number(JsonNode object, String name, double absent) {
    return has(object, name) ? asNumber(object.get(name), name) : absent;
  }

  /** Returns the field as a number, or nothing where it is absent. */
  static OptionalDouble optional(JsonNode object, String name) {
    return has(object, name)
        ? OptionalDouble.of(asNumber(object.get(name), name))
        : OptionalDouble.empty();
  }

  /** Returns the field as a whole number, or the given value where it is absent. */
  static int whole(JsonNode object, String name, int absent) {
    return has(object, name) ? asWhole(object.get(name), name) : absent;
  }

  /** Returns a node as a whole number. */
  static int asWhole(JsonNode node, String name) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new InputException(name + " is not a whole number");
    }
    return node.intValue();
  }

  /** Returns a node as a number. */
  static double asNumber(JsonNode node, String name) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.isTextual() ? node.textValue() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new InputException(name + " is not a number");
    };
  }

  /** Returns the numbers of an object in their order; none where the field is absent. */
  static SequencedMap<String, Double> numbers(JsonNode parent, String name) {
    SequencedMap<String, Double> numbers = new LinkedHashMap<>();
    if (!has(parent, name)) {
      return numbers;
    }
    for (Map.Entry<String, JsonNode> entry : object(parent, name).properties()) {
      numbers.put(entry.getKey(), asNumber(entry.getValue(), name + "." + entry.getKey()));
    }
    return numbers;
  }

  /** Returns the node of a number. */
  static JsonNode node(double number) {
    return Double.isFinite(number)
        ? DoubleNode.valueOf(number)
        : TextNode.valueOf(Double.toString(number));
  }
}
