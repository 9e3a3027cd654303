package io.quantumtrader.market;

import io.quantumtrader.schemas.topic.Symbols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a file says about its candles: {@code BTCUSDT-1m-2025-11-19.zip} as exchanges
 * publish them, {@code BTC_USDT_USDT-1m-futures.json} as freqtrade names them, {@code BTCUSDT.csv}
 * as people do. A symbol is believed only where it ends in a currency that contracts are quoted in:
 * {@code candles-1m.csv} names none.
 *
 * @param symbol the symbol, where the name has one
 * @param intervalMs the interval, milliseconds above 0, where the name has one of fixed length
 * @param series what is in the file besides traded prices ({@code mark}, {@code funding_rate}),
 *     empty for candles
 */
record ArchiveName(Optional<String> symbol, OptionalLong intervalMs, String series) {

  private static final Pattern ENDINGS =
      Pattern.compile("(\\.(csv|tsv|txt|json|jsonl|ndjson|zip|gz))+$", Pattern.CASE_INSENSITIVE);

  private static final Pattern FRAMED =
      Pattern.compile(
          "(?<pair>.+?)[-_. ](?<count>\\d{1,3})(?<unit>s|m|h|d|w|H|D|W|M|mo|min)"
              + "(?:[-_. ](?<rest>.*))?");

  private static final Pattern OTHER_SERIES =
      Pattern.compile("(?i)(mark|index|premiumindex|funding_rate|fundingrate)\\b.*");

  private static final List<String> QUOTES =
      List.of(
          "USDT", "USDC", "FDUSD", "BUSD", "TUSD", "USDE", "USD1", "USD", "DAI", "BTC", "ETH",
          "BNB", "EUR", "GBP", "TRY", "BRL", "JPY", "AUD");

  private static final Pattern DELIVERY = Pattern.compile("(.+)[-_](\\d{6})");

  /** Reads the last part of a path. */
  static ArchiveName of(String fileName) {
    String base = ENDINGS.matcher(fileName).replaceFirst("");
    Matcher framed = FRAMED.matcher(base);
    if (!framed.matches()) {
      return new ArchiveName(symbolOf(base), OptionalLong.empty(), "");
    }
    String rest = framed.group("rest") == null ? "" : framed.group("rest");
    return new ArchiveName(
        symbolOf(framed.group("pair")),
        lengthMs(Long.parseLong(framed.group("count")), framed.group("unit")),
        OTHER_SERIES.matcher(rest).matches() ? rest : "");
  }

  /**
   * Returns the symbol that a pair is listed as: {@code BTC/USDT:USDT}, {@code BTC_USDT_USDT},
   * {@code BTC-USDT-SWAP} and {@code btcusdt} are all {@code BTCUSDT}.
   */
  static Optional<String> symbolOf(String pair) {
    String text = pair.strip().toUpperCase(Locale.ROOT);
    Matcher delivery = DELIVERY.matcher(text);
    if (delivery.matches()) {
      return symbolOf(delivery.group(1)).map(symbol -> symbol + "_" + delivery.group(2));
    }
    List<String> parts = List.of(text.split("[-_/:]", -1));
    int count = parts.size();
    boolean perpetual =
        (count > 1 && List.of("PERP", "SWAP").contains(parts.getLast()))
            || (count > 2 && parts.getLast().equals(parts.get(count - 2)));
    List<String> named = perpetual ? parts.subList(0, count - 1) : parts;
    boolean pairOfTwo = named.size() == 2 && QUOTES.contains(named.get(1));
    if (named.size() > 1 && !pairOfTwo) {
      return Optional.empty();
    }
    return Optional.of(String.join("", named)).filter(ArchiveName::isQuoted);
  }

  private static boolean isQuoted(String symbol) {
    return Symbols.isSymbol(symbol)
        && QUOTES.stream()
            .anyMatch(quote -> symbol.endsWith(quote) && symbol.length() > quote.length());
  }

  private static OptionalLong lengthMs(long count, String unit) {
    long unitMs =
        switch (unit) {
          case "s" -> 1_000L;
          case "m", "min" -> 60_000L;
          case "h", "H" -> 3_600_000L;
          case "d", "D" -> 86_400_000L;
          case "w", "W" -> 604_800_000L;
          default -> 0; // a month has no fixed length
        };
    return count * unitMs == 0 ? OptionalLong.empty() : OptionalLong.of(count * unitMs);
  }
}
