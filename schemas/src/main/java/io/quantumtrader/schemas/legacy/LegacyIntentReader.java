package io.quantumtrader.schemas.legacy;

import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.EnvelopeJson.Parsed;
import io.quantumtrader.schemas.legacy.IntentReading.Accepted;
import io.quantumtrader.schemas.legacy.IntentReading.Reason;
import io.quantumtrader.schemas.legacy.IntentReading.Refused;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads intents as they lie on the old stream {@code quantum:stream:trade.intent}, in every
 * envelope and spelling that was ever sent, and never throws for bad input.
 *
 * <p><b>Envelope.</b> A field {@code payload} holds the message as JSON and is used alone; else a
 * field {@code data} does; else the fields are the message. The fields around a wrapped message
 * replace only its time and source.
 *
 * <p><b>Action.</b> {@code intent_action}, else {@code action}, else {@code side}: BUY, SELL, LONG,
 * SHORT, OPEN_LONG, OPEN_SHORT, CLOSE, CLOSE_LONG, CLOSE_SHORT, PARTIAL_CLOSE_n, HOLD in any case;
 * anything else is UNRECOGNIZED. Fields that ask for different things are kept as contradictions,
 * and the intent is denied (see {@link SentWish}).
 *
 * <p><b>Size</b>, kept in the sender's unit; the first that is there: {@code quantity} or {@code
 * qty} are base units; {@code position_usd} is margin, which the leverage multiplies; {@code size},
 * with a {@code price} or without, and {@code position_size_usd}, are notional, which it does not;
 * {@code fraction} or {@code percentage} is a share of the open position, from 1 on all of it. The
 * second generation of the autonomous trader ({@code intent_type} AUTONOMOUS_ENTRY, {@code
 * position_size_usd}, no {@code entry_price}) means margin, and percents by {@code stop_loss} and
 * {@code take_profit}. Without a size the policy's risk per trade decides. A leverage of 0 counts
 * as not sent.
 *
 * <p><b>Time.</b> {@code timestamp} of the message wins, then {@code timestamp} of the envelope,
 * then the time in the stream id. One that was sent and cannot be read makes the intent unreadable
 * rather than fresh.
 *
 * <p><b>Numbers</b> are any finite decimal or double, as text or as a number of JSON. What lies
 * beyond 18 decimals is rounded: quantities down, prices and money half to even. What is no finite
 * number, or has more than 20 digits before the point, goes to {@code unreadable}, and the intent
 * is denied. A zero ATR, volatility factor, or stop or target beside a percent counts as not sent,
 * as it did for the old reader.
 */
public final class LegacyIntentReader {

  private LegacyIntentReader() {}

  /** Returns the names of fields that are read, in alphabetical order. */
  public static List<String> fieldsRead() {
    return SentNames.read();
  }

  /** Returns the names of fields that old producers send and nobody acts on. */
  public static List<String> fieldsPassedOver() {
    return SentNames.passedOver();
  }

  /**
   * Reads one entry of the stream.
   *
   * @param streamId id of the entry, {@code milliseconds-sequence}; becomes the intent id
   * @param fields its fields
   */
  public static IntentReading read(String streamId, Map<String, String> fields) {
    if (streamId == null || streamId.isBlank()) {
      return new Refused(Reason.ID_MISSING, "the entry has no stream id");
    }
    OptionalLong idTime = SentTime.ofStreamId(streamId);
    SentFields envelope = SentFields.flat(fields);
    for (String wrapper : new String[] {"payload", "data"}) {
      if (fields.containsKey(wrapper)) {
        Parsed inner = EnvelopeJson.object(String.valueOf(fields.get(wrapper)), wrapper);
        return inner.refused() != null
            ? inner.refused()
            : message(streamId, idTime, envelope, new SentFields(inner.object()));
      }
    }
    return message(streamId, idTime, envelope, envelope);
  }

