package io.quantumtrader.console.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.console.text.Plain;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.deadletter.Letter;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.entry.IntentPlace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Whether a dead letter's record may be sent again, and what is likely to come of it. */
public final class ReplayCheck {

  /** What these say of a record is in its bytes, so they would say it again. */
  private static final Set<ReasonCode> SAME_AGAIN =
      EnumSet.of(
          ReasonCode.KEY_VALUE_MISMATCH,
          ReasonCode.ACCOUNT_INVALID,
          ReasonCode.VALUE_MISSING,
          ReasonCode.VALUE_OUT_OF_BOUNDS);

  private ReplayCheck() {}

  /**
   * Returns why a record may not be sent again, as far as its letter's headers say; empty where it
   * may.
   *
   * @param done that it was sent again, where it was
   */
  public static Optional<String> refusal(Letter letter, Optional<LetterReplay> done) {
    if (done.isPresent()) {
      return Optional.of(said(done.get()));
    }
    ReplayRule rule = ReplayRule.of(letter.reader(), letter.topic());
    if (!rule.isAllowed()) {
      return Optional.of(rule.refusal());
    }
    if (!letter.whole() || letter.offset() < 0) {
      return Optional.of(
          "the letter has only a part of the record, which was too large; its place says the rest");
    }
    Optional<ReasonCode> reason = ReasonCode.named(letter.reason());
    if (!letter.hasValue() || reason.filter(SAME_AGAIN::contains).isPresent()) {
      return Optional.of(same(reason.orElse(ReasonCode.VALUE_MISSING)));
    }
    if (rule == ReplayRule.PLAN && reason.orElse(null) != ReasonCode.VALUE_UNREADABLE) {
      return Optional.of("it is none of the stages' plans: " + letter.message());
    }
    return Optional.empty();
  }

  private static String said(LetterReplay done) {
    return "it was sent again at %s UTC by %s, as %d:%d: %s"
        .formatted(
            Plain.dateTime(done.getAtMs()),
            done.getReplayedBy(),
            done.getToPartition(),
            done.getToOffset(),
            done.getReason());
  }

  private static String same(ReasonCode code) {
    return "it would end as %s again; let its sender send it anew".formatted(code.name());
  }

  /** Returns why a record may not be sent again that can be read now; empty where it may. */
  public static Optional<String> refusal(byte[] key, SpecificRecord value) {
    if (value instanceof TradeIntent intent) {
      String text = key == null ? null : new String(key, UTF_8);
      return IntentPlace.account(text, intent.getAccount()).isEmpty()
          ? Optional.of(same(ReasonCode.KEY_VALUE_MISMATCH))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** Returns why a record that cannot be read is not sent again, unless that is asked for. */
  public static String unreadable(String why) {
    return ("it still cannot be read: %s; register its schema first, or say that it may stay"
            + " unreadable (--even-if-unreadable)")
        .formatted(why.lines().findFirst().orElse(""));
  }

  /**
   * Returns what is likely to come of it, where that is known.
   *
   * @param value the record, which can be read
   * @param nowMs the pipeline's clock, epoch milliseconds UTC; 0: not known
   * @param policy policy of the record's account
   */
  public static List<String> warnings(
      Letter letter, SpecificRecord value, long nowMs, Policy policy) {
    List<String> warnings = new ArrayList<>();
    if (letter.reason().equals(ReasonCode.DECISION_FAILED.name())) {
      warnings.add("Deciding it failed and may again: " + letter.message());
    }
    if (nowMs > 0 && value instanceof TradeIntent intent) {
      long ageMs = nowMs - intent.getCreatedAtMs();
      if (ageMs > policy.getIntentMaxAgeMs()) {
        warnings.add(
            "It is %s old, at most %s are allowed: it will be denied INTENT_EXPIRED."
                .formatted(Plain.duration(ageMs), Plain.duration(policy.getIntentMaxAgeMs())));
      }
    }
    if (nowMs > 0 && value instanceof ApplyPlan plan) {
      long endedMs = nowMs - plan.getPermit().getExpiresAtMs();
      if (endedMs >= 0) {
        warnings.add(
            "Its permit ended %s ago: the executor will answer PERMIT_LAPSED, which ends its"
                    .formatted(Plain.duration(endedMs))
                + " reservation.");
      }
    }
    return List.copyOf(warnings);
  }
}
