package io.quantumtrader.app.parts;

import io.quantumtrader.app.parts.ExchangeAccess.Kind;
import io.quantumtrader.binance.BinanceEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Commands that are told to a person, for the exchange that a command was given. */
final class ExchangeCommands {

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./\\[\\]-]+");

  private ExchangeCommands() {}

  /** Returns the command that closes what an account has, without the pipeline. */
  static String flattenDirect(ExchangeAccess exchange, String account) {
    List<String> words = new ArrayList<>(List.of("./quantum", "flatten", "--direct"));
    words.addAll(place(exchange));
    words.addAll(List.of("--account", account));
    return line(words);
  }

  /** Returns the command that looks whether accounts may be traded with; it changes nothing. */
  static String preflight(ExchangeAccess exchange, List<String> accounts) {
    String all = String.join(",", accounts);
    List<String> words = new ArrayList<>(List.of("./quantum", "service", "preflight"));
    words.addAll(place(exchange));
    words.addAll(List.of("--accounts", all));
    if (exchange.kind() == Kind.BINANCE) {
      words.addAll(List.of("--i-mean-real-money", all));
    }
    // Without a market the command is against everything.
    BinanceEnvironment at = exchange.environment();
    words.addAll(List.of("--market", "binance", "--market-url", at.rest().toString()));
    words.addAll(List.of("--market-streams", at.marketStreams().toString()));
    return line(words);
  }

  private static List<String> place(ExchangeAccess exchange) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--exchange", exchange.kind().name().toLowerCase(Locale.ROOT)));
    words.addAll(exchange.place());
    return words;
  }

  private static String line(List<String> words) {
    return String.join(" ", words.stream().map(ExchangeCommands::quoted).toList());
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
