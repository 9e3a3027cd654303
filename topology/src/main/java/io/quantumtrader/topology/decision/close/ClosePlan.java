package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A granted close, or a granted move of a stop: whoever asked for it, it is planned here.
 *
 * @param plan the order, with its permit (p26) inside
 * @param inFlight what keeps other closes of the position back until the plan's final result
 * @param attempt what is remembered of the exit; empty where an intent asked, which is tried once
 * @param code why it is granted
 * @param numbers the numbers it rests on
 */
public record ClosePlan(
    ApplyPlan plan,
    OpenPlan inFlight,
    Optional<ExitAttempt> attempt,
    ReasonCode code,
    Numbers numbers) {

  /**
   * What an order to close is, besides what all of them have.
   *
   * @param own the fields that belong to who asked: plan id, source, reason, trigger and the like
   * @param size how much, and by which action
   * @param price quote currency, above 0
   * @param code why it is granted
   */
  record Order(ApplyPlan.Builder own, CloseQuantity size, BigDecimal price, ReasonCode code) {}

  /**
   * Returns the plan for an order to close.
   *
   * @param position the open position
   * @param exitKey name that every plan for this same exit shares; empty where there is none
   * @param nowMs the account's clock, epoch ms
   */
  static ClosePlan of(
      Order order, PositionLedger position, Policy policy, String exitKey, long nowMs) {
    BigDecimal quantity = order.size().quantity();
    if (order.size().rest().isPresent()) {
      List<String> notes = new ArrayList<>(order.own().getNotes());
      notes.add(ReasonCode.CLOSE_IN_PARTS.name());
      order.own().setNotes(List.copyOf(notes));
    }
    ApplyPlan plan =
        Decimals.requireFit(
            order
                .own()
                .setAccount(position.getAccount())
                .setSymbol(position.getSymbol())
                .setSide(Sides.closes(position.getSide()))
                .setAction(order.size().action())
                .setReduceOnly(true)
                .setCloseShare(order.size().share().orElse(null))
                .setQuantity(quantity)
                .setPrice(Decimals.cash(order.price()))
                .setMargin(Decimals.ZERO)
                .setNotional(Decimals.cash(quantity.multiply(order.price())))
                .setPermit(permit(order, position, policy, nowMs))
                .setPositionId(position.getPositionId())
                .setPolicyName(policy.getName())
                .setPolicyVersion(policy.getVersion())
                .setCreatedAtMs(nowMs)
                .build());
    BigDecimal rest = order.size().rest().orElse(null);
    return new ClosePlan(
        plan, inFlight(plan, exitKey, rest), Optional.empty(), order.code(), Numbers.none());
  }

  /** Returns the same plan with the numbers it rests on. */
  ClosePlan with(Numbers numbersOfIt) {
    return new ClosePlan(plan, inFlight, attempt, code, numbersOfIt);
  }

  /** Returns the same plan with what is remembered of the exit. */
  ClosePlan with(ExitAttempt attemptOfIt) {
    return new ClosePlan(plan, inFlight, Optional.of(attemptOfIt), code, numbers);
  }

  private static Permit permit(Order order, PositionLedger position, Policy policy, long nowMs) {
    return Permit.newBuilder()
        .setPlanId(order.own().getPlanId())
        .setAccount(position.getAccount())
        .setSymbol(position.getSymbol())
        .setKind(PermitKind.P26)
        .setGrantedAtMs(nowMs)
        .setExpiresAtMs(nowMs + policy.getPermitMs())
        .setQuantity(order.size().quantity())
        .setPositionQuantity(Sides.signedQuantity(position))
        .setReason(order.code().name())
        .build();
  }

  private static OpenPlan inFlight(ApplyPlan plan, String exitKey, BigDecimal rest) {
    return OpenPlan.newBuilder()
        .setPlanId(plan.getPlanId())
        .setAccount(plan.getAccount())
        .setSymbol(plan.getSymbol())
        .setAction(plan.getAction())
        .setSide(plan.getSide())
        .setPositionId(plan.getPositionId())
        .setQuantity(plan.getQuantity())
        .setFilledQuantity(Decimals.ZERO)
        .setMargin(Decimals.ZERO)
        .setNotional(plan.getNotional())
        .setGrantedAtMs(plan.getCreatedAtMs())
        .setTrigger(plan.getTrigger())
        .setRung(plan.getRung())
        .setExitKey(exitKey)
        .setRestQuantity(rest)
        .build();
  }
}
