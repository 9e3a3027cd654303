package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How each code of the executor comes about, through the whole session. */
final class ExecutorScenarios {

  private static final String ETH = "ETHUSDT";

  private ExecutorScenarios() {}

  /**
   * One of them.
   *
   * @param mode how far the executor goes by itself
   * @param given what comes before
   * @param plan the plan that provokes it
   * @param then what comes after the plan
   * @param outcome how the plan ends
   * @param last whether that is final
   * @param numbers numbers of the result as name=value, in order
   */
  record Scenario(
      ReasonCode code,
      ExecutorMode mode,
      Consumer<ExecutorFloor> given,
      ApplyPlan plan,
      Consumer<ExecutorFloor> then,
      ResultOutcome outcome,
      boolean last,
      List<String> numbers) {

    Scenario(
        ReasonCode code,
        Consumer<ExecutorFloor> given,
        ApplyPlan plan,
        ResultOutcome outcome,
        boolean last,
        List<String> numbers) {
      this(
          code,
          ExecutorMode.TRADE,
          given,
          plan,
          ExecutorScenarios::nothing,
          outcome,
          last,
          numbers);
    }
  }

  static List<Scenario> all() {
    return Stream.of(
            refusedUnseen(), modes(), refusedByTheExchange(), refusedElsewhere(), protection())
        .flatMap(each -> each)
        .toList();
  }

  private static Scenario rejected(
      ReasonCode code, Consumer<ExecutorFloor> given, ApplyPlan.Builder plan, String... numbers) {
    return new Scenario(code, given, plan.build(), ResultOutcome.REJECTED, true, List.of(numbers));
  }

  private static void nothing(ExecutorFloor floor) {
    // What is there already is enough.
  }

  private static ApplyPlan.Builder entry(String quantity) {
    return Plans.plan(1, "main", ETH, OrderSide.BUY, PlanAction.ENTRY, quantity);
  }

  /** What the executor refuses itself, so that the exchange never hears of it. */
  private static Stream<Scenario> refusedUnseen() {
    ApplyPlan.Builder foreign =
        entry("2").setPermit(Plans.entry(2, ETH, OrderSide.BUY, "2").getPermit());
    return Stream.of(
        rejected(
            ReasonCode.PLAN_INVALID,
            ExecutorScenarios::nothing,
            entry("2").setReduceOnly(true),
            "action=ENTRY",
            "reduceOnly=true"),
        rejected(
            ReasonCode.PERMIT_INVALID,
            ExecutorScenarios::nothing,
            foreign,
            "permitPlanId=" + Plans.id(2),
            "permitAccount=main",
            "permitSymbol=" + ETH),
        new Scenario(
            ReasonCode.PERMIT_LAPSED,
            floor -> floor.clock(Plans.EXPIRES_MS),
            entry("2").build(),
            ResultOutcome.LAPSED,
            true,
            List.of("nowMs=61000", "grantedAtMs=1000", "expiresAtMs=61000")),
        rejected(
            ReasonCode.MARKET_NOT_OF_EXCHANGE,
            floor -> floor.clockOf(Optional.of("elsewhere"), 6_000),
            entry("2"),
            "market=elsewhere",
            "marketOfExchange=" + ExecutorFloor.MARKET),
        rejected(
            ReasonCode.EXECUTION_HALTED,
            floor -> floor.control("main", TradingState.REDUCING),
            entry("2"),
            "tradingState=REDUCING",
            "trigger=NONE"));
  }

  /** What comes of an executor that does not go all the way by itself. */
  private static Stream<Scenario> modes() {
    return Stream.of(
        new Scenario(
            ReasonCode.EXECUTOR_OBSERVES,
            ExecutorMode.OBSERVE,
            ExecutorScenarios::nothing,
            entry("2").build(),
            ExecutorScenarios::nothing,
            ResultOutcome.REJECTED,
            true,
            List.of("mode=OBSERVE", "quantity=2")),
        new Scenario(
            ReasonCode.APPROVAL_AWAITED,
            ExecutorMode.APPROVE,
            ExecutorScenarios::nothing,
            entry("2").build(),
            ExecutorScenarios::nothing,
            ResultOutcome.AWAITING_APPROVAL,
            false,
            List.of("expiresAtMs=61000")),
        new Scenario(
            ReasonCode.APPROVAL_REFUSED,
            ExecutorMode.APPROVE,
            ExecutorScenarios::nothing,
            entry("2").build(),
            floor -> floor.approve(Plans.id(1), false),
            ResultOutcome.REJECTED,
            true,
            List.of("givenBy=ann", "reason=too large")));
  }

