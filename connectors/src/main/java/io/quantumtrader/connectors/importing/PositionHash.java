package io.quantumtrader.connectors.importing;

import io.quantumtrader.connectors.importing.FoundPosition.Open;
import io.quantumtrader.connectors.importing.FoundPosition.Skipped;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the hash of a position as any of its old writers left it: signed {@code position_amt}, or
 * {@code quantity} with {@code side}; they are told apart by nothing else. What does not agree with
 * itself is not guessed at.
 */
final class PositionHash {

  private static final int SCALE = 18;

  /** Decimal digits that a double keeps for certain. */
  private static final int DOUBLE_DIGITS = 15;

  private static final BigDecimal MILLISECONDS_FROM = new BigDecimal("1e11");

  private final String key;
  private final Map<String, String> fields;

  private PositionHash(String key, Map<String, String> fields) {
    this.key = key;
    this.fields = fields;
  }

  /** A field that cannot be taken. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Unusable(String reason, String text) {
      super(text);
      this.reason = reason;
    }
  }

  /**
   * Reads a position.
   *
   * @param key its key; the symbol follows the last colon
   * @param fields of {@code state:positions}
   * @param ledger fields of {@code position:ledger}, for its amount and for an entry price that is
   *     missing; may be empty
   * @param trusted which of the two holds where their amounts differ
   * @param oldestMs what was written before is not taken, epoch milliseconds; 0 takes any
   */
  static FoundPosition read(
      String key,
      Map<String, String> fields,
      Map<String, String> ledger,
      Trusted trusted,
      long oldestMs) {
    try {
      return new PositionHash(key, fields).read(new PositionHash(key, ledger), trusted, oldestMs);
    } catch (Unusable why) {
      return new Skipped(key, why.reason, why.getMessage());
    }
  }

  private FoundPosition read(PositionHash ledger, Trusted trusted, long oldestMs) throws Unusable {
    String symbol = symbol();
    BigDecimal amount = amount(ledger, trusted);
    if (amount.signum() == 0) {
      throw new Unusable("FLAT", "nothing is open");
    }
    long asOfMs = asOfMs();
    if (oldestMs > 0 && asOfMs == 0) {
      throw new Unusable("TIME_MISSING", "it does not say when it was written");
    }
    if (asOfMs < oldestMs) {
      throw new Unusable("STALE", "it was written at " + java.time.Instant.ofEpochMilli(asOfMs));
    }
    ExchangePosition position =
        ExchangePosition.newBuilder()
            .setSymbol(symbol)
            .setSide(amount.signum() > 0 ? PositionSide.LONG : PositionSide.SHORT)
            .setQuantity(amount.abs().setScale(SCALE, RoundingMode.DOWN))
            .setEntryPrice(entryPrice(ledger).setScale(SCALE, RoundingMode.HALF_EVEN))
            .setLeverage(leverage())
            .build();
    if (position.getQuantity().signum() == 0) {
      throw new Unusable("FLAT", "less than the smallest quantity is open");
    }
    return new Open(key, position, asOfMs);
  }

  private String symbol() throws Unusable {
    String symbol = key.substring(key.lastIndexOf(':') + 1);
    if (!Symbols.isSymbol(symbol)) {
      throw new Unusable("SYMBOL_INVALID", "'" + symbol + "' is not a symbol");
    }
    String said = text("symbol").orElse(symbol).toUpperCase(Locale.ROOT);
    if (!said.equals(symbol)) {
      throw new Unusable("SYMBOL_DIFFERS", "its field symbol says " + said);
    }
    return symbol;
  }

  /** The two old services that kept a position often disagreed; nobody but the trader knows why. */
  private BigDecimal amount(PositionHash ledger, Trusted trusted) throws Unusable {
    BigDecimal own = withoutNoise(amount());
    Optional<BigDecimal> booked = ledger.bookedAmount().map(PositionHash::withoutNoise);
    if (booked.isEmpty() || booked.get().compareTo(own) == 0) {
      return own;
    }
    return switch (trusted) {
      case POSITION -> own;
      case LEDGER -> booked.get();
      case NEITHER ->
          throw new Unusable(
              "LEDGER_DIFFERS",
              "it says %s, its ledger %s; say which holds with --trust"
                  .formatted(own.toPlainString(), booked.get().toPlainString()));
    };
  }

