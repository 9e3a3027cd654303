package io.quantumtrader.connectors.redis.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.DataException;

/**
 * The formats a mapping may name. Times are epoch milliseconds UTC on the way in.
 *
 * <p>{@code natural}: text as it is, numbers plain, doubles as {@code pyfloat}, truth as {@code
 * true}; the default. {@code text}: the same, in JSON always in quotes. {@code literal}: text that
 * spells a JSON number stands bare in JSON. {@code decimal}: plain notation without trailing zeros.
 * {@code fixed:n}: n decimals, half to even. {@code pyfloat}: shortest round trip as Python prints
 * it. {@code int}: whole numbers only. {@code epoch-s}, {@code epoch-ms}, {@code epoch-float}:
 * seconds truncated, milliseconds, seconds with fraction. {@code iso}, {@code iso-z}: UTC without
 * and with a trailing Z. {@code bool}, {@code bool-python}, {@code bool-01}: true, True, 1. {@code
 * json}, {@code json-compact}: the whole value as JSON.
 */
public final class Formats {

  /** What applies where a mapping names no format. */
  public static final String DEFAULT = "natural";

  private static final Pattern FIXED = Pattern.compile("fixed:(\\d{1,2})");
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter TO_THE_MICROSECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  private static final Map<String, Format> NAMED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(DEFAULT, Formats::natural),
              Map.entry("text", value -> Rendered.quoted(natural(value).text())),
              Map.entry("literal", Formats::literal),
              Map.entry("decimal", v -> Rendered.bare(Numbers.plain(Numbers.decimal(v)))),
              Map.entry("pyfloat", Formats::pyFloat),
              Map.entry("int", value -> Rendered.bare(Long.toString(Numbers.whole(value)))),
              Map.entry("epoch-s", v -> bareLong(Math.floorDiv(Numbers.whole(v), 1000L))),
              Map.entry("epoch-ms", value -> bareLong(Numbers.whole(value))),
              Map.entry("epoch-float", v -> Rendered.bare(PyFloat.repr(Numbers.whole(v) / 1e3))),
              Map.entry("iso", value -> Rendered.quoted(iso(Numbers.whole(value)))),
              Map.entry("iso-z", value -> Rendered.quoted(iso(Numbers.whole(value)) + "Z")),
              Map.entry("bool", value -> Rendered.bare(truth(value) ? "true" : "false")),
              Map.entry("bool-python", value -> Rendered.quoted(truth(value) ? "True" : "False")),
              Map.entry("bool-01", value -> Rendered.bare(truth(value) ? "1" : "0")),
              Map.entry("json", value -> json(value, JsonStyle.PYTHON)),
              Map.entry("json-compact", value -> json(value, JsonStyle.COMPACT))));

  private Formats() {}

  /** Returns the format of this name, or empty where there is none. */
  public static Optional<Format> named(String name) {
    Matcher fixed = FIXED.matcher(name);
    if (fixed.matches()) {
      int decimals = Integer.parseInt(fixed.group(1));
      return Optional.of(value -> fixed(value, decimals));
    }
    return Optional.ofNullable(NAMED.get(name));
  }

  /** Returns the known names, for messages. */
  public static String names() {
    return String.join(", ", NAMED.keySet()) + ", fixed:n";
  }

  /**
   * Returns a scalar as text, as format {@code natural} spells it.
   *
   * @throws DataException if the value is null, bytes, or made of parts
   */
  public static String text(Object value) {
    return natural(value).text();
  }

  private static Rendered natural(Object value) {
    return switch (value) {
      case String text -> Rendered.quoted(text);
      case Boolean truth -> Rendered.bare(truth.toString());
      case Double number -> pyFloat(number);
      case Float number -> pyFloat(number.doubleValue());
      case BigDecimal decimal -> Rendered.bare(Numbers.plain(decimal));
      case BigInteger number -> Rendered.bare(number.toString());
      case Number whole -> bareLong(whole.longValue());
      case null -> throw new DataException("expected a value, got null");
      default -> throw new DataException("no text form for a " + value.getClass().getSimpleName());
    };
  }

  private static Rendered literal(Object value) {
    Rendered natural = natural(value);
    boolean number = JSON_NUMBER.matcher(natural.text()).matches();
    return new Rendered(natural.text(), natural.bare() || number);
  }

  private static Rendered pyFloat(Object value) {
    // Doubles pass as they are, so that nan, infinities and the sign of zero survive.
    return Rendered.bare(
        switch (value) {
          case Double number -> PyFloat.repr(number);
          case Float number -> PyFloat.repr(number.doubleValue());
          default -> PyFloat.repr(Numbers.decimal(value));
        });
  }

  private static Rendered fixed(Object value, int decimals) {
    return Rendered.bare(
        switch (value) {
          case Double number -> PyFixed.format(number, decimals);
          case Float number -> PyFixed.format(number.doubleValue(), decimals);
          default -> PyFixed.format(Numbers.decimal(value), decimals);
        });
  }

  private static String iso(long epochMs) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMs), ZoneOffset.UTC);
    return (Math.floorMod(epochMs, 1000L) == 0 ? TO_THE_SECOND : TO_THE_MICROSECOND).format(time);
  }

  private static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new DataException("expected true or false, got a " + value.getClass().getSimpleName());
  }

  private static Rendered json(Object value, JsonStyle style) {
    StringBuilder text = new StringBuilder(64);
    JsonText.append(text, value, style);
    return Rendered.bare(text.toString());
  }

  private static Rendered bareLong(long value) {
    return Rendered.bare(Long.toString(value));
  }
}
