package io.quantumtrader.console.testing;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.MINUTE;
import static io.quantumtrader.console.testing.Records.NOW;

import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is left to operators in the book of {@link TwoAccounts}: a ramp, letters, entries. */
public final class LeftToOperators {

  private LeftToOperators() {}

  /** A ramp of alpha, of which one step is over, and one that beta's operator took back. */
  static void ramp(GivenBook book) {
    PolicySchedule first =
        PolicySchedule.newBuilder()
            .setScheduleId("1a000001")
            .setName(TwoAccounts.ALPHA)
            .setChanges(List.of("maxPositions=20"))
            .setAtMs(NOW + 60 * MINUTE)
            .setAfterTrades(1_000)
            .setDrawdownAtMost(0.5)
            .setReason("first step")
            .setScheduledBy("dora")
            .setCreatedAtMs(NOW - 20 * MINUTE)
            .setState(PolicyScheduleState.WAITING)
            .build();
    PolicySchedule refused =
        PolicySchedule.newBuilder(first)
            .setScheduleId("1a000002")
            .setName("default")
            .setChanges(List.of("maxPositions=1"))
            .setReason("fewer")
            .setState(PolicyScheduleState.REFUSED)
            .setEndedAtMs(NOW - 5 * MINUTE)
            .setOutcome("1 limit of 1 account exceeded.")
            .build();
    PolicySchedule withdrawn =
        PolicySchedule.newBuilder(refused)
            .setScheduleId("1a000003")
            .setName(TwoAccounts.BETA)
            .setCreatedAtMs(NOW - 15 * MINUTE)
            .setState(PolicyScheduleState.WITHDRAWN)
            .setEndedBy("max")
            .setOutcome("a bad week")
            .build();
    for (PolicySchedule each : List.of(first, refused, withdrawn)) {
      book.tell(Topic.POLICY_SCHEDULE, each.getScheduleId(), each);
    }
  }

  /** One that was sent again, one of the sink, and one that may be sent again. */
  static void letters(GivenBook book) {
    String sent = "a".repeat(64);
    book.tell(
        Topic.DEAD_LETTER,
        0,
        TwoAccounts.ALPHA,
        Optional.empty(),
        letter("quantum.trade.intent", "1", "12", sent));
    book.tell(
        Topic.LETTER_REPLAY,
        "quantum.trade.intent:1:12",
        LetterReplay.newBuilder()
            .setTopic("quantum.trade.intent")
            .setPartition(1)
            .setOffset(12)
            .setToPartition(1)
            .setToOffset(21)
            .setLetterPartition(0)
            .setLetterOffset(0)
            .setReader("stages")
            .setCode("VALUE_UNREADABLE")
            .setValueSha256(sent)
            .setReason("the schema was missing")
            .setReplayedBy("dora")
            .setAtMs(NOW)
            .build());
    book.tell(
        Topic.DEAD_LETTER,
        0,
        TwoAccounts.BETA,
        Optional.empty(),
        Map.of(
            "__connect.errors.topic", "quantum.decision",
            "__connect.errors.partition", "1",
            "__connect.errors.offset", "9",
            "__connect.errors.exception.message", "Redis took no value of this size"));
    book.tell(
        Topic.DEAD_LETTER,
        0,
        "gamma",
        Optional.empty(),
        letter("quantum.trade.intent", "1", "17", "c".repeat(64)));
  }

  /** Returns the headers of a letter of the stages about a value that they could not read. */
  public static Map<String, String> letter(
      String topic, String partition, String offset, String sha256) {
    return Map.of(
        DeadLetter.READER,
        "stages",
        DeadLetter.TOPIC,
        topic,
        DeadLetter.PARTITION,
        partition,
        DeadLetter.OFFSET,
        offset,
        DeadLetter.REASON,
        "VALUE_UNREADABLE",
        DeadLetter.MESSAGE,
        "no schema has this id: 4711",
        DeadLetter.VALUE_SIZE,
        "5",
        DeadLetter.VALUE_SHA256,
        sha256);
  }

  /** Tells an entry of each account that waits for a person, and one that waited in vain. */
  public static GivenBook waitingEntries(GivenBook book) {
    long now = NOW + MINUTE;
    waiting(book, 0, TwoAccounts.ALPHA, BTC, "00000000000000a1", now + 45_000);
    waiting(book, 1, TwoAccounts.BETA, ETH, "00000000000000a2", now + 20_000);
    waiting(book, 1, TwoAccounts.BETA, "XRPUSDT", "00000000000000a3", now);
    return book;
  }

  private static void waiting(
      GivenBook book, int partition, String account, String symbol, String id, long expiresAtMs) {
    book.tell(
        Topic.APPLY_PLAN,
        partition,
        account,
        Records.plan(id, account, symbol)
            .setCreatedAtMs(expiresAtMs - MINUTE)
            .setPermit(
                Records.permit(id, account, symbol)
                    .setGrantedAtMs(expiresAtMs - MINUTE)
                    .setExpiresAtMs(expiresAtMs)
                    .build())
            .build());
    book.tell(
        Topic.APPLY_RESULT,
        partition,
        account,
        Records.result("awaits-" + id, account, symbol)
            .setPlanId(id)
            .setOutcome(ResultOutcome.AWAITING_APPROVAL)
            .setFinalResult(false)
            .build());
  }
}
