package io.quantumtrader.topology.decision.ledger;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An operator's orders to find the risk data of adopted positions anew. A position that a plan
 * opened keeps the plan's: R is fixed at open. An adopted one was given what was known when it came
 * in, which may have been the policy's fallback.
 */
public final class RiskBackfills {

  private RiskBackfills() {}

  /**
   * A position with its risk data found anew.
   *
   * @param row its row of the ledger from now on
   * @param numbers what they were and what they are
   */
  public record Found(PositionLedger row, Numbers numbers) {}

  /**
   * An order that the account takes up.
   *
   * @param order what was ordered
   * @param found positions it is for; none where there is nothing to find
   */
  public record Due(RiskBackfill order, List<Found> found) {}

  /**
   * Returns the orders that an account has not taken up yet, oldest first.
   *
   * @param controls the control records that hold for it
   * @param isTaken whether an order with this id was taken up before
   * @param stateOf last market state of a symbol
   * @param nowMs the account's clock, epoch ms
   */
  public static List<Due> due(
      AccountView view,
      List<Control> controls,
      Predicate<String> isTaken,
      Function<String, Optional<MarketState>> stateOf,
      long nowMs) {
    List<Due> due = new ArrayList<>();
    AccountView current = view;
    for (Control control : controls) {
      for (RiskBackfill order : control.getBackfills()) {
        // As with orders to close: one that is older was taken up long ago, and may be forgotten.
        boolean tooOld = nowMs - order.getAtMs() >= view.policy().getDedupeMs();
        if (!tooOld && !isTaken.test(order.getId())) {
          List<Found> found = found(current, order, stateOf, nowMs);
          due.add(new Due(order, found));
          for (Found each : found) {
            current = current.with(each.row());
          }
        }
      }
    }
    return List.copyOf(due);
  }

  private static List<Found> found(
      AccountView view,
      RiskBackfill order,
      Function<String, Optional<MarketState>> stateOf,
      long nowMs) {
    return view.rows().stream()
        .filter(Sides::isOpen)
        .filter(row -> order.getSymbol().isEmpty() || order.getSymbol().equals(row.getSymbol()))
        .filter(RiskBackfills::isAdopted)
        .map(row -> anew(row, order, stateOf.apply(row.getSymbol()), view, nowMs))
        .toList();
  }

  /** Returns whether no plan has a part in the risk data of an open position. */
  public static boolean isAdopted(PositionLedger row) {
    return row.getRisk() == null || row.getRisk().getAdopted();
  }

  private static Found anew(
      PositionLedger row,
      RiskBackfill order,
      Optional<MarketState> state,
      AccountView view,
      long nowMs) {
    Optional<IntentAtr> intent =
        order.getAtrs().stream()
            .filter(atr -> atr.getAccount().equals(row.getAccount()))
            .filter(atr -> atr.getSymbol().equals(row.getSymbol()))
            .findFirst();
    Risk risk =
        new AdoptedRisk(intent, state, view.policy()).risk(row.getSide(), row.getEntryPrice());
    PositionLedger after =
        Copies.of(row, PositionLedger.newBuilder())
            .setRisk(risk)
            .setStopPrice(tighter(row, risk.getInitialStop()))
            .setTargetPrice(target(row, risk))
            .setUpdatedAtMs(nowMs)
            .build();
    return new Found(after, numbers(row, after));
  }

  /** A stop never loosens, whatever the risk is found to be. */
  private static BigDecimal tighter(PositionLedger row, BigDecimal found) {
    BigDecimal inPlace = row.getStopPrice();
    if (inPlace == null || inPlace.signum() <= 0) {
      return found;
    }
    return Sides.direction(row.getSide()) > 0 ? inPlace.max(found) : inPlace.min(found);
  }

  /** A target that somebody set is kept; one that came with the old risk data goes with them. */
  private static BigDecimal target(PositionLedger row, Risk found) {
    BigDecimal inPlace = row.getTargetPrice();
    BigDecimal ofRisk = row.getRisk() == null ? null : row.getRisk().getTarget();
    boolean another = inPlace != null && (ofRisk == null || inPlace.compareTo(ofRisk) != 0);
    return another ? inPlace : found.getTarget();
  }

  private static Numbers numbers(PositionLedger before, PositionLedger after) {
    Risk old = before.getRisk();
    Risk found = after.getRisk();
    return Numbers.none()
        .and("positionId", after.getPositionId())
        .and("entryPrice", after.getEntryPrice())
        .and("sourceBefore", old == null ? "NONE" : old.getSource().name())
        .and("initialStopBefore", old == null ? BigDecimal.ZERO : old.getInitialStop())
        .and("source", found.getSource().name())
        .and("initialStop", found.getInitialStop())
        .and("atr", found.getAtr() == null ? 0 : found.getAtr())
        .and("factor", found.getFactor())
        .and("stopPrice", after.getStopPrice());
  }
}
