package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.bounds.RecordBounds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an intent that is typed on the command line asks for. */
final class IntentAsk {

  private static final int MOST_LEVERAGE = 125;

  /** Digits behind the point of a decimal of the contracts. */
  private static final int SCALE = 18;

  /** What can be asked for. */
  private enum Action {
    BUY,
    SELL,
    CLOSE
  }

  @Parameters(index = "0", paramLabel = "SYMBOL", description = "Instrument, for example BTCUSDT.")
  private String symbol;

  @Parameters(
      index = "1",
      paramLabel = "ACTION",
      description =
          "${COMPLETION-CANDIDATES}. The side opposite to an open position, with a size not above"
              + " what is open, makes it smaller.")
  private Action action;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "MARGIN",
      description =
          "Margin, quote currency (dollars): the order is worth this times the leverage. A CLOSE"
              + " without a size closes all. Without a size an entry is sized by the policy's risk"
              + " per trade.")
  private BigDecimal margin;

  @Option(
      names = "--notional",
      paramLabel = "AMOUNT",
      description = "What the order is worth, quote currency, in place of MARGIN.")
  private BigDecimal notional;

  @Option(
      names = "--quantity",
      paramLabel = "N",
      description = "Quantity of the order, base units, in place of MARGIN.")
  private BigDecimal quantity;

  @Option(
      names = "--leverage",
      paramLabel = "N",
      description = "Leverage, 1 to 125. Default: the policy's leverageDefault.")
  private Double leverage;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Account to trade for. Default: ${DEFAULT-VALUE}.")
  private String account;

  @Option(
      names = "--stop",
      paramLabel = "PRICE",
      description = "Stop price, quote currency. Default: from the ATR, by the policy.")
  private BigDecimal stop;

  @Option(
      names = "--target",
      paramLabel = "PRICE",
      description = "Target price, quote currency. Default: from the stop, by the policy.")
  private BigDecimal target;

  @Option(
      names = "--reduce-only",
      description = "Only ever make the position smaller; never open one.")
  private boolean reduceOnly;

  @Option(
      names = "--id",
      paramLabel = "TEXT",
      description = "Id of the intent, unique per account; a repeated one is denied. Default: new.")
  private String id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, kept with the plan.")
  private String reason;

  /** Returns the account. */
  String account() {
    return account;
  }

  /** Returns the symbol as it was typed. */
  String symbol() {
    return symbol;
  }

  /** Returns what is wrong with what was typed, as the end of a message, or empty. */
  Optional<String> flaw() {
    long sizes =
        Stream.of(
                Optional.ofNullable(margin),
                Optional.ofNullable(notional),
                Optional.ofNullable(quantity))
            .filter(Optional::isPresent)
            .count();
    if (sizes > 1) {
      return Optional.of("give one size only: MARGIN, --notional or --quantity");
    }
    if (leverage != null && !(leverage >= 1 && leverage <= MOST_LEVERAGE)) {
      return Optional.of("--leverage must be 1 to " + MOST_LEVERAGE);
    }
    return notPositive("MARGIN", margin)
        .or(() -> notPositive("--notional", notional))
        .or(() -> notPositive("--quantity", quantity))
        .or(() -> notPositive("--stop", stop))
        .or(() -> notPositive("--target", target))
        .or(
            () ->
                id != null && id.isBlank()
                    ? Optional.of("--id must not be empty")
                    : Optional.empty());
  }

  private static Optional<String> notPositive(String name, BigDecimal value) {
    if (value == null || (RecordBounds.fits(value) && scaled(value).signum() > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        name + " must be above 0, with at most 20 digits before the point and 18 behind it");
  }

  /**
   * Returns the intent.
   *
   * @param checked the symbol as instruments are named
   * @param sender who sends it
   * @param nowMs when, on the pipeline's clock, epoch milliseconds
   */
  TradeIntent intent(String checked, String sender, long nowMs) {
    return TradeIntent.newBuilder()
        .setIntentId(id == null ? UUID.randomUUID().toString() : id)
        .setAccount(account)
        .setSymbol(checked)
        .setAction(IntentAction.valueOf(action.name()))
        .setReduceOnly(reduceOnly)
        .setSizing(sizing())
        .setAmount(scaled(margin != null ? margin : notional != null ? notional : quantity))
        .setLeverage(leverage)
        .setStopLoss(scaled(stop))
        .setTakeProfit(scaled(target))
        .setReason(reason == null ? "" : reason.strip())
        .setSource(sender)
        .setCreatedAtMs(nowMs)
        .build();
  }

  private Sizing sizing() {
    if (margin != null) {
      return Sizing.MARGIN;
    }
    if (notional != null) {
      return Sizing.NOTIONAL;
    }
    return quantity != null ? Sizing.QUANTITY : Sizing.NONE;
  }

  private static BigDecimal scaled(BigDecimal number) {
    return number == null ? null : number.setScale(SCALE, RoundingMode.DOWN);
  }
}
