package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.Reply;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.schemas.reason.ReasonCode;
import org.slf4j.Logger;

/** What replies say where they are no success. */
final class Replies {

  private Replies() {}

  /** Returns a reply in words, one line. */
  static String words(Reply reply) {
    return switch (reply) {
      case Reply.Success success -> "it was done";
      case Reply.Refused refused -> "code " + refused.code() + ": " + refused.message();
      case Reply.Unanswered unanswered -> unanswered.why();
      case Reply.Limited limited ->
          "nothing was done, %s until %d: %s"
              .formatted(limited.limit(), limited.untilMs(), limited.message());
    };
  }

  /** Logs that something is not known; that a limit forbids to ask was said when it began. */
  static void log(Logger log, String account, String what, Reply reply) {
    if (reply instanceof Reply.Limited) {
      log.debug("{}: {}: {}", account, what, words(reply));
    } else {
      log.warn("{}: {}: {}", account, what, words(reply));
    }
  }

  /**
   * Returns a reply as an acknowledgement.
   *
   * @param precision what is too precise where the exchange says that something is
   */
  static Acknowledgement acknowledgement(Reply reply, ReasonCode precision) {
    return switch (reply) {
      case Reply.Success success -> new Acknowledgement.Done();
      case Reply.Refused refused -> ErrorMapping.acknowledgement(refused, precision);
      case Reply.Unanswered unanswered -> new Acknowledgement.Unresolved(words(unanswered));
      case Reply.Limited limited -> new Acknowledgement.Unresolved(words(limited));
    };
  }
}
