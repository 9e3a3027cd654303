package io.quantumtrader.schemas.legacy;

import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.List;

/**
 * What came of reading something that should be an intent. Nonsense inside of a readable message is
 * kept in the intent, which is then denied with a code; refused is only what cannot become one.
 */
public sealed interface IntentReading {

  /**
   * It could be read.
   *
   * @param unknown names of fields that no reader of this contract knows, so that they were ignored
   */
  record Accepted(TradeIntent intent, List<String> unknown) implements IntentReading {}

  /**
   * It could not be read.
   *
   * @param reason why, for programs
   * @param text why, for people, one sentence without a full stop
   */
  record Refused(Reason reason, String text) implements IntentReading {}

  /** Why a message cannot become an intent. */
  enum Reason {
    /** There is no id that the intent could carry. */
    ID_MISSING,
    /** The message, or what it wraps, is not JSON. */
    NOT_JSON,
    /** The message, or what it wraps, is JSON but no object. */
    NOT_AN_OBJECT,
    /** The account is no account name, so the intent belongs nowhere. */
    ACCOUNT_INVALID,
    /** A field is missing that cannot be done without. */
    FIELD_MISSING,
    /** A field has a name that the schema does not know. */
    FIELD_UNKNOWN,
    /** A field has a value of the wrong kind. */
    FIELD_INVALID
  }
}
