package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The plan of a granted exit that no intent asked for. */
final class ExitPlan {

  private ExitPlan() {}

  /** Returns the plan of an exit that nothing speaks against. */
  static ClosePlan of(
      ExitAsk ask,
      String planId,
      int attempt,
      PositionLedger position,
      ExitLayer.View view,
      long nowMs) {
    boolean moves = ask.action().kind() == ExitAction.Kind.MOVE_STOP;
    Optional<MovedStop> stop =
        moves ? Optional.of(MovedStop.of(ask, position, view.instrument())) : Optional.empty();
    List<ReasonCode> notes = notes(ask, stop);
    ApplyPlan.Builder own =
        ApplyPlan.newBuilder()
            .setPlanId(planId)
            .setIntentId("")
            .setLeverage(Math.max(1, position.getLeverage()))
            .setStopPrice(stop.map(MovedStop::price).orElse(null))
            .setTargetPrice(moves ? target(position) : null)
            .setSource(ask.source())
            .setReason(ask.reason())
            .setRegime(ask.regime().orElse(null))
            .setKillScore(ask.killScore().isPresent() ? ask.killScore().getAsDouble() : null)
            .setNotes(notes.stream().map(ReasonCode::name).toList())
            .setTrigger(ask.trigger())
            .setRung(ask.rung())
            .setAttempt(attempt)
            .setRNet(ask.rNet().isPresent() ? ask.rNet().getAsDouble() : null);
    CloseQuantity size = moves ? stopOrder(position) : size(ask, position, view, ask.price());
    ClosePlan.Order order = new ClosePlan.Order(own, size, ask.price(), code(ask, moves));
    ClosePlan plan = ClosePlan.of(order, position, view.policy(), ask.exitKey(), nowMs);
    Numbers numbers = numbers(ask, plan.plan(), position);
    Numbers moved = stop.map(at -> at.and(numbers)).orElse(numbers);
    return plan.with(size.and(moved.andNotes(notes)));
  }

  private static List<ReasonCode> notes(ExitAsk ask, Optional<MovedStop> stop) {
    return Stream.concat(
            ask.action().note().stream(), stop.stream().flatMap(at -> at.notes().stream()))
        .toList();
  }

  private static ReasonCode code(ExitAsk ask, boolean moves) {
    if (moves) {
      return ReasonCode.STOP_GRANTED;
    }
    if (ask.trigger() == ExitTrigger.MANUAL_CLOSE) {
      return ReasonCode.MANUAL_CLOSE;
    }
    return ask.trigger() == ExitTrigger.LIQUIDATION_GUARD
        ? ReasonCode.LIQUIDATION_GUARD
        : ReasonCode.CLOSE_GRANTED;
  }

  private static CloseQuantity stopOrder(PositionLedger position) {
    return new CloseQuantity(
        position.getQuantity(), PlanAction.UPDATE_SL, Optional.empty(), Optional.empty());
  }

  private static CloseQuantity size(
      ExitAsk ask, PositionLedger position, ExitLayer.View view, BigDecimal price) {
    Optional<BigDecimal> asked =
        ask.action().kind() == ExitAction.Kind.FULL_CLOSE
            ? Optional.empty()
            : Optional.of(Decimals.quantity(position.getQuantity().multiply(ask.action().share())));
    return CloseQuantity.of(asked, position.getQuantity(), view.instrument(), price);
  }

  /** Returns the stop in place: the ledger's, else that of the risk data. */
  static Optional<BigDecimal> currentStop(PositionLedger position) {
    if (position.getStopPrice() != null) {
      return Optional.of(position.getStopPrice());
    }
    return Optional.ofNullable(position.getRisk()).map(risk -> risk.getInitialStop());
  }

  private static BigDecimal target(PositionLedger position) {
    return position.getTargetPrice() == null && position.getRisk() != null
        ? position.getRisk().getTarget()
        : position.getTargetPrice();
  }

  private static Numbers numbers(ExitAsk ask, ApplyPlan plan, PositionLedger position) {
    Numbers numbers =
        Numbers.none()
            .and("trigger", ask.trigger().name())
            .and("quantity", plan.getQuantity())
            .and("open", Sides.signedQuantity(position))
            .and("price", plan.getPrice())
            .and("attempt", (long) plan.getAttempt());
    if (plan.getStopPrice() != null) {
      numbers = numbers.and("newStop", plan.getStopPrice());
    }
    if (ask.rNet().isPresent()) {
      numbers = numbers.and("rNet", ask.rNet().getAsDouble());
    }
    if (ask.killScore().isPresent()) {
      numbers = numbers.and("killScore", ask.killScore().getAsDouble());
    }
    return numbers;
  }
}
