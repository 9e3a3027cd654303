package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Symbols;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What every intent must be, whatever it asks for: readable, named, in time and new. A hold is
 * denied as such however old it is, since nothing would come of it at any age.
 */
public final class IntentValidator {

  static final int MAX_ID_LENGTH = 128;

  /** Digits of a number of the contracts, 18 of them behind the point. */
  private static final long MAX_DIGITS = 38;

  private IntentValidator() {}

  /**
   * How an intent came in.
   *
   * @param rejectedTimeMs the time of its Kafka record where that lies before 1970 or ahead of the
   *     clock, epoch ms
   * @param decidedAtMs when an intent with this id was last decided, epoch ms, where that is known
   */
  public record Arrival(OptionalLong rejectedTimeMs, OptionalLong decidedAtMs) {}

  /**
   * Returns why the intent is refused, or empty where it may go on.
   *
   * @param nowMs the account's clock, epoch ms; 0 before its first step
   */
  public static Optional<Finding> check(
      TradeIntent intent, Arrival arrival, Policy policy, long nowMs) {
    return firstOf(
        () -> checkNumbers(intent),
        () -> checkNames(intent),
        () -> checkSize(intent),
        () -> checkHold(intent, arrival, policy, nowMs),
        () -> checkTimes(intent, arrival, policy, nowMs),
        () -> checkRepeat(arrival, policy, nowMs));
  }

