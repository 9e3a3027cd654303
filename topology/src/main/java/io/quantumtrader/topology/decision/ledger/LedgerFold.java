package io.quantumtrader.topology.decision.ledger;

import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A position as a fold over its fills: weighted entry price on increase, realised profit from fill
 * prices on decrease, fees apart. A fill that goes through zero is split into a close and an open,
 * and its fee with it. A flat row stays.
 */
public final class LedgerFold {

  private LedgerFold() {}

  /**
   * What a fill made of the row.
   *
   * @param rows the row after each part of the fill, in order; one, or two where it went through
   *     zero
   * @param closedProfit profit after fees of the position that it closed, quote currency
   */
  public record Folded(List<PositionLedger> rows, Optional<BigDecimal> closedProfit) {

    /** Returns the row as it stands now. */
    public PositionLedger row() {
      return rows.get(rows.size() - 1);
    }
  }

  /** Returns the row of a symbol in which nothing was ever traded. */
  public static PositionLedger untouched(String account, String symbol) {
    return PositionLedger.newBuilder()
        .setAccount(account)
        .setSymbol(symbol)
        .setSide(PositionSide.FLAT)
        .setQuantity(Decimals.ZERO)
        .setEntryPrice(Decimals.ZERO)
        .setRealizedPnl(Decimals.ZERO)
        .setFees(Decimals.ZERO)
        .setPositionRealizedPnl(Decimals.ZERO)
        .setPositionFees(Decimals.ZERO)
        .setUpdatedAtMs(0)
        .build();
  }

  /**
   * Books a fill.
   *
   * @param before the row so far
   * @param risk where the risk data come from if the fill opens or enlarges a position
   * @param nowMs the account's clock, epoch ms
   */
  public static Folded apply(PositionLedger before, Booking fill, OpeningRisk risk, long nowMs) {
    if (!Sides.isOpen(before)) {
      return new Folded(List.of(open(before, fill, risk, nowMs)), Optional.empty());
    }
    if (Sides.opens(fill.side()) == before.getSide()) {
      return new Folded(List.of(increase(before, fill, risk, nowMs)), Optional.empty());
    }
    BigDecimal beyond = fill.quantity().subtract(before.getQuantity());
    if (beyond.signum() <= 0) {
      return decrease(before, fill, nowMs);
    }
    BigDecimal closingFee =
        Decimals.quotient(fill.fee().multiply(before.getQuantity()), fill.quantity());
    Folded closed = decrease(before, fill.part(before.getQuantity(), closingFee), nowMs);
    List<PositionLedger> rows = new ArrayList<>(closed.rows());
    Booking opening = fill.part(beyond, fill.fee().subtract(closingFee));
    rows.add(open(closed.row(), opening, risk, nowMs));
    return new Folded(List.copyOf(rows), closed.closedProfit());
  }

  /** Returns what was folded with a rung of the ladder taken, where the position goes on. */
  static Folded withRung(Folded folded, int rung) {
    PositionLedger row = folded.row();
    if (!Sides.isOpen(row) || row.getRungsTaken().contains(rung)) {
      return folded;
    }
    List<Integer> taken = new ArrayList<>(row.getRungsTaken());
    taken.add(rung);
    taken.sort(null);
    List<PositionLedger> rows = new ArrayList<>(folded.rows());
    rows.set(
        rows.size() - 1, Copies.of(row, PositionLedger.newBuilder()).setRungsTaken(taken).build());
    return new Folded(List.copyOf(rows), folded.closedProfit());
  }

  /** Returns an open row with another stop in place; nothing was traded. */
  static Folded withStop(PositionLedger open, BigDecimal stop, long nowMs) {
    PositionLedger row =
        Copies.of(open, PositionLedger.newBuilder())
            .setStopPrice(stop)
            .setUpdatedAtMs(nowMs)
            .build();
    return new Folded(List.of(row), Optional.empty());
  }

