package io.quantumtrader.replay.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The rules by which the old bridge made plans out of intents, with its default settings: legacy
 * entry contract, sections 4.3 and 4.4. Left out is what no input here meets: lockdown, expiry of
 * its list, and messages that come twice.
 *
 * <p>Two gates of 4.4 are not there because they never closed. The exposure of step 9 was the sum
 * over a key that nobody writes, so it was always 0 (4.8 IB1). A cool-down began with a published
 * SELL (step 13), and by the same fault no SELL was published.
 */
final class OldBridge {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MAX_NOTIONAL = 3000;

  private final List<String> list;

  /** Creates a bridge that lets the symbols of its list pass. */
  OldBridge(List<String> list) {
    this.list = List.copyOf(list);
  }

  /** What it makes of an intent. */
  sealed interface Verdict {}

  /**
   * A plan to buy.
   *
   * @param quantity base units, above 0
   * @param leverage 1 or more
   */
  record Published(String symbol, double quantity, double leverage) implements Verdict {}

  /**
   * Nothing.
   *
   * @param symbol symbol of the intent; empty where it has none
   */
  record Refused(String symbol, OldRefusal why) implements Verdict {}

  private record Size(double quantity, OptionalDouble leverage, double price) {}

  /**
   * Rules on an intent.
   *
   * @param open whether a symbol is open by {@code quantum:state:positions}
   * @param ticker last price of a symbol
   */
  Verdict rule(SentIntent sent, Predicate<String> open, Function<String, OptionalDouble> ticker) {
    Map<String, String> fields = message(sent.fields());
    String symbol = fields.getOrDefault("symbol", "").toUpperCase(Locale.ROOT);
    String action =
        fields.getOrDefault("action", fields.getOrDefault("side", "")).toUpperCase(Locale.ROOT);
    if (symbol.isEmpty() || !(action.equals("BUY") || action.equals("SELL"))) {
      return new Refused(symbol, OldRefusal.MESSAGE_UNREADABLE);
    }
    if (!list.contains(symbol)) {
      return new Refused(symbol, OldRefusal.SYMBOL_NOT_IN_POLICY_UNIVERSE);
    }
    Optional<Size> size = size(fields, ticker.apply(symbol)).filter(each -> each.quantity() > 0);
    if (size.isEmpty()) {
      return new Refused(symbol, OldRefusal.SIZE_UNUSABLE);
    }
    if (action.equals("SELL")) {
      return new Refused(symbol, OldRefusal.SELL_WITHOUT_LEDGER);
    }
    if (open.test(symbol)) {
      return new Refused(symbol, OldRefusal.ALREADY_OPEN);
    }
    double leverage = size.get().leverage().orElse(number(fields, "leverage").orElse(1));
    return new Published(symbol, capped(size.get(), fields), Math.max(1, leverage));
  }

  /** A field payload is used alone; no other name is unwrapped. */
  private static Map<String, String> message(Map<String, String> fields) {
    if (!fields.containsKey("payload")) {
      return fields;
    }
    Map<String, String> inner = new LinkedHashMap<>();
    try {
      JsonNode node = JSON.readTree(fields.get("payload"));
      node.properties().forEach(each -> inner.put(each.getKey(), each.getValue().asText()));
    } catch (JsonProcessingException unreadable) {
      return Map.of();
    }
    return inner;
  }

  /** The first form that matches is taken, also where it comes to nothing. */
  private static Optional<Size> size(Map<String, String> fields, OptionalDouble ticker) {
    for (String name : List.of("quantity", "qty")) {
      if (fields.containsKey(name)) {
        return number(fields, name).stream()
            .mapToObj(quantity -> new Size(quantity, OptionalDouble.empty(), 0))
            .findFirst();
      }
    }
    if (fields.containsKey("position_usd") && fields.containsKey("leverage")) {
      double leverage = number(fields, "leverage").orElse(0);
      double margin = number(fields, "position_usd").orElse(0);
      return ticker.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Size(
                  margin * leverage / ticker.getAsDouble(),
                  OptionalDouble.of(leverage),
                  ticker.getAsDouble()));
    }
    if (fields.containsKey("size") && fields.containsKey("price")) {
      return notional(number(fields, "size"), number(fields, "price"));
    }
    return fields.containsKey("position_size_usd") && fields.containsKey("entry_price")
        ? notional(number(fields, "position_size_usd"), number(fields, "entry_price"))
        : Optional.empty();
  }

  private static Optional<Size> notional(OptionalDouble dollars, OptionalDouble price) {
    double at = price.orElse(0);
    return dollars.isEmpty() || !(at > 0)
        ? Optional.empty()
        : Optional.of(new Size(dollars.getAsDouble() / at, OptionalDouble.empty(), at));
  }

  /** Without any price there is no cap. */
  private static double capped(Size size, Map<String, String> fields) {
    double price = size.price();
    for (String name : List.of("price", "entry_price")) {
      price = price > 0 ? price : number(fields, name).orElse(0);
    }
    return price > 0 && size.quantity() * price > MAX_NOTIONAL
        ? MAX_NOTIONAL / price
        : size.quantity();
  }

  private static OptionalDouble number(Map<String, String> fields, String name) {
    try {
      return fields.containsKey(name)
          ? OptionalDouble.of(Double.parseDouble(fields.get(name)))
          : OptionalDouble.empty();
    } catch (NumberFormatException none) {
      return OptionalDouble.empty();
    }
  }
}
