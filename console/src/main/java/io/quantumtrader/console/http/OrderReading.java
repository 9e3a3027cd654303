package io.quantumtrader.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Symbols;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads an order out of a request, and says what is wrong with one that is none. */
final class OrderReading {

  /** An order is a few words; what is longer is none. */
  private static final int MOST_BYTES = 4_096;

  private static final int MOST_REASON = 200;
  private static final int MOST_DIGITS = 40;
  private static final Set<String> FIELDS = Set.of("kind", "account", "symbol", "value", "reason");

  private OrderReading() {}

  /**
   * Reads the JSON object that an order is.
   *
   * @throws BadRequestException where it is none
   */
  static JsonNode sent(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new BadRequestException(415, "an order is JSON: Content-Type: application/json");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new BadRequestException(413, "an order has at most " + MOST_BYTES + " bytes");
    }
    return tree(body);
  }

  private static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = Json.read(body);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (IOException e) {
      // Said below.
    }
    throw new BadRequestException("an order is a JSON object");
  }

  /**
   * Reads an order.
   *
   * @throws BadRequestException where it is none
   */
  static Order of(JsonNode tree) {
    requireFields(tree, FIELDS);
    Order.Kind kind = kind(text(tree, "kind"));
    String account = text(tree, "account");
    String symbol = text(tree, "symbol").toUpperCase(Locale.ROOT);
    if (!account.equals(Accounts.ALL) && !Accounts.isName(account)) {
      throw new BadRequestException("account is an account's name, or * for all");
    }
    if (kind.needsSymbol() && !Symbols.isSymbol(symbol)) {
      throw new BadRequestException(kind + " needs a symbol, like BTCUSDT");
    }
    if (!kind.needsSymbol() && !symbol.isEmpty()) {
      throw new BadRequestException(kind + " is not about one symbol; leave it out");
    }
    String reason = reason(tree);
    return new Order(kind, account, symbol, value(kind, text(tree, "value")), reason);
  }

  /** Refuses what has a field that is not known. */
  static void requireFields(JsonNode tree, Set<String> known) {
    requireFields(tree, known, "an order");
  }

  /**
   * Refuses what has a field that is not known.
   *
   * @param what how it is called in the refusal
   */
  static void requireFields(JsonNode tree, Set<String> known, String what) {
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new BadRequestException(what + " has no field '" + name + "'");
      }
    }
  }

  /** Returns why, which has to be said. */
  static String reason(JsonNode tree) {
    String reason = text(tree, "reason");
    if (reason.isEmpty() || reason.length() > MOST_REASON) {
      throw new BadRequestException(
          "give a reason of up to " + MOST_REASON + " characters; it is recorded");
    }
    return reason;
  }

  private static String value(Order.Kind kind, String given) {
    switch (kind.value()) {
      case NONE -> {
        if (given.isEmpty()) {
          return given;
        }
        throw new BadRequestException(kind + " has no value; leave it out");
      }
      case SHARE -> {
        if (number(given).filter(share -> share.compareTo(BigDecimal.ONE) <= 0).isPresent()) {
          return given;
        }
        throw new BadRequestException(kind + " needs a value from 0 to 1, like 0.6");
      }
      case PRICE -> {
        if (number(given).filter(price -> price.signum() > 0).isPresent()) {
          return given;
        }
        throw new BadRequestException(kind + " needs a price above 0, like 88500.5");
      }
    }
    throw new IllegalStateException("no value is known: " + kind.value());
  }

  private static Optional<BigDecimal> number(String text) {
    if (text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text))
          .filter(number -> number.signum() >= 0 && RecordBounds.fits(number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Order.Kind kind(String text) {
    for (Order.Kind kind : Order.Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    throw new BadRequestException(
        "kind is one of "
            + String.join(", ", Arrays.stream(Order.Kind.values()).map(Enum::name).toList()));
  }

  /** Returns a field as text without spaces around it; empty where it is not there. */
  static String text(JsonNode tree, String name) {
    JsonNode value = tree.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new BadRequestException(name + " is a text");
    }
    return value.textValue().strip();
  }
}
