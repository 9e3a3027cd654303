package io.quantumtrader.replay.incident;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.HarvestProposal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the close under one policy.
 *
 * @param name what the policy is called
 * @param thresholds what differs from the default policy, as {@code KEY=VALUE}
 * @param firstHeld the first close that was held back; empty where none was
 * @param atTheScore the first held one whose kill score is 0.756 with three digits
 * @param heldTimes how often a close was held back
 * @param closed the close that ended the position; empty where it is still open
 * @param realized profit of the position before fees, quote currency
 */
public record CloseWhatIf(
    String name,
    List<String> thresholds,
    Optional<Point> firstHeld,
    Optional<Point> atTheScore,
    long heldTimes,
    Optional<Close> closed,
    BigDecimal realized) {

  private static final double SCORE = 0.756;
  private static final double HALF_DIGIT = 0.0005;

  /**
   * A moment of a position.
   *
   * @param atMs when, epoch milliseconds UTC
   * @param killScore kill score, 0 to 1
   * @param rNet profit after costs in multiples of the risk
   * @param code what was made of the proposal
   */
  public record Point(long atMs, double killScore, double rNet, String code) {}

  /**
   * The fill that ended it.
   *
   * @param atMs when, epoch milliseconds UTC
   * @param trigger what led to it
   * @param price price of the fill, quote currency
   * @param proposal the proposal that it follows from; empty for a stop or target of the exchange
   */
  public record Close(long atMs, String trigger, BigDecimal price, Optional<Point> proposal) {}

  /** Returns whether a kill score is 0.756 with three digits. */
  static boolean isTheScore(double killScore) {
    return Math.abs(killScore - SCORE) < HALF_DIGIT;
  }

  static CloseWhatIf of(String name, List<String> thresholds, NowFold run) {
    List<Point> held =
        run.calibrated().stream()
            .filter(each -> isHold(each.getCalibration()))
            .map(CloseWhatIf::point)
            .toList();
    Optional<Close> closed =
        run.outcome().openAtEnd() > 0
            ? Optional.empty()
            : Optional.of(close(run.fills().getLast(), run.calibrated()));
    return new CloseWhatIf(
        name,
        List.copyOf(thresholds),
        held.stream().findFirst(),
        held.stream().filter(each -> isTheScore(each.killScore())).findFirst(),
        held.size(),
        closed,
        run.results().all().gross());
  }

  private static boolean isHold(Calibration calibration) {
    return calibration != null && NowFold.HOLDS.contains(calibration.getCode());
  }

  private static Point point(HarvestProposal proposal) {
    return new Point(
        proposal.getAsOfMs(),
        proposal.getKillScore(),
        proposal.getRNet(),
        proposal.getCalibration().getCode());
  }

  private static Close close(ApplyResult fill, List<HarvestProposal> proposals) {
    Optional<Point> proposal =
        proposals.stream()
            .filter(each -> each.getTrigger() == fill.getTrigger())
            .filter(each -> each.getAsOfMs() <= fill.getAtMs())
            .filter(each -> !isHold(each.getCalibration()))
            .reduce((earlier, later) -> later)
            .map(CloseWhatIf::point);
    return new Close(fill.getAtMs(), fill.getTrigger().name(), fill.getFill().getPrice(), proposal);
  }
}
