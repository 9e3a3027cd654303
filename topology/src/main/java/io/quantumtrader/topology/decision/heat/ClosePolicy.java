package io.quantumtrader.topology.decision.heat;

import java.util.Arrays;

/** What becomes of an unstable full close. */
public enum ClosePolicy {
  /** It is held back; a tighter stop is set where one is proposed. */
  HOLD_WHEN_UNSTABLE("hold_when_unstable"),
  /** The same, unless it takes enough profit. */
  PROFIT_OVERRIDE("profit_override"),
  /** It goes ahead. */
  RISK_FIRST("risk_first");

  private final String label;

  ClosePolicy(String label) {
    this.label = label;
  }

  /** Returns the name in the policy record. */
  public String label() {
    return label;
  }

  /** Returns the one with this name; the default where this version does not know it. */
  public static ClosePolicy named(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label.equals(label))
        .findFirst()
        .orElse(PROFIT_OVERRIDE);
  }
}
