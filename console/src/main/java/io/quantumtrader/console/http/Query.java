package io.quantumtrader.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.console.view.Scope;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Symbols;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The query of a request: parameters that are known, each once. */
final class Query {

  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Reads a query.
   *
   * @param known names of the parameters that it may have
   * @throws BadRequestException where it has another one, or one twice
   */
  Query(URI uri, Set<String> known) {
    String raw = uri.getRawQuery();
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String part : raw.split("&", -1)) {
      int sign = part.indexOf('=');
      String name = decoded(sign < 0 ? part : part.substring(0, sign));
      if (!known.contains(name)) {
        throw new BadRequestException(
            "there is no parameter '" + name + "' here; known are " + String.join(", ", known));
      }
      String value = sign < 0 ? "" : decoded(part.substring(sign + 1));
      if (values.put(name, value) != null) {
        throw new BadRequestException("the parameter " + name + " is given twice");
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("'" + text + "' is not encoded as a URL's query is");
    }
  }

  /** Returns a parameter; empty where it is not given. */
  String text(String name) {
    return values.getOrDefault(name, "").strip();
  }

  /** Returns account and symbol: all, where they are not given. */
  Scope scope() {
    String account = text(Parameter.ACCOUNT.label());
    String symbol = text(Parameter.SYMBOL.label()).toUpperCase(Locale.ROOT);
    if (!account.isEmpty() && !account.equals(Accounts.ALL) && !Accounts.isName(account)) {
      throw new BadRequestException("'" + account + "' is no account name; use " + Accounts.RULE);
    }
    if (!symbol.isEmpty() && !Symbols.isSymbol(symbol)) {
      throw new BadRequestException("'" + symbol + "' is no symbol; give one like BTCUSDT");
    }
    return new Scope(account.isEmpty() ? Accounts.ALL : account, symbol);
  }

  /**
   * Returns how many rows are asked for.
   *
   * @param usual where it is not said
   * @param most the most that are given
   */
  int limit(int usual, int most) {
    String text = text(Parameter.LIMIT.label());
    if (text.isEmpty()) {
      return usual;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new BadRequestException("limit is a whole number from 1 to " + most);
  }

  /** Returns one of an enum's values, in any case; the usual one where it is not given. */
  <E extends Enum<E>> E choice(Parameter parameter, Class<E> type, E usual) {
    String text = text(parameter.label());
    if (text.isEmpty()) {
      return usual;
    }
    for (E each : type.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(text)) {
        return each;
      }
    }
    throw new BadRequestException(
        "'%s' is no %s; it is one of %s"
            .formatted(
                text,
                parameter.label(),
                java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }
}
