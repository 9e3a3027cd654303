package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Set;

/** Which decisions refused somebody something. */
public final class Denials {

  private static final Set<String> HOLDS =
      Set.of(ReasonCode.INTENT_HOLD.name(), ReasonCode.ACTION_HOLD.name());

  private Denials() {}

  /** Returns whether nothing was asked for: an intent to hold, or a proposal to. */
  public static boolean isHold(Decision decision) {
    return HOLDS.contains(decision.getCode());
  }

  /**
   * Returns whether somebody was refused something. Whoever asks for nothing is denied by the
   * letter; it would drown everything else.
   */
  public static boolean isDenial(Decision decision) {
    return decision.getVerdict() == Verdict.DENIED && !isHold(decision);
  }
}
