package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.math.BigDecimal;
import java.util.List;

/** An account's money against its limits. */
public record AccountRow(
    @Means("exchange account") String account,
    @Means("trading state in force: ACTIVE, REDUCING or HALTED") String tradingState,
    @Means("why that state was set") String stateReason,
    @Means("wallet balance, quote currency; null where it is not known") BigDecimal wallet,
    @Means("wallet plus unrealised profit, quote currency; null where it is not known")
        BigDecimal equity,
    @Means("profit of open positions at their marks, quote currency") BigDecimal unrealizedPnl,
    @Means("equity less the first of the UTC day, quote currency; null where it is not known")
        BigDecimal dayProfit,
    @Means("realised profit less fees since ever, quote currency") BigDecimal realizedNet,
    @Means("open positions") int openPositions,
    @Means("plans that were granted and are not finished") int reservations,
    @Means("portfolio heat, fraction; null where it is not known") Double heat,
    @Means("COLD, WARM or HOT; empty where heat is not known") String heatLevel,
    @Means("entries are halted until then, epoch ms UTC; null where they are not")
        Long haltedUntilMs,
    @Means("reason code of the halt; empty where there is none") String haltCode,
    @Means("policy in force") String policyName,
    @Means("version of that policy") long policyVersion,
    @Means("what of each limit is used up") List<Gauge> gauges,
    @Means("step of the clock that this is of, epoch ms UTC") long asOfMs) {

  /** How near something is to its limit. */
  public record Gauge(
      @Means("what is limited") String name,
      @Means("how much it is now; null where it is not known") Double value,
      @Means("the policy's limit") double limit,
      @Means("whether the limit is a least and not a most") boolean least,
      @Means("count or share") String unit,
      @Means("how much of the limit is used up, 1 at the limit; null where it is not known")
          Double used) {}
}
