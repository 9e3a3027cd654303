package io.quantumtrader.console.why;

import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.console.view.DecisionWords;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.policy.PolicyFields;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.heat.ClosePolicy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What would have had to be other for a denial to be none: for each code the smallest change of one
 * value of the policy, and of the intent where there is one, reckoned from the numbers that the
 * decision names. Whether it turns the answer is another question, which running it answers.
 */
final class Changes {

  /** Digits of a share in the policy: a hundredth of a percent. */
  private static final int SHARE_DIGITS = 4;

  /** What is sent less than would just do, as the stages round prices and quantities. */
  private static final BigDecimal MARGIN_OF_ROUNDING = new BigDecimal("0.99");

  private static final BigDecimal MORE_THAN_ROUNDING = new BigDecimal("1.02");

  private final Decision decision;
  private final Policy policy;
  private final Optional<TradeIntent> intent;
  private final OptionalDouble equity;
  private final Map<String, String> numbers = new HashMap<>();
  private final List<Change> found = new ArrayList<>();

  private Changes(
      Decision decision, Policy policy, Optional<TradeIntent> intent, OptionalDouble equity) {
    this.decision = decision;
    this.policy = policy;
    this.intent = intent;
    this.equity = equity;
    for (NumberOf number : decision.getNumbers()) {
      numbers.putIfAbsent(number.getName(), number.getValue());
    }
  }

  /**
   * Returns what may be tried, that of the policy first.
   *
   * @param decision a denial
   * @param policy the policy that it was made under
   * @param intent what was asked for, where it was an intent
   * @param equity the account's equity then, quote currency, where it is known
   */
  static List<Change> of(
      Decision decision, Policy policy, Optional<TradeIntent> intent, OptionalDouble equity) {
    Changes changes = new Changes(decision, policy, intent, equity);
    ReasonCode.named(decision.getCode()).ifPresent(changes::find);
    return changes.found;
  }

  private void find(ReasonCode code) {
    switch (code) {
      case TIME_INVALID -> timeAhead();
      case INTENT_EXPIRED -> expired();
      case INTENT_DUPLICATE -> number("decidedMsAgo").ifPresent(ago -> policy("dedupeMs", ago));
      case UNIVERSE_EMPTY, SYMBOL_NOT_IN_UNIVERSE -> allow();
      case MARKET_STATE_STALE -> stale();
      case CHURN_COOLDOWN -> number("flatMs").ifPresent(flat -> policy("churnMs", flat));
      case LEDGER_FLIP -> number("open").ifPresent(this::quantityOf);
      case LEVERAGE_OUT_OF_RANGE -> leverage();
      case MIN_NOTIONAL -> {
        policy("allowUpsize", "true");
        tooSmall("notional");
      }
      case MIN_QUANTITY -> tooSmall("asked");
      case RATE_HOURLY -> oneMore("granted", "entriesPerHour");
      case RATE_BURST -> oneMore("granted", "entriesPerFiveMinutes");
      case EQUITY_UNKNOWN -> number("ageMs").ifPresent(age -> policy("equityMaxAgeMs", age));
      case POSITION_LIMIT -> slots();
      case EXPOSURE_LIMIT -> exposure();
      case MARGIN_RATIO_LIMIT -> marginRatio();
      case HEAT_HOLD -> held();
      case PROPOSAL_STALE -> number("ageMs").ifPresent(age -> policy("intentMaxAgeMs", age));
      default -> {
        // No value of the policy or of the intent alone makes it another answer.
      }
    }
  }

  private Optional<BigDecimal> number(String name) {
    try {
      return Optional.ofNullable(numbers.get(name)).map(BigDecimal::new);
    } catch (NumberFormatException text) {
      return Optional.empty();
    }
  }

  private void policy(String field, BigDecimal to) {
    policy(field, RecordJson.plain(to));
  }

  private void policy(String field, String to) {
    String from = PolicyFields.text(policy.get(Policy.getClassSchema().getField(field).pos()));
    if (!from.equals(to)) {
      found.add(Change.ofPolicy(field, from, to));
    }
  }

  private void oneMore(String number, String field) {
    number(number).ifPresent(count -> policy(field, count.add(BigDecimal.ONE)));
  }

  private void timeAhead() {
    number("createdAtMs")
        .flatMap(made -> number("nowMs").map(made::subtract))
        .filter(ahead -> ahead.signum() > 0)
        .ifPresent(ahead -> policy("futureToleranceMs", ahead));
    number("nowMs").ifPresent(now -> made(now.longValue()));
  }

  private void expired() {
    number("ageMs").ifPresent(age -> policy("intentMaxAgeMs", age));
    number("ageMs")
        .flatMap(age -> number("maximumMs").map(age::subtract))
        .ifPresent(
            late -> intent.ifPresent(sent -> made(sent.getCreatedAtMs() + late.longValue())));
  }

  private void made(long atMs) {
    intent.ifPresent(
        sent ->
            found.add(
                Change.ofIntent(
                    "createdAtMs",
                    Long.toString(sent.getCreatedAtMs()),
                    Long.toString(atMs),
                    each -> TradeIntent.newBuilder(each).setCreatedAtMs(atMs).build())));
  }

