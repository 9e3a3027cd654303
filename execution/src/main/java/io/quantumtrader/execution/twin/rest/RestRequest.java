package io.quantumtrader.execution.twin.rest;

import io.quantumtrader.execution.twin.core.PositionSide;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.QueryText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A request, with its parameters as the exchange reads them: -1102 where one is malformed. */
final class RestRequest {
  private static final int LONGEST_NUMBER = 40;

  private final String method;
  private final String path;
  private final String signed;
  private final Map<String, String> parameters;
  private final String apiKey;
  private final String address;
  private final boolean trusted;

  /**
   * Creates it.
   *
   * @param query as sent, encoded
   * @param body as sent; parameters too
   * @param apiKey empty for none
   * @param address whom limits count for
   */
  RestRequest(
      String method, String path, String query, String body, String apiKey, String address) {
    this.method = method;
    this.path = path;
    this.apiKey = apiKey;
    this.address = address;
    signed = QueryText.unsigned(query) + QueryText.unsigned(body);
    trusted = false;
    parameters = new LinkedHashMap<>(QueryText.parse(query));
    parameters.putAll(QueryText.parse(body));
  }

  /**
   * Creates one that came over a WebSocket, signed over its parameters in their order.
   *
   * @param parameters ascending by name, the key and the signature among them
   * @param session whose key was logged on before; empty: it signs for itself, and so does one that
   *     names another key
   */
  RestRequest(
      String method,
      String path,
      SortedMap<String, String> parameters,
      Optional<String> session,
      String address) {
    this.method = method;
    this.path = path;
    this.address = address;
    apiKey = parameters.getOrDefault("apiKey", session.orElse(""));
    trusted = session.filter(apiKey::equals).isPresent() && !parameters.containsKey("signature");
    signed =
        parameters.entrySet().stream()
            .filter(each -> !each.getKey().equals("signature"))
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    this.parameters = new LinkedHashMap<>(parameters);
  }

  /** Returns whether it needs no signature, since its connection was logged on. */
  boolean isTrusted() {
    return trusted;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** Returns what its signature is over. */
  String signed() {
    return signed;
  }

  String apiKey() {
    return apiKey;
  }

  String address() {
    return address;
  }

  boolean has(String name) {
    return !parameters.getOrDefault(name, "").isEmpty();
  }

  String text(String name, String otherwise) {
    return has(name) ? parameters.get(name) : otherwise;
  }

  String text(String name) {
    if (!has(name)) {
      throw TwinError.MANDATORY.refused(name.toLowerCase(Locale.ROOT));
    }
    return parameters.get(name);
  }

  BigDecimal decimal(String name) {
    String text = text(name);
    try {
      if (text.length() <= LONGEST_NUMBER) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException malformed) {
      // Answered below, like one that is too long.
    }
    throw TwinError.MANDATORY.refused(name.toLowerCase(Locale.ROOT));
  }

  BigDecimal decimal(String name, BigDecimal otherwise) {
    return has(name) ? decimal(name) : otherwise;
  }

  long number(String name) {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException malformed) {
      throw TwinError.MANDATORY.refused(name.toLowerCase(Locale.ROOT));
    }
  }

  long number(String name, long otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  Optional<Long> numberIfThere(String name) {
    return has(name) ? Optional.of(number(name)) : Optional.empty();
  }

  boolean flag(String name) {
    String text = text(name, "false").toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw TwinError.MANDATORY.refused(name.toLowerCase(Locale.ROOT));
    };
  }

  Side side() {
    return switch (text("side").toUpperCase(Locale.ROOT)) {
      case "BUY" -> Side.BUY;
      case "SELL" -> Side.SELL;
      default -> throw TwinError.SIDE.refused();
    };
  }

  PositionSide positionSide() {
    return switch (text("positionSide", "BOTH").toUpperCase(Locale.ROOT)) {
      case "BOTH" -> PositionSide.BOTH;
      case "LONG" -> PositionSide.LONG;
      case "SHORT" -> PositionSide.SHORT;
      default -> throw TwinError.POSITION_SIDE.refused();
    };
  }

  /** Returns whether a symbol is asked for: the one that is named, or any where none is. */
  boolean isOf(String symbol) {
    return !has("symbol") || text("symbol").equals(symbol);
  }

  /** Returns how many things are asked for, at most {@code most}. */
  int limit(int usual, int most) {
    return (int) Math.max(1, Math.min(most, number("limit", usual)));
  }
}