  private static Stream<Scenario> refusedByTheExchange() {
    return Stream.of(
        rejected(
            ReasonCode.PRICE_UNKNOWN,
            ExecutorScenarios::nothing,
            Plans.plan(1, "main", "SOLUSDT", OrderSide.BUY, PlanAction.ENTRY, "2")),
        rejected(
            ReasonCode.FILTER_STEP,
            ExecutorScenarios::nothing,
            entry("2.00005"),
            "quantity=2.00005",
            "stepSize=0.0001"),
        rejected(
            ReasonCode.FILTER_QUANTITY,
            floor -> floor.exchange().paper().list(coarse()),
            entry("0.009"),
            "quantity=0.009",
            "minQuantity=0.01"),
        rejected(
            ReasonCode.FILTER_NOTIONAL,
            ExecutorScenarios::nothing,
            entry("0.001"),
            "notional=2.0005",
            "minNotional=5"),
        rejected(
            ReasonCode.MARGIN_INSUFFICIENT,
            ExecutorScenarios::nothing,
            entry("60"),
            "wallet=10000",
            "availableAfter=-2003"),
        rejected(ReasonCode.EXCHANGE_REJECTED, ExecutorScenarios::nothing, entry("3")),
        new Scenario(
            ReasonCode.POSITION_FLAT,
            ExecutorScenarios::nothing,
            Plans.close(1, ETH, OrderSide.SELL, "2"),
            ResultOutcome.ALREADY_FLAT,
            true,
            List.of("open=0", "quantity=2")),
        new Scenario(
            ReasonCode.EXCHANGE_UNRESOLVED,
            floor -> floor.exchange().answer(new Unresolved("no answer in 5 s")),
            entry("2").build(),
            ResultOutcome.UNRESOLVED,
            false,
            List.of()));
  }

  /** What only a remote exchange says; that it does is tested on its twin. */
  private static Stream<Scenario> refusedElsewhere() {
    return Stream.of(
        said(ReasonCode.FILTER_QUANTITY_MAXIMUM, "quantity=2", "maxQuantity=1"),
        said(ReasonCode.FILTER_PRICE_BAND, "exchangeCode=-4131"),
        said(ReasonCode.POSITION_LIMIT_AT_LEVERAGE, "exchangeCode=-2027"),
        said(ReasonCode.REDUCE_ONLY_TAKEN, "exchangeCode=-4118"),
        said(ReasonCode.KEY_REFUSED, "exchangeCode=-2015"),
        said(ReasonCode.POSITION_MODE, "exchangeCode=-4061"),
        saidOfStop(ReasonCode.STOP_PASSED, "exchangeCode=-2021"),
        saidOfStop(ReasonCode.ORDER_LIMIT, "exchangeCode=-4045"));
  }

  private static Scenario said(ReasonCode code, String... numbers) {
    return rejected(
        code,
        floor -> floor.exchange().answer(new Rejected(code, numbers(numbers), code.meaning())),
        entry("2"),
        numbers);
  }

  private static Scenario saidOfStop(ReasonCode code, String... numbers) {
    return rejected(
        code,
        floor -> {
          floor.open(entry("2").build());
          floor.exchange().answerProtection(new Refused(code, numbers(numbers), code.meaning()));
        },
        Plans.plan(2, "main", ETH, OrderSide.SELL, PlanAction.UPDATE_SL, "2")
            .setStopPrice(new BigDecimal("1950")),
        numbers);
  }

  private static List<NumberOf> numbers(String... texts) {
    return Stream.of(texts)
        .map(text -> text.split("=", 2))
        .map(pair -> new NumberOf(pair[0], pair[1]))
        .toList();
  }

  private static Stream<Scenario> protection() {
    ApplyPlan.Builder move =
        Plans.plan(2, "main", ETH, OrderSide.SELL, PlanAction.UPDATE_SL, "2")
            .setStopPrice(new BigDecimal("1950"));
    Refused offTheTick =
        new Refused(
            ReasonCode.FILTER_TICK,
            List.of(new NumberOf("price", "1950"), new NumberOf("tickSize", "100")),
            "the tick has grown meanwhile");
    return Stream.of(
        rejected(
            ReasonCode.FILTER_TICK,
            floor -> {
              floor.open(entry("2").build());
              floor.exchange().answerProtection(offTheTick);
            },
            move,
            "price=1950",
            "tickSize=100"),
        new Scenario(
            ReasonCode.PROTECTION_REJECTED,
            ExecutorScenarios::nothing,
            entry("2").setStopPrice(new BigDecimal("2100")).build(),
            ResultOutcome.FILLED,
            true,
            List.of(
                "protection=STOP",
                "triggerPrice=2100",
                "code=EXCHANGE_REJECTED",
                "triggerPrice=2100",
                "price=2000.5")));
  }

  /** ETHUSDT as the exchange may list it: no order below a hundredth. */
  private static Instrument coarse() {
    return Instrument.newBuilder()
        .setSymbol(ETH)
        .setTickSize(new BigDecimal("0.1"))
        .setStepSize(new BigDecimal("0.001"))
        .setMinQuantity(new BigDecimal("0.01"))
        .setMinNotional(new BigDecimal("5"))
        .setMaxLeverage(125)
        .setStatus(InstrumentStatus.TRADING)
        .setAsOfMs(0)
        .build();
  }
}