  /** Reads a message that has been taken out of its envelope. */
  static IntentReading message(
      String id, OptionalLong idTime, SentFields envelope, SentFields message) {
    String account = message.text("account").orElse(Accounts.MAIN);
    if (!Accounts.isName(account)) {
      return new Refused(Reason.ACCOUNT_INVALID, "account is not an account name: " + account);
    }
    OptionalLong created = createdAt(idTime, envelope, message);
    if (created.isEmpty()) {
      return new Refused(Reason.FIELD_MISSING, "timestamp is missing");
    }
    TradeIntent.Builder intent =
        TradeIntent.newBuilder()
            .setIntentId(id)
            .setAccount(account)
            .setSymbol(message.text("symbol").orElse("").toUpperCase(Locale.ROOT))
            .setConfidence(message.number("confidence"))
            .setRegime(message.text("regime").orElse(null))
            .setReason(message.text("reason").orElse(""))
            .setSource(message.text("source").or(() -> envelope.text("source")).orElse(""))
            .setCreatedAtMs(created.getAsLong());
    SentWish wish = SentWish.of(message);
    intent
        .setAction(wish.action().action())
        .setReduceOnly(wish.reduceOnly())
        .setContradictions(wish.contradictions());
    LegacySizing sizing = LegacySizing.of(message);
    readSize(message, wish.action(), sizing, intent);
    readTargets(message, sizing, intent);
    return new Accepted(
        intent.setUnreadable(message.unreadable()).build(), SentNames.unknown(message, envelope));
  }

  private static OptionalLong createdAt(
      OptionalLong idTime, SentFields envelope, SentFields message) {
    for (SentFields fields : new SentFields[] {message, envelope}) {
      Optional<String> text = fields.text("timestamp");
      if (text.isEmpty()) {
        continue;
      }
      OptionalLong time = SentTime.read(text.get());
      if (time.isPresent()) {
        return time;
      }
      message.report("timestamp", text.get());
      return idTime.isPresent() ? idTime : OptionalLong.of(0);
    }
    return idTime;
  }

  private static void readSize(
      SentFields message, SentAction action, LegacySizing sizing, TradeIntent.Builder intent) {
    intent.setSizing(sizing.sizing()).setLeverage(unlessZero(message.number("leverage")));
    if (action.share().isPresent()) {
      // PARTIAL_CLOSE_25 does what it says, whatever size stands beside it.
      intent.setSizing(Sizing.FRACTION).setAmount(action.share().get().setScale(SentFields.SCALE));
    } else if (action.part() && sizing.sizing() == Sizing.NONE) {
      // A part of unknown size must not become all: a fraction that is missing is denied.
      intent.setSizing(Sizing.FRACTION);
    } else if (sizing.sizing() == Sizing.FRACTION) {
      readFraction(message.money(sizing.amountField()), intent);
    } else if (sizing.sizing() == Sizing.QUANTITY) {
      intent.setAmount(message.quantity(sizing.amountField()));
    } else if (sizing.amountField() != null) {
      intent.setAmount(message.money(sizing.amountField()));
    }
    if (sizing.priceField() != null) {
      intent.setPrice(message.money(sizing.priceField()));
      return;
    }
    // A price that the size does not rest on only counts where it is one.
    Optional<String> price = message.firstOf("price", "entry_price");
    intent.setPrice(price.map(message::money).filter(value -> value.signum() != 0).orElse(null));
  }

  /** From 1 on it is all of the position, as it was for the old executor. */
  private static void readFraction(BigDecimal fraction, TradeIntent.Builder intent) {
    if (fraction != null && fraction.compareTo(BigDecimal.ONE) >= 0) {
      intent.setSizing(Sizing.NONE);
    } else {
      intent.setAmount(fraction);
    }
  }

  private static void readTargets(
      SentFields message, LegacySizing sizing, TradeIntent.Builder intent) {
    if (sizing.percentTargets()) {
      intent
          .setStopLossPct(message.number("stop_loss"))
          .setTakeProfitPct(message.number("take_profit"));
    } else {
      Double stopPct = firstNumber(message, "sl_pct", "stop_loss_pct");
      Double targetPct = firstNumber(message, "tp_pct", "take_profit_pct");
      intent
          .setStopLossPct(stopPct)
          .setTakeProfitPct(targetPct)
          .setStopLoss(unlessZeroBeside(stopPct, firstMoney(message, "stop_loss", "sl")))
          .setTakeProfit(unlessZeroBeside(targetPct, firstMoney(message, "take_profit", "tp")));
    }
    intent
        .setAtr(unlessZero(message.number("atr_value")))
        .setVolatilityFactor(unlessZero(message.number("volatility_factor")));
  }

  private static Double firstNumber(SentFields message, String... names) {
    return message.firstOf(names).map(message::number).orElse(null);
  }

  private static BigDecimal firstMoney(SentFields message, String... names) {
    return message.firstOf(names).map(message::money).orElse(null);
  }

  private static BigDecimal unlessZeroBeside(Double percent, BigDecimal absolute) {
    return percent != null && absolute != null && absolute.signum() == 0 ? null : absolute;
  }

  private static Double unlessZero(Double value) {
    return value == null || value == 0.0 ? null : value;
  }
}