  private void allow() {
    if (decision.getSymbol() != null) {
      List<String> symbols = new ArrayList<>(policy.getAllowedSymbols());
      symbols.add(decision.getSymbol());
      policy("allowedSymbols", String.join(",", symbols));
    }
  }

  private void stale() {
    number("ageMs")
        .flatMap(age -> number("maximumMs").map(age::subtract))
        .ifPresent(
            late -> policy("stateGraceMs", BigDecimal.valueOf(policy.getStateGraceMs()).add(late)));
  }

  private void leverage() {
    Optional<BigDecimal> sent = number("leverage");
    Optional<BigDecimal> least = number("minimum");
    Optional<BigDecimal> most = number("maximum");
    if (sent.isEmpty() || least.isEmpty() || most.isEmpty()) {
      return;
    }
    BigDecimal to = sent.get().max(least.get()).min(most.get());
    found.add(
        Change.ofIntent(
            "leverage",
            RecordJson.plain(sent.get()),
            RecordJson.plain(to),
            each -> TradeIntent.newBuilder(each).setLeverage(to.doubleValue()).build()));
  }

  private void tooSmall(String what) {
    Optional<BigDecimal> have = number(what).filter(value -> value.signum() > 0);
    number("minimum")
        .flatMap(least -> have.map(value -> least.divide(value, MathContext.DECIMAL64)))
        .ifPresent(factor -> amount(factor.multiply(MORE_THAN_ROUNDING)));
  }

  private void slots() {
    number("positions")
        .flatMap(open -> number("reservations").map(open::add))
        .ifPresent(taken -> policy("maxPositions", taken.add(BigDecimal.ONE)));
  }

  private void exposure() {
    number("exposure")
        .ifPresent(
            value -> policy("maxExposure", value.setScale(SHARE_DIGITS, RoundingMode.CEILING)));
    Optional<BigDecimal> over =
        number("exposure").flatMap(value -> number("maximumExposure").map(value::subtract));
    less(over, "margin");
  }

  private void marginRatio() {
    number("marginRatio")
        .ifPresent(
            value -> policy("minMarginRatio", value.setScale(SHARE_DIGITS, RoundingMode.FLOOR)));
    // equity / notional is what it is, and has to be the minimum: the difference is too much.
    Optional<BigDecimal> is = number("marginRatio").filter(value -> value.signum() > 0);
    Optional<BigDecimal> least = number("minimumMarginRatio").filter(value -> value.signum() > 0);
    Optional<BigDecimal> over =
        is.flatMap(
            ratio ->
                least.map(
                    minimum ->
                        BigDecimal.ONE
                            .divide(ratio, MathContext.DECIMAL64)
                            .subtract(BigDecimal.ONE.divide(minimum, MathContext.DECIMAL64))));
    less(over, "notional");
  }

  /** Takes from the order what is too much in shares of equity. */
  private void less(Optional<BigDecimal> sharesOver, String of) {
    Optional<BigDecimal> has = number(of).filter(value -> value.signum() > 0);
    if (equity.isEmpty() || has.isEmpty() || sharesOver.isEmpty()) {
      return;
    }
    BigDecimal over = sharesOver.get().multiply(BigDecimal.valueOf(equity.getAsDouble()));
    BigDecimal left = has.get().subtract(over);
    if (left.signum() > 0) {
      amount(left.divide(has.get(), MathContext.DECIMAL64).multiply(MARGIN_OF_ROUNDING));
    }
  }

  /** Sends so many times the amount; where the sender left it open, nothing can be said. */
  private void amount(BigDecimal factor) {
    Optional<TradeIntent> sized =
        intent.filter(sent -> sent.getAmount() != null && sent.getAmount().signum() > 0);
    if (sized.isEmpty()) {
      return;
    }
    BigDecimal from = sized.get().getAmount();
    quantity(from, from.multiply(factor));
  }

  private void quantityOf(BigDecimal to) {
    intent
        .filter(sent -> sent.getSizing() == Sizing.QUANTITY && sent.getAmount() != null)
        .ifPresent(sent -> quantity(sent.getAmount(), to));
  }

  private void quantity(BigDecimal from, BigDecimal to) {
    BigDecimal amount =
        to.round(new MathContext(6, RoundingMode.HALF_EVEN)).setScale(18, RoundingMode.HALF_EVEN);
    found.add(
        Change.ofIntent(
            "amount",
            DecisionWords.shortened(RecordJson.plain(from)),
            RecordJson.plain(amount),
            each -> TradeIntent.newBuilder(each).setAmount(amount).build()));
  }

  /** The profit from which a close passes counts under one close policy alone. */
  private void held() {
    policy("closePolicy", ClosePolicy.RISK_FIRST.label());
    number("rNet")
        .filter(r -> policy.getClosePolicy().equals(ClosePolicy.PROFIT_OVERRIDE.label()))
        .filter(r -> r.signum() > 0)
        .ifPresent(r -> policy("profitOverrideR", r.setScale(2, RoundingMode.FLOOR)));
  }
}
