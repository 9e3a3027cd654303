package io.quantumtrader.schemas.legacy;

import io.quantumtrader.schemas.avro.IntentAction;
import java.util.Locale;

/**
 * An action in one of the spellings that senders use.
 *
 * @param action requested action; UNRECOGNIZED for any other spelling
 * @param closing whether the spelling itself says that the order may only close
 */
record SentAction(IntentAction action, boolean closing) {

  /** Reads a spelling; case, and whether words are parted by space, dash or underscore, is free. */
  static SentAction of(String text) {
    return switch (text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_')) {
      case "BUY" -> new SentAction(IntentAction.BUY, false);
      case "SELL" -> new SentAction(IntentAction.SELL, false);
      case "LONG", "OPEN_LONG", "OPEN_BUY" -> new SentAction(IntentAction.OPEN_LONG, false);
      case "SHORT", "OPEN_SHORT", "OPEN_SELL" -> new SentAction(IntentAction.OPEN_SHORT, false);
      case "CLOSE" -> new SentAction(IntentAction.CLOSE, false);
      case "CLOSE_LONG" -> new SentAction(IntentAction.SELL, true);
      case "CLOSE_SHORT" -> new SentAction(IntentAction.BUY, true);
      case "HOLD" -> new SentAction(IntentAction.HOLD, false);
      default -> new SentAction(IntentAction.UNRECOGNIZED, false);
    };
  }
}
