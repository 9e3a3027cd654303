package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PlannedRisk;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Regimes;

/**
 * What comes of a granted entry, all of it in one step.
 *
 * @param plan the order with its permit (p33) inside
 * @param reservation slot and margin, held until the plan's final result
 * @param risk what the ledger writes at the first fill
 */
public record EntryGrant(ApplyPlan plan, OpenPlan reservation, PlannedRisk risk) {

  /**
   * Returns the grant of a sized entry.
   *
   * @param nowMs the account's clock, epoch ms; the permit is void from nowMs + the policy's permit
   *     time on
   */
  public static EntryGrant of(
      String planId,
      TradeIntent intent,
      SizedEntry entry,
      MarketState state,
      Policy policy,
      long nowMs) {
    return new EntryGrant(
        Decimals.requireFit(plan(planId, intent, entry, state, policy, nowMs)),
        reservation(planId, intent, entry, nowMs),
        risk(planId, intent, entry, state, nowMs));
  }

  private static ApplyPlan plan(
      String planId,
      TradeIntent intent,
      SizedEntry entry,
      MarketState state,
      Policy policy,
      long nowMs) {
    return ApplyPlan.newBuilder()
        .setPlanId(planId)
        .setAccount(intent.getAccount())
        .setSymbol(intent.getSymbol())
        .setSide(entry.side())
        .setAction(PlanAction.ENTRY)
        .setReduceOnly(false)
        .setQuantity(entry.quantity())
        .setPrice(Decimals.cash(entry.price()))
        .setLeverage(entry.leverage())
        .setStopPrice(entry.risk().getInitialStop())
        .setTargetPrice(entry.risk().getTarget())
        .setRisk(entry.risk())
        .setMargin(entry.margin())
        .setNotional(entry.notional())
        .setPermit(permit(planId, intent, entry, policy, nowMs))
        .setIntentId(intent.getIntentId())
        .setSource(intent.getSource())
        .setReason(intent.getReason())
        .setConfidence(intent.getConfidence())
        .setRegime(Regimes.of(state))
        .setKillScore(entry.killScore())
        .setNotes(entry.notes().stream().map(ReasonCode::name).toList())
        .setPolicyName(policy.getName())
        .setPolicyVersion(policy.getVersion())
        .setCreatedAtMs(nowMs)
        .build();
  }

  private static Permit permit(
      String planId, TradeIntent intent, SizedEntry entry, Policy policy, long nowMs) {
    return Permit.newBuilder()
        .setPlanId(planId)
        .setAccount(intent.getAccount())
        .setSymbol(intent.getSymbol())
        .setKind(PermitKind.P33)
        .setGrantedAtMs(nowMs)
        .setExpiresAtMs(nowMs + policy.getPermitMs())
        .setQuantity(entry.quantity())
        .setPositionQuantity(Decimals.ZERO)
        .setReason(ReasonCode.PERMIT_GRANTED.name())
        .build();
  }

  private static OpenPlan reservation(
      String planId, TradeIntent intent, SizedEntry entry, long nowMs) {
    return OpenPlan.newBuilder()
        .setPlanId(planId)
        .setAccount(intent.getAccount())
        .setSymbol(intent.getSymbol())
        .setAction(PlanAction.ENTRY)
        .setSide(entry.side())
        .setQuantity(entry.quantity())
        .setFilledQuantity(Decimals.ZERO)
        .setMargin(entry.margin())
        .setNotional(entry.notional())
        .setGrantedAtMs(nowMs)
        .build();
  }

  private static PlannedRisk risk(
      String planId, TradeIntent intent, SizedEntry entry, MarketState state, long nowMs) {
    return PlannedRisk.newBuilder()
        .setPlanId(planId)
        .setAccount(intent.getAccount())
        .setSymbol(intent.getSymbol())
        .setRisk(entry.risk())
        .setRegime(Regimes.of(state))
        .setGrantedAtMs(nowMs)
        .build();
  }
}
