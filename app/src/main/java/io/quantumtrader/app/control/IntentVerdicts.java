package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Verdict;

/** Which decisions are the last word on an intent. */
public final class IntentVerdicts {

  private IntentVerdicts() {}

  /**
   * Returns whether a decision is the verdict on an intent of an account; {@code causeId} names the
   * intent. What is recorded on the way, such as a quantity that was capped, is no verdict.
   */
  public static boolean isVerdict(Decision made, String account) {
    return made.getCauseType() == CauseType.INTENT
        && made.getAccount().equals(account)
        && (made.getVerdict() == Verdict.GRANTED || made.getVerdict() == Verdict.DENIED);
  }
}
