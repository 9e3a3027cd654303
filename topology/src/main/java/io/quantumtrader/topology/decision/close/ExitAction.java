package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a proposal asks for, read from the action's text. The old system's words are read as the
 * legacy exit contract, section 7.4, says, with a note; NONE with a new stop moves the stop.
 *
 * @param kind what to do
 * @param share share of what is open to close, above 0, at most 1; 0 where nothing is closed
 * @param note how an old word was read
 */
public record ExitAction(Kind kind, BigDecimal share, Optional<ReasonCode> note) {

  public static final String NONE = "NONE";
  public static final String HOLD = "HOLD";
  public static final String UPDATE_SL = "UPDATE_SL";
  public static final String FULL_CLOSE = "FULL_CLOSE_PROPOSED";
  private static final String PARTIAL = "PARTIAL_";
  private static final Set<String> OLD_CLOSES = Set.of("EXIT", "REDUCE", "CLOSE", "FULL_CLOSE");
  private static final Set<String> OLD_ENTRIES = Set.of("ENTRY", "ENTER", "OPEN");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** What to do. */
  public enum Kind {
    FULL_CLOSE,
    PARTIAL_CLOSE,
    MOVE_STOP,
    HOLD,
    UNKNOWN
  }

  /** Returns what the proposal itself asks for, whatever the heat gate made of it. */
  public static ExitAction read(HarvestProposal proposal) {
    Optional<BigDecimal> share =
        Optional.ofNullable(proposal.getShare()).filter(Double::isFinite).map(BigDecimal::valueOf);
    return read(proposal.getAction(), share, proposal.getNewStop() != null);
  }

  /** Returns what is to be done: the calibrated action where it holds, else the original. */
  public static ExitAction inForce(HarvestProposal proposal) {
    boolean calibrated =
        proposal.getCalibration() != null && proposal.getCalibration().getCalibrated();
    if (!calibrated || proposal.getCalibration().getAction().equals(proposal.getAction())) {
      return read(proposal);
    }
    return read(
        proposal.getCalibration().getAction(), Optional.empty(), proposal.getNewStop() != null);
  }

  /**
   * Returns what a text asks for.
   *
   * @param share share named beside a partial close; otherwise the percentage in the text holds
   * @param hasStop whether a new stop stands beside it
   */
  public static ExitAction read(String text, Optional<BigDecimal> share, boolean hasStop) {
    String action = text.strip().toUpperCase(Locale.ROOT);
    if (action.isEmpty() || action.equals("UNKNOWN")) {
      return hasStop
          ? of(Kind.MOVE_STOP, ReasonCode.ACTION_NORMALIZED_TO_STOP)
          : of(Kind.HOLD, ReasonCode.ACTION_NORMALIZED_TO_HOLD);
    }
    if (OLD_CLOSES.contains(action)) {
      return new ExitAction(
          Kind.FULL_CLOSE, BigDecimal.ONE, Optional.of(ReasonCode.ACTION_NORMALIZED_TO_CLOSE));
    }
    if (OLD_ENTRIES.contains(action)) {
      return of(Kind.HOLD, ReasonCode.ACTION_NORMALIZED_TO_HOLD);
    }
    return switch (action) {
      case FULL_CLOSE -> new ExitAction(Kind.FULL_CLOSE, BigDecimal.ONE, Optional.empty());
      case UPDATE_SL -> of(Kind.MOVE_STOP);
      case NONE -> of(hasStop ? Kind.MOVE_STOP : Kind.HOLD);
      case HOLD -> of(Kind.HOLD);
      default -> partial(action, share);
    };
  }

  private static ExitAction partial(String action, Optional<BigDecimal> share) {
    if (!action.matches(PARTIAL + "[0-9]{1,2}")) {
      return of(Kind.UNKNOWN);
    }
    BigDecimal named = new BigDecimal(action.substring(PARTIAL.length())).divide(HUNDRED);
    BigDecimal taken = share.orElse(named);
    boolean sensible = taken.signum() > 0 && taken.compareTo(BigDecimal.ONE) <= 0;
    return sensible
        ? new ExitAction(Kind.PARTIAL_CLOSE, taken, Optional.empty())
        : of(Kind.UNKNOWN);
  }

  private static ExitAction of(Kind kind) {
    return new ExitAction(kind, BigDecimal.ZERO, Optional.empty());
  }

  private static ExitAction of(Kind kind, ReasonCode note) {
    return new ExitAction(kind, BigDecimal.ZERO, Optional.of(note));
  }
}
