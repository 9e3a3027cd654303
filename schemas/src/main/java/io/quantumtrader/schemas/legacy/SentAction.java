package io.quantumtrader.schemas.legacy;

import io.quantumtrader.schemas.avro.IntentAction;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An action in one of the spellings that senders use.
 *
 * @param action requested action; UNRECOGNIZED for any other spelling
 * @param closing whether the spelling itself says that the order may only close
 * @param part whether the spelling says that only a part is to be closed, so that a size is needed
 * @param share share of the open position that the spelling names, above 0 and at most 1: 0.25 for
 *     PARTIAL_CLOSE_25
 */
record SentAction(IntentAction action, boolean closing, boolean part, Optional<BigDecimal> share) {

  private static final Pattern PART =
      Pattern.compile("(?:PARTIAL(?:_CLOSE)?|REDUCE)_([1-9][0-9]?|100)");
  private static final Pattern HARVEST = Pattern.compile("HARVEST_([1-9][0-9]?)_KEEP_[0-9]{1,2}");

  /** Reads a spelling; case, and whether words are parted by space, dash or underscore, is free. */
  static SentAction of(String text) {
    String spelling = spelling(text);
    return switch (spelling) {
      case "BUY" -> of(IntentAction.BUY, false);
      case "SELL" -> of(IntentAction.SELL, false);
      case "LONG", "OPEN_LONG", "OPEN_BUY" -> of(IntentAction.OPEN_LONG, false);
      case "SHORT", "OPEN_SHORT", "OPEN_SELL" -> of(IntentAction.OPEN_SHORT, false);
      case "CLOSE",
          "FULL_CLOSE",
          "FULL_CLOSE_PROPOSED",
          "EXIT",
          "TIME_STOP_EXIT",
          "TOXICITY_UNWIND" ->
          of(IntentAction.CLOSE, false);
      case "PARTIAL_CLOSE" -> new SentAction(IntentAction.CLOSE, false, true, Optional.empty());
      case "CLOSE_LONG" -> of(IntentAction.SELL, true);
      case "CLOSE_SHORT" -> of(IntentAction.BUY, true);
      case "HOLD" -> of(IntentAction.HOLD, false);
      default -> part(spelling);
    };
  }

  /** Returns a text with one way of writing it. */
  static String spelling(String text) {
    return text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  private static SentAction part(String spelling) {
    for (Pattern pattern : new Pattern[] {PART, HARVEST}) {
      Matcher matcher = pattern.matcher(spelling);
      if (matcher.matches()) {
        return new SentAction(
            IntentAction.CLOSE,
            false,
            true,
            Optional.of(new BigDecimal(matcher.group(1)).movePointLeft(2)));
      }
    }
    return of(IntentAction.UNRECOGNIZED, false);
  }

  private static SentAction of(IntentAction action, boolean closing) {
    return new SentAction(action, closing, false, Optional.empty());
  }
}
