package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a search has to meet over a batch of seeds, and what it cannot meet and why. */
public final class Reachable {

  private static final Map<ReasonCode, String> NOT = not();

  private Reachable() {}

  private static Map<ReasonCode, String> not() {
    Map<ReasonCode, String> not = new EnumMap<>(ReasonCode.class);
    not.put(
        ReasonCode.RISK_ATR_MISSING,
        "a state comes with 257 closes and its ATR with 14 of them, so no state is without one");
    not.put(
        ReasonCode.PLAN_DUPLICATE,
        "a stop that was moved rests at least as tight as it was asked for, so that asking again is"
            + " STOP_NOT_TIGHTER, and a rung again is RUNG_TAKEN; other exits get a new id");
    not.put(
        ReasonCode.MARKET_NOT_OF_EXCHANGE,
        "the exchange of a simulated world has no market of its own: it trades at the prices that are"
            + " fed");
    not.put(ReasonCode.OPERATOR_TOKEN_WRONG, "a simulated world has no page");
    return not;
  }

  /** Returns the codes that cannot occur in a simulated world, with the reason. */
  public static Map<ReasonCode, String> unreachable() {
    return Map.copyOf(NOT);
  }

  /** Returns the codes that were not met and should have been. */
  public static Set<ReasonCode> missing(Set<ReasonCode> met) {
    Set<ReasonCode> missing = EnumSet.allOf(ReasonCode.class);
    missing.removeAll(NOT.keySet());
    missing.removeAll(met);
    return missing;
  }

  /** Returns the races that were not met. */
  public static Set<Race> missingRaces(Set<Race> met) {
    Set<Race> missing = EnumSet.allOf(Race.class);
    missing.removeAll(met);
    return missing;
  }
}