  @SafeVarargs
  static Optional<Finding> firstOf(Supplier<Optional<Finding>>... checks) {
    for (Supplier<Optional<Finding>> check : checks) {
      Optional<Finding> denial = check.get();
      if (denial.isPresent()) {
        return denial;
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> checkNumbers(TradeIntent intent) {
    if (!intent.getUnreadable().isEmpty()) {
      return Optional.of(
          new Finding(
              ReasonCode.NUMBER_INVALID,
              named(Numbers.none(), "unreadable", intent.getUnreadable())));
    }
    if (intent.getSizing() == Sizing.UNRECOGNIZED) {
      return Optional.of(
          new Finding(
              ReasonCode.SIZE_MISSING, Numbers.none().and("sizing", intent.getSizing().name())));
    }
    return firstOf(
        () -> checkAmount(intent),
        () -> checkPositive("price", intent.getPrice()),
        () -> checkFits("amount", intent.getAmount()),
        () -> checkFits("price", intent.getPrice()),
        () -> checkFits("stopLoss", intent.getStopLoss()),
        () -> checkFits("takeProfit", intent.getTakeProfit()),
        () -> checkFinite("leverage", intent.getLeverage()),
        () -> checkFinite("stopLossPct", intent.getStopLossPct()),
        () -> checkFinite("takeProfitPct", intent.getTakeProfitPct()),
        () -> checkFinite("atr", intent.getAtr()),
        () -> checkFactor(intent.getVolatilityFactor()),
        () -> checkConfidence(intent.getConfidence()));
  }

  /** Adds texts of the form name=text, or under a name of their own those that are not. */
  private static Numbers named(Numbers before, String otherwise, List<String> texts) {
    Numbers numbers = before;
    for (String text : texts) {
      int equals = text.indexOf('=');
      numbers =
          equals < 0
              ? numbers.and(otherwise, text)
              : numbers.and(text.substring(0, equals), text.substring(equals + 1));
    }
    return numbers;
  }

  private static Optional<Finding> checkAmount(TradeIntent intent) {
    if (intent.getSizing() == Sizing.NONE) {
      return Optional.empty();
    }
    if (intent.getAmount() == null) {
      return Optional.of(
          new Finding(ReasonCode.NUMBER_INVALID, Numbers.none().and("amount", "missing")));
    }
    if (intent.getSizing() == Sizing.FRACTION && intent.getAmount().compareTo(BigDecimal.ONE) > 0) {
      return Optional.of(
          new Finding(
              ReasonCode.NUMBER_INVALID,
              Numbers.none().and("fraction", intent.getAmount()).and("maximum", 1L)));
    }
    return checkPositive("amount", intent.getAmount());
  }

  private static Optional<Finding> checkPositive(String name, BigDecimal value) {
    return value == null || Decimals.isPositive(value)
        ? Optional.empty()
        : Optional.of(new Finding(ReasonCode.NUMBER_INVALID, Numbers.none().and(name, value)));
  }

  /** A number beyond the contracts could not be written into plan or decision. */
  private static Optional<Finding> checkFits(String name, BigDecimal value) {
    return value == null || RecordBounds.fits(value)
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.NUMBER_INVALID,
                Numbers.none().and(name, value).and("maximumDigits", MAX_DIGITS)));
  }

  /** The texts of an intent travel on with its plan. */
  private static Optional<Finding> checkSize(TradeIntent intent) {
    return RecordBounds.flaw(intent)
        .map(
            flaw ->
                new Finding(
                    ReasonCode.TEXT_TOO_LONG,
                    Numbers.none().and("flaw", flaw).and("maximum", (long) RecordBounds.MAX_TEXT)));
  }

  private static Optional<Finding> checkFinite(String name, Double value) {
    return value == null || Double.isFinite(value) ? Optional.empty() : invalid(name, value);
  }

  private static Optional<Finding> checkFactor(Double factor) {
    return factor == null || (Double.isFinite(factor) && factor > 0)
        ? Optional.empty()
        : invalid("volatilityFactor", factor);
  }

  private static Optional<Finding> checkConfidence(Double confidence) {
    return confidence == null || (confidence >= 0 && confidence <= 1)
        ? Optional.empty()
        : invalid("confidence", confidence);
  }

  private static Optional<Finding> invalid(String name, double value) {
    return Optional.of(new Finding(ReasonCode.NUMBER_INVALID, Numbers.none().and(name, value)));
  }

  private static Optional<Finding> checkNames(TradeIntent intent) {
    int idLength = intent.getIntentId().length();
    if (idLength == 0 || idLength > MAX_ID_LENGTH) {
      return Optional.of(
          new Finding(
              ReasonCode.INTENT_ID_INVALID,
              Numbers.none().and("length", idLength).and("maximum", MAX_ID_LENGTH)));
    }
    if (!Symbols.isSymbol(intent.getSymbol())) {
      return Optional.of(
          new Finding(ReasonCode.SYMBOL_INVALID, Numbers.none().and("symbol", intent.getSymbol())));
    }
    if (!intent.getContradictions().isEmpty()) {
      return Optional.of(
          new Finding(
              ReasonCode.ACTION_CONTRADICTORY,
              named(Numbers.none(), "contradiction", intent.getContradictions())));
    }
    if (intent.getAction() == IntentAction.UNRECOGNIZED) {
      return Optional.of(new Finding(ReasonCode.ACTION_UNRECOGNIZED, action(intent)));
    }
    return Optional.empty();
  }

  private static Optional<Finding> checkHold(
      TradeIntent intent, Arrival arrival, Policy policy, long nowMs) {
    if (intent.getAction() != IntentAction.HOLD) {
      return Optional.empty();
    }
    return checkRepeat(arrival, policy, nowMs)
        .or(() -> Optional.of(new Finding(ReasonCode.INTENT_HOLD, action(intent))));
  }

  private static Numbers action(TradeIntent intent) {
    return Numbers.none().and("action", intent.getAction().name());
  }

  private static Optional<Finding> checkTimes(
      TradeIntent intent, Arrival arrival, Policy policy, long nowMs) {
    if (arrival.rejectedTimeMs().isPresent()) {
      return invalidTime("recordMs", arrival.rejectedTimeMs().getAsLong(), policy, nowMs);
    }
    long createdMs = intent.getCreatedAtMs();
    if (createdMs < 0 || createdMs > nowMs + policy.getFutureToleranceMs()) {
      return invalidTime("createdAtMs", createdMs, policy, nowMs);
    }
    long ageMs = nowMs - createdMs;
    if (ageMs > policy.getIntentMaxAgeMs()) {
      return Optional.of(
          new Finding(
              ReasonCode.INTENT_EXPIRED,
              Numbers.none().and("ageMs", ageMs).and("maximumMs", policy.getIntentMaxAgeMs())));
    }
    return Optional.empty();
  }

  private static Optional<Finding> invalidTime(
      String name, long timeMs, Policy policy, long nowMs) {
    return Optional.of(
        new Finding(
            ReasonCode.TIME_INVALID,
            Numbers.none()
                .and(name, timeMs)
                .and("nowMs", nowMs)
                .and("toleranceMs", policy.getFutureToleranceMs())));
  }

  private static Optional<Finding> checkRepeat(Arrival arrival, Policy policy, long nowMs) {
    if (arrival.decidedAtMs().isEmpty()) {
      return Optional.empty();
    }
    long ageMs = nowMs - arrival.decidedAtMs().getAsLong();
    return ageMs >= policy.getDedupeMs()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.INTENT_DUPLICATE,
                Numbers.none()
                    .and("decidedMsAgo", ageMs)
                    .and("rememberedMs", policy.getDedupeMs())));
  }
}