  private static PositionLedger open(
      PositionLedger before, Booking fill, OpeningRisk risk, long nowMs) {
    PositionSide side = Sides.opens(fill.side());
    long sequence = before.getOpenSequence() + 1;
    Risk taken = risk.risk(side, fill.price());
    return booked(before, fill, nowMs)
        .setPositionId(before.getAccount() + ":" + before.getSymbol() + ":" + sequence)
        .setOpenSequence(sequence)
        .setSide(side)
        .setQuantity(fill.quantity())
        .setEntryPrice(fill.price())
        .setLeverage(fill.leverage())
        .setPositionRealizedPnl(Decimals.ZERO)
        .setPositionFees(fill.fee())
        .setOpenedAtMs(fill.atMs())
        .setFlatSinceMs(null)
        .setRisk(taken)
        .setOpenedRegime(risk.regime().orElse(null))
        .setRungsTaken(List.of())
        .setStopPrice(taken.getInitialStop())
        .setTargetPrice(taken.getTarget())
        .build();
  }

  private static PositionLedger increase(
      PositionLedger before, Booking fill, OpeningRisk risk, long nowMs) {
    return booked(before, fill, nowMs)
        .setQuantity(before.getQuantity().add(fill.quantity()))
        .setEntryPrice(
            weighted(before.getEntryPrice(), before.getQuantity(), fill.price(), fill.quantity()))
        .setLeverage(fill.leverage())
        .setPositionFees(before.getPositionFees().add(fill.fee()))
        .setRisk(weightedRisk(before, fill, risk))
        .build();
  }

  private static Folded decrease(PositionLedger before, Booking fill, long nowMs) {
    BigDecimal gain =
        Decimals.cash(
            fill.price()
                .subtract(before.getEntryPrice())
                .multiply(fill.quantity())
                .multiply(BigDecimal.valueOf(Sides.direction(before.getSide()))));
    PositionLedger.Builder row =
        booked(before, fill, nowMs)
            .setQuantity(before.getQuantity().subtract(fill.quantity()))
            .setRealizedPnl(before.getRealizedPnl().add(gain))
            .setPositionRealizedPnl(before.getPositionRealizedPnl().add(gain))
            .setPositionFees(before.getPositionFees().add(fill.fee()));
    if (row.getQuantity().signum() > 0) {
      return new Folded(List.of(row.build()), Optional.empty());
    }
    PositionLedger flat =
        row.setPositionId("")
            .setSide(PositionSide.FLAT)
            .setEntryPrice(Decimals.ZERO)
            .setTradeCount(before.getTradeCount() + 1)
            .setOpenedAtMs(null)
            .setFlatSinceMs(fill.atMs())
            .setRisk(null)
            .setOpenedRegime(null)
            .setRungsTaken(List.of())
            .setStopPrice(null)
            .setTargetPrice(null)
            .build();
    return new Folded(
        List.of(flat), Optional.of(flat.getPositionRealizedPnl().subtract(flat.getPositionFees())));
  }

  private static PositionLedger.Builder booked(PositionLedger before, Booking fill, long nowMs) {
    return Copies.of(before, PositionLedger.newBuilder())
        .setFees(before.getFees().add(fill.fee()))
        .setLastPlanId(fill.planId())
        .setLastOrderId(fill.orderId())
        .setLastFillId(fill.fillId())
        .setLastFillSide(fill.side())
        .setLastFillQuantity(fill.quantity())
        .setUpdatedAtMs(nowMs);
  }

  /** Fills of one plan share its stop, so only what another plan adds moves it. */
  private static Risk weightedRisk(PositionLedger before, Booking fill, OpeningRisk added) {
    Risk held = before.getRisk();
    if (held == null) {
      return added.risk(before.getSide(), fill.price());
    }
    if (added.planned().isEmpty()) {
      return held;
    }
    Risk more = added.planned().get().getRisk();
    BigDecimal target =
        held.getTarget() == null || more.getTarget() == null
            ? held.getTarget()
            : weighted(held.getTarget(), before.getQuantity(), more.getTarget(), fill.quantity());
    return Copies.of(held, Risk.newBuilder())
        .setInitialStop(
            weighted(
                held.getInitialStop(),
                before.getQuantity(),
                more.getInitialStop(),
                fill.quantity()))
        .setTarget(target)
        .setAdopted(false)
        .build();
  }

  private static BigDecimal weighted(
      BigDecimal one, BigDecimal weightOfOne, BigDecimal other, BigDecimal weightOfOther) {
    return Decimals.quotient(
        one.multiply(weightOfOne).add(other.multiply(weightOfOther)),
        weightOfOne.add(weightOfOther));
  }
}
