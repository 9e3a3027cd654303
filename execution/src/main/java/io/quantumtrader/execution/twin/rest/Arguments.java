package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.TwinError;
import java.math.BigDecimal;

/** Reads the arguments of a command: -1102 with the name of what is missing. */
final class Arguments {
  private Arguments() {}

  static String text(JsonNode arguments, String name) {
    if (!arguments.hasNonNull(name)) {
      throw TwinError.MANDATORY.refused(name);
    }
    return arguments.path(name).asText();
  }

  static BigDecimal decimal(JsonNode arguments, String name) {
    try {
      return new BigDecimal(text(arguments, name));
    } catch (NumberFormatException malformed) {
      throw TwinError.MANDATORY.refused(name);
    }
  }

  static BigDecimal decimal(JsonNode arguments, String name, BigDecimal otherwise) {
    return arguments.hasNonNull(name) ? decimal(arguments, name) : otherwise;
  }

  static boolean flag(JsonNode arguments, String name, boolean otherwise) {
    return arguments.path(name).asBoolean(otherwise);
  }

  static int count(JsonNode arguments, String name, int otherwise) {
    return arguments.path(name).asInt(otherwise);
  }

  static long number(JsonNode arguments, String name) {
    return decimal(arguments, name).longValue();
  }
}