  private Optional<BigDecimal> bookedAmount() throws Unusable {
    for (String name : new String[] {"ledger_amt", "position_amt"}) {
      Optional<BigDecimal> signed = number(name);
      if (signed.isPresent()) {
        return signed;
      }
    }
    return Optional.empty();
  }

  /** Sums of doubles drift in the last digits: 0.030000000000000002 was never ordered. */
  private static BigDecimal withoutNoise(BigDecimal amount) {
    BigDecimal rounded = amount.round(new MathContext(DOUBLE_DIGITS, RoundingMode.HALF_EVEN));
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  private BigDecimal amount() throws Unusable {
    Optional<BigDecimal> signed = number("position_amt");
    Optional<BigDecimal> quantity = number("quantity");
    String side = text("side").orElse("").toUpperCase(Locale.ROOT);
    if (signed.isEmpty() && quantity.isEmpty()) {
      throw new Unusable("AMOUNT_MISSING", "it has neither position_amt nor quantity");
    }
    boolean isShort = side.equals("SHORT") || side.equals("SELL");
    boolean isLong = side.equals("LONG") || side.equals("BUY");
    if (signed.isEmpty()) {
      BigDecimal amount = quantity.get();
      if (amount.signum() != 0 && !isShort && !isLong && !side.equals("FLAT")) {
        throw new Unusable("SIDE_MISSING", "quantity has no side beside it: '" + side + "'");
      }
      return side.equals("FLAT") ? BigDecimal.ZERO : isShort ? amount.abs().negate() : amount.abs();
    }
    BigDecimal amount = signed.get();
    boolean sameSize = quantity.map(each -> each.abs().compareTo(amount.abs()) == 0).orElse(true);
    boolean sameSide = amount.signum() > 0 ? !isShort : amount.signum() == 0 || !isLong;
    if (!sameSize || !sameSide) {
      throw new Unusable(
          "AMOUNTS_DIFFER",
          "position_amt "
              + amount.toPlainString()
              + ", quantity "
              + quantity.map(BigDecimal::toPlainString).orElse("absent")
              + ", side "
              + side);
    }
    return amount;
  }

  private BigDecimal entryPrice(PositionHash ledger) throws Unusable {
    for (Optional<BigDecimal> price :
        java.util.List.of(
            number("entry_price"),
            ledger.number("avg_entry_price"),
            ledger.number("entry_price"))) {
      if (price.isPresent() && price.get().signum() > 0) {
        return price.get();
      }
    }
    throw new Unusable("ENTRY_PRICE_MISSING", "neither it nor its ledger has an entry price");
  }

  private int leverage() throws Unusable {
    BigDecimal leverage = number("leverage").orElse(BigDecimal.ONE);
    if (leverage.compareTo(BigDecimal.ONE) < 0 || leverage.compareTo(BigDecimal.valueOf(125)) > 0) {
      throw new Unusable("LEVERAGE_INVALID", "leverage " + leverage.toPlainString());
    }
    return leverage.setScale(0, RoundingMode.DOWN).intValueExact();
  }

  private long asOfMs() throws Unusable {
    BigDecimal latest = BigDecimal.ZERO;
    for (String name : new String[] {"ts_epoch", "sync_timestamp", "updated_at", "created_at"}) {
      latest = latest.max(number(name).orElse(BigDecimal.ZERO));
    }
    BigDecimal millis = latest.compareTo(MILLISECONDS_FROM) < 0 ? latest.movePointRight(3) : latest;
    return millis.longValue();
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty() && !text.equals("None"));
  }

  private Optional<BigDecimal> number(String name) throws Unusable {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text.get());
      if (number.precision() - number.scale() > 20 || number.scale() > 400) {
        throw new NumberFormatException("out of range");
      }
      return Optional.of(number);
    } catch (NumberFormatException notFinite) {
      throw new Unusable("NUMBER_INVALID", name + " is " + text.get());
    }
  }
}
