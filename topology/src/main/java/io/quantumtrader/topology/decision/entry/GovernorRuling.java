package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.topology.decision.Denial;

/** What the governor makes of an entry. */
public sealed interface GovernorRuling {

  /** The entry ends here. */
  record Denied(Denial denial) implements GovernorRuling {}

  /** The entry has a size. */
  record Sized(SizedEntry entry) implements GovernorRuling {}
}
