package io.quantumtrader.execution.binance;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the exchange's codes mean. A code that is not listed here is a refusal that says nothing
 * else: {@link ReasonCode#EXCHANGE_REJECTED} with the exchange's words.
 */
final class ErrorMapping {

  /** There is no such order. */
  static final int NO_SUCH_ORDER = -2013;

  private static final int NO_SUCH_SYMBOL = -1121;

  /** There is nothing to cancel. */
  static final int NOTHING_TO_CANCEL = -2011;

  /** The key of a user stream is not known. */
  static final int UNKNOWN_LISTEN_KEY = -1125;

  /** What follows from a refusal. */
  sealed interface Verdict {

    /** It is final. */
    record Final(ReasonCode code) implements Verdict {}

    /** Nothing was done, and later it may be: the request waits. */
    record Wait() implements Verdict {}

    /** Things were already as requested. */
    record AsRequested() implements Verdict {}

    /** Only the position tells whether it is flat. */
    record AskPosition() implements Verdict {}

    /** There is an order of this kind or id; only that order tells. */
    record AskOrder() implements Verdict {}
  }

  private static final Map<Integer, Verdict> VERDICTS = new HashMap<>();

  static {
    put(new Verdict.Wait(), -1008, -1021);
    put(new Verdict.AsRequested(), -4046, -4059);
    put(new Verdict.AskPosition(), -2022, -2024);
    put(new Verdict.AskOrder(), -4111, -4115, -4116, -4130);
    put(ReasonCode.KEY_REFUSED, -1002, -1022, -2014, -2015, -2017, -4087, -4088);
    put(ReasonCode.INSTRUMENT_UNKNOWN, NO_SUCH_SYMBOL);
    put(ReasonCode.INSTRUMENT_NOT_TRADING, -4108, -4140, -4141);
    put(ReasonCode.MARGIN_INSUFFICIENT, -2018, -2019, -2028, -4050, -4051);
    put(ReasonCode.STOP_PASSED, -2021);
    put(ReasonCode.ORDER_LIMIT, -2025, -4045);
    put(ReasonCode.POSITION_LIMIT_AT_LEVERAGE, -2027);
    put(ReasonCode.FILTER_PRICE_BAND, -4001, -4002, -4016, -4024, -4131);
    put(ReasonCode.FILTER_QUANTITY, -4003, -4004);
    put(ReasonCode.FILTER_QUANTITY_MAXIMUM, -4005);
    put(ReasonCode.FILTER_TICK, -4013, -4014);
    put(ReasonCode.FILTER_STEP, -1111, -4023);
    put(ReasonCode.LEVERAGE_OUT_OF_RANGE, -4028);
    put(ReasonCode.POSITION_MODE, -4060, -4061);
    put(ReasonCode.REDUCE_ONLY_TAKEN, -4118);
    put(ReasonCode.FILTER_NOTIONAL, -4164);
    put(ReasonCode.POSITION_FLAT, -4509);
  }

  private ErrorMapping() {}

  private static void put(ReasonCode code, int... exchangeCodes) {
    put(new Verdict.Final(code), exchangeCodes);
  }

  private static void put(Verdict verdict, int... exchangeCodes) {
    for (int code : exchangeCodes) {
      VERDICTS.put(code, verdict);
    }
  }

  /** Returns whether the exchange says that there is no such order. */
  static boolean isNoSuchOrder(Reply reply) {
    return reply instanceof Refused refused && refused.code() == NO_SUCH_ORDER;
  }

  /** Returns whether the exchange says that there is no such symbol. */
  static boolean isNoSuchSymbol(Reply reply) {
    return reply instanceof Refused refused && refused.code() == NO_SUCH_SYMBOL;
  }

  /** Returns what follows from a refusal. */
  static Verdict verdict(int exchangeCode) {
    return VERDICTS.getOrDefault(exchangeCode, new Verdict.Final(ReasonCode.EXCHANGE_REJECTED));
  }

  /** Returns the exchange's own words, never empty. */
  static String words(Refused refused) {
    return refused.message().isBlank() ? "code " + refused.code() : refused.message();
  }

  /** Returns the numbers that go with a refusal. */
  static List<NumberOf> number(Refused refused) {
    return numbers("exchangeCode", refused.code());
  }

  static OrderOutcome.Rejected rejected(ReasonCode code, Refused refused) {
    return new OrderOutcome.Rejected(code, number(refused), words(refused));
  }

  /**
   * Returns what a refusal acknowledges, as far as the code alone tells. What only the position or
   * an order can tell counts as refused with no other reason.
   *
   * @param precision what is too precise where the exchange says that something is (-1111)
   */
  static Acknowledgement acknowledgement(Refused refused, ReasonCode precision) {
    if (refused.code() == -1111) {
      return new Acknowledgement.Refused(precision, number(refused), words(refused));
    }
    return switch (verdict(refused.code())) {
      case Verdict.AsRequested done -> new Acknowledgement.Done();
      case Verdict.Wait wait -> new Acknowledgement.Unresolved(words(refused));
      case Verdict.Final known ->
          new Acknowledgement.Refused(known.code(), number(refused), words(refused));
      case Verdict.AskPosition ask ->
          new Acknowledgement.Refused(ReasonCode.POSITION_FLAT, number(refused), words(refused));
      case Verdict.AskOrder ask ->
          new Acknowledgement.Unresolved("there is another order: " + words(refused));
    };
  }
}
