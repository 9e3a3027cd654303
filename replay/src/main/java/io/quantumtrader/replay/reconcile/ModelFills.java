package io.quantumtrader.replay.reconcile;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.PriceGrid;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.paper.PaperPricing;
import io.quantumtrader.replay.reconcile.StrayFill.Why;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts the model's fill beside each filled order. */
final class ModelFills {

  private final KnownPlans plans;
  private final Marks marks;
  private final PaperPricing pricing;
  private final List<PositionLedger> rows;
  private final Map<String, List<Instrument>> instruments = new HashMap<>();
  private final List<ComparedFill> compared = new ArrayList<>();
  private final List<StrayFill> strays = new ArrayList<>();

  ModelFills(TradedRecords records, KnownPlans plans, Marks marks, PaperPricing pricing) {
    this.plans = plans;
    this.marks = marks;
    this.pricing = pricing;
    this.rows = records.rows();
    records
        .instruments()
        .forEach(
            each ->
                instruments.computeIfAbsent(each.getSymbol(), any -> new ArrayList<>()).add(each));
  }

  /** The price and time of a stop or target that rested. */
  private record Resting(BigDecimal trigger, long placedMs, String planId) {}

  /** A price of the model before slippage, and what set the order off. */
  private record Met(BigDecimal price, Optional<BigDecimal> trigger, boolean seen) {}

  void take(FilledOrder order) {
    switch (order.origin()) {
      case PLAN -> takePlanned(order);
      case STOP -> takeProtective(order, Kind.STOP);
      case TARGET -> takeProtective(order, Kind.TARGET);
      default -> stray(order, Why.NO_PLAN);
    }
  }

  private void takePlanned(FilledOrder order) {
    ApplyResult first = order.first();
    Optional<ApplyPlan> known = plans.plan(first.getAccount(), first.getPlanId());
    if (known.isEmpty()) {
      stray(order, Why.NO_PLAN);
      return;
    }
    ApplyPlan plan = known.get();
    MarketOrder sent =
        new MarketOrder(
            plan.getAccount(),
            plan.getSymbol(),
            first.getSide(),
            order.quantity(),
            plan.getReduceOnly(),
            ClientOrderIds.of(plan.getPlanId()),
            plans.sentMs(plan));
    Optional<BigDecimal> met = marks.met(sent, plan.getPrice());
    if (met.isEmpty()) {
      stray(order, Why.NO_MARK);
      return;
    }
    long latencyMs = first.getFill().getAtMs() - plan.getCreatedAtMs();
    add(
        order,
        plan.getPlanId(),
        plan.getQuantity(),
        new Met(met.get(), Optional.empty(), true),
        sent.atMs(),
        OptionalLong.of(latencyMs));
  }

  private void takeProtective(FilledOrder order, Kind kind) {
    ApplyResult first = order.first();
    Optional<Resting> found = resting(order, kind);
    if (found.isEmpty()) {
      stray(order, Why.NO_TRIGGER);
      return;
    }
    Resting resting = found.get();
    ProtectiveOrder placed =
        new ProtectiveOrder(
            first.getAccount(),
            first.getSymbol(),
            first.getSide(),
            kind,
            resting.trigger(),
            first.getClientOrderId(),
            resting.placedMs());
    long untilMs = Math.max(first.getFill().getAtMs(), order.firstMs());
    Optional<BigDecimal> met = marks.triggered(placed, untilMs);
    add(
        order,
        resting.planId(),
        order.quantity(),
        new Met(met.orElse(resting.trigger()), Optional.of(resting.trigger()), met.isPresent()),
        order.firstMs(),
        OptionalLong.empty());
  }

  private Optional<Resting> resting(FilledOrder order, Kind kind) {
    Optional<ApplyPlan> by = plans.placedBy(order.first());
    return by.isPresent() ? ofPlan(by.get(), order.first(), kind) : ofLedger(order, kind);
  }

  private Optional<Resting> ofPlan(ApplyPlan plan, ApplyResult fill, Kind kind) {
    boolean below = (fill.getSide() == OrderSide.SELL) == (kind == Kind.STOP);
    long placedMs = plans.protectedMs(plan);
    BigDecimal wanted = kind == Kind.STOP ? plan.getStopPrice() : plan.getTargetPrice();
    Optional<BigDecimal> moved = kind == Kind.STOP ? plans.movedStop(plan) : Optional.empty();
    return moved
        .or(
            () ->
                Optional.ofNullable(wanted)
                    .map(
                        price ->
                            PriceGrid.trigger(
                                price, tick(plan.getSymbol(), placedMs, price), below)))
        .map(trigger -> new Resting(trigger, placedMs, plan.getPlanId()));
  }

  /** An order whose plan is not known any more rests at what the ledger says. */
  private Optional<Resting> ofLedger(FilledOrder order, Kind kind) {
    ApplyResult first = order.first();
    Resting last = null;
    for (PositionLedger row : rows) {
      BigDecimal price = kind == Kind.STOP ? row.getStopPrice() : row.getTargetPrice();
      boolean own =
          row.getAccount().equals(first.getAccount()) && row.getSymbol().equals(first.getSymbol());
      if (own
          && price != null
          && row.getSide() != PositionSide.FLAT
          && row.getUpdatedAtMs() <= order.firstMs()) {
        boolean same = last != null && last.trigger().compareTo(price) == 0;
        last = new Resting(price, same ? last.placedMs() : row.getUpdatedAtMs(), "");
      }
    }
    return Optional.ofNullable(last);
  }

  private void add(
      FilledOrder order,
      String planId,
      BigDecimal ordered,
      Met met,
      long atMs,
      OptionalLong latencyMs) {
    ApplyResult first = order.first();
    BigDecimal tick = tick(first.getSymbol(), atMs, met.price());
    BigDecimal price = pricing.fillPrice(met.price(), first.getSide(), tick);
    compared.add(
        new ComparedFill(
            first.getAccount(),
            first.getSymbol(),
            planId,
            order.origin(),
            first.getTrigger(),
            first.getSide(),
            ordered,
            order.quantity(),
            met.trigger(),
            met.price(),
            price,
            pricing.fee(order.quantity(), price),
            order.price(),
            order.fee(),
            first.getFill().getAtMs(),
            order.lastMs(),
            latencyMs,
            met.seen()));
  }

  /** Returns the tick by then; where nobody told it, that of the price. */
  private BigDecimal tick(String symbol, long atMs, BigDecimal price) {
    Instrument by = null;
    for (Instrument each : instruments.getOrDefault(symbol, List.of())) {
      by = by == null || each.getAsOfMs() <= atMs ? each : by;
    }
    return by == null ? PriceGrid.tick(PriceGrid.decimals(price)) : by.getTickSize();
  }

  private void stray(FilledOrder order, Why why) {
    ApplyResult first = order.first();
    strays.add(
        new StrayFill(
            first.getAccount(),
            first.getSymbol(),
            first.getFill().getFillId(),
            first.getOrigin() == ResultOrigin.PLAN ? first.getPlanId() : "",
            order.origin(),
            first.getSide(),
            order.quantity(),
            order.price(),
            order.fee(),
            order.firstMs(),
            why));
  }

  List<ComparedFill> compared() {
    return compared;
  }

  List<StrayFill> strays() {
    return strays;
  }
}
