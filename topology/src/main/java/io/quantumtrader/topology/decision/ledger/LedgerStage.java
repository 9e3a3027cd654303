package io.quantumtrader.topology.decision.ledger;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Symbols;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a result changes: a fill is booked once, its part of the plan's reservation goes over to the
 * ledger in the same step, and the final result ends what is left of the reservation. Nothing else
 * does.
 */
public final class LedgerStage {

  private LedgerStage() {}

  /**
   * What the ledger stage looked at for one result.
   *
   * @param row the ledger row of account and symbol
   * @param booked whether a fill with this id was booked before
   * @param plan the plan that the result answers, while it has no final result
   * @param risk where risk data come from if the fill opens or enlarges a position
   */
  public record View(
      Optional<PositionLedger> row, boolean booked, Optional<OpenPlan> plan, OpeningRisk risk) {}

  /**
   * What a result changes.
   *
   * @param folded rows of the ledger, where a fill was booked
   * @param plan the plan as it stands after the fill, where it goes on
   * @param planEnded whether this was the final result of a plan that was open
   * @param remarks what was noticed
   */
  public record Ruling(
      Optional<LedgerFold.Folded> folded,
      Optional<OpenPlan> plan,
      boolean planEnded,
      List<Finding> remarks) {}

  /**
   * Returns what a result changes.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static Ruling rule(ApplyResult result, View view, long nowMs) {
    List<Finding> remarks = new ArrayList<>();
    Optional<LedgerFold.Folded> folded =
        result.getFill() == null
            ? moveStop(result, view, nowMs)
            : book(result, result.getFill(), view, remarks, nowMs);
    Optional<OpenPlan> plan =
        view.plan().map(open -> isBooked(folded, result) ? filled(open, result) : open);
    boolean ended = result.getFinalResult() && plan.isPresent();
    return new Ruling(folded, ended ? Optional.empty() : plan, ended, List.copyOf(remarks));
  }

  private static boolean isBooked(Optional<LedgerFold.Folded> folded, ApplyResult result) {
    return folded.isPresent() && result.getFill() != null;
  }

  /** A stop that the executor moved is in place from now on, if the position is still the same. */
  private static Optional<LedgerFold.Folded> moveStop(ApplyResult result, View view, long nowMs) {
    if (result.getOutcome() != ResultOutcome.PROTECTED || result.getStopPrice() == null) {
      return Optional.empty();
    }
    return view.row()
        .filter(Sides::isOpen)
        .filter(
            row ->
                view.plan()
                    .map(plan -> plan.getPositionId().equals(row.getPositionId()))
                    .orElse(false))
        .map(row -> LedgerFold.withStop(row, result.getStopPrice(), nowMs));
  }

  private static Optional<LedgerFold.Folded> book(
      ApplyResult result, Fill fill, View view, List<Finding> remarks, long nowMs) {
    if (!isBookable(result, fill)) {
      remarks.add(new Finding(ReasonCode.FILL_INVALID, numbers(result, fill)));
      return Optional.empty();
    }
    if (view.booked()) {
      remarks.add(new Finding(ReasonCode.FILL_DUPLICATE, numbers(result, fill)));
      return Optional.empty();
    }
    PositionLedger before =
        view.row().orElseGet(() -> LedgerFold.untouched(result.getAccount(), result.getSymbol()));
    LedgerFold.Folded booked =
        LedgerFold.apply(before, booking(result, fill, nowMs), view.risk(), nowMs);
    LedgerFold.Folded folded =
        carriesRung(result, before, booked)
            ? LedgerFold.withRung(booked, result.getRung())
            : booked;
    if (!fits(folded)) {
      remarks.add(new Finding(ReasonCode.FILL_INVALID, numbers(result, fill)));
      return Optional.empty();
    }
    if (result.getOrigin() == ResultOrigin.PLAN && view.plan().isEmpty()) {
      remarks.add(new Finding(ReasonCode.FILL_WITHOUT_PLAN, numbers(result, fill)));
    }
    return Optional.of(folded);
  }

  /** A rung is taken by the fill that carries it, in the position that it reduces. */
  private static boolean carriesRung(
      ApplyResult result, PositionLedger before, LedgerFold.Folded booked) {
    return result.getTrigger() == ExitTrigger.RUNG
        && result.getRung() > 0
        && before.getPositionId().equals(booked.row().getPositionId());
  }

  /** Returns whether fill, side and symbol are such that the ledger can book them. */
  private static boolean isBookable(ApplyResult result, Fill fill) {
    return Symbols.isSymbol(result.getSymbol())
        && result.getSide() != OrderSide.UNRECOGNIZED
        && !fill.getFillId().isEmpty()
        && Decimals.isPositive(fill.getQuantity())
        && Decimals.isPositive(fill.getPrice())
        && Stream.of(fill.getQuantity(), fill.getPrice(), fill.getFee())
            .allMatch(RecordBounds::fits);
  }

  /** A sum beyond what the contracts hold could never be written, however often it is tried. */
  private static boolean fits(LedgerFold.Folded folded) {
    try {
      folded.rows().forEach(Decimals::requireFit);
      return true;
    } catch (ArithmeticException tooLarge) {
      return false;
    }
  }

  private static Booking booking(ApplyResult result, Fill fill, long nowMs) {
    boolean timely = fill.getAtMs() > 0 && fill.getAtMs() <= nowMs;
    return new Booking(
        result.getSide(),
        fill.getQuantity(),
        fill.getPrice(),
        fill.getFee(),
        timely ? fill.getAtMs() : nowMs,
        Math.max(1, result.getLeverage()),
        fill.getFillId(),
        result.getPlanId(),
        result.getOrderId());
  }

  private static OpenPlan filled(OpenPlan plan, ApplyResult result) {
    BigDecimal quantity = result.getFill().getQuantity();
    return Copies.of(plan, OpenPlan.newBuilder())
        .setFilledQuantity(plan.getFilledQuantity().add(quantity).min(plan.getQuantity()))
        .build();
  }

  private static Numbers numbers(ApplyResult result, Fill fill) {
    return Numbers.none()
        .and("fillId", fill.getFillId())
        .and("side", result.getSide().name())
        .and("quantity", fill.getQuantity())
        .and("price", fill.getPrice())
        .and("planId", result.getPlanId());
  }
}
