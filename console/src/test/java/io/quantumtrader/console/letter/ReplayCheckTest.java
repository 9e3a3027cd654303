package io.quantumtrader.console.letter;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.testing.Records;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.deadletter.Letter;
import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which record may be sent again, and what is said before it is. */
final class ReplayCheckTest {

  private static final Policy POLICY = Policies.initial(NOW);

  private static Letter letter(LetterReader reader, Topic topic, String reason) {
    return new Letter(reader, topic.topicName(), 1, 17, reason, "what failed", true, true, "ab");
  }

  private static Letter intent(String reason) {
    return letter(LetterReader.STAGES, Topic.TRADE_INTENT, reason);
  }

  private static Optional<String> refusal(Letter letter) {
    return ReplayCheck.refusal(letter, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"VALUE_UNREADABLE", "KEY_PARTITION_MISMATCH", "DECISION_FAILED"})
  void shouldLetAnIntentGoAgainThatMayEndInAnotherWay(String reason) {
    assertThat(refusal(intent(reason))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"KEY_VALUE_MISMATCH", "ACCOUNT_INVALID", "VALUE_MISSING", "VALUE_OUT_OF_BOUNDS"})
  void shouldRefuseWhatWouldEndTheSameWay(String reason) {
    assertThat(refusal(intent(reason)))
        .contains("it would end as " + reason + " again; let its sender send it anew");
  }

  @Test
  void shouldRefuseALetterThatHasNotAllOfTheRecord() {
    Letter whole = intent("VALUE_UNREADABLE");
    Letter cut =
        new Letter(whole.reader(), whole.topic(), 1, 17, whole.reason(), "m", false, true, "ab");
    Letter empty =
        new Letter(whole.reader(), whole.topic(), 1, 17, "DECISION_FAILED", "m", true, false, "");

    assertThat(refusal(cut).orElseThrow()).startsWith("the letter has only a part of the record");
    assertThat(refusal(empty).orElseThrow()).startsWith("it would end as DECISION_FAILED again");
  }

  @Test
  void shouldSendAPlanAgainThatCouldNotBeReadAndNoOther() {
    assertThat(refusal(letter(LetterReader.EXECUTOR, Topic.APPLY_PLAN, "VALUE_UNREADABLE")))
        .isEmpty();
    assertThat(refusal(letter(LetterReader.EXECUTOR, Topic.APPLY_PLAN, "KEY_PARTITION_MISMATCH")))
        .contains("it is none of the stages' plans: what failed");
  }

  @Test
  void shouldSayWhoSentItAgainBeforeAnythingElse() {
    LetterReplay done =
        LetterReplay.newBuilder()
            .setTopic("quantum.trade.intent")
            .setPartition(1)
            .setOffset(17)
            .setToPartition(2)
            .setToOffset(40)
            .setLetterPartition(0)
            .setLetterOffset(3)
            .setReason("mended")
            .setReplayedBy("dora")
            .setAtMs(NOW)
            .build();

    assertThat(ReplayCheck.refusal(intent("KEY_VALUE_MISMATCH"), Optional.of(done)))
        .contains("it was sent again at 2025-11-19 10:00:00 UTC by dora, as 2:40: mended");
  }

  @ParameterizedTest
  @CsvSource({"alpha, true", "alpha:BTCUSDT, true", "'', true", ", true", "beta, false"})
  void shouldRefuseAnIntentOfWhichTheKeyNamesAnotherAccount(String key, boolean allowed) {
    Optional<String> refusal =
        ReplayCheck.refusal(
            key == null ? null : key.getBytes(UTF_8), Records.intent("i", "alpha", BTC).build());

    assertThat(refusal.isEmpty()).isEqualTo(allowed);
    assertThat(refusal.orElse("KEY_VALUE_MISMATCH")).contains("KEY_VALUE_MISMATCH");
  }

  @Test
  void shouldSayThatAnIntentIsTooOldOneStepBehindThePolicysAgeAndNotAtIt() {
    long maxMs = POLICY.getIntentMaxAgeMs();
    var made = Records.intent("i", "alpha", BTC).setCreatedAtMs(NOW).build();
    Letter letter = intent("VALUE_UNREADABLE");

    assertThat(ReplayCheck.warnings(letter, made, NOW + maxMs, POLICY)).isEmpty();
    assertThat(ReplayCheck.warnings(letter, made, NOW + maxMs + 1, POLICY))
        .containsExactly(
            "It is 60 s old, at most 60 s are allowed: it will be denied INTENT_EXPIRED.");
    assertThat(ReplayCheck.warnings(letter, made, 0, POLICY)).isEmpty();
  }

  @Test
  void shouldSayThatAPermitHasEndedAtItsEndAndNotBefore() {
    var plan = Records.plan("p", "alpha", BTC).build();
    long endsMs = plan.getPermit().getExpiresAtMs();
    Letter letter = letter(LetterReader.EXECUTOR, Topic.APPLY_PLAN, "VALUE_UNREADABLE");

    assertThat(ReplayCheck.warnings(letter, plan, endsMs - 1, POLICY)).isEmpty();
    assertThat(ReplayCheck.warnings(letter, plan, endsMs + 7_200_000, POLICY))
        .singleElement()
        .asString()
        .startsWith("Its permit ended 2.0 h ago: the executor will answer PERMIT_LAPSED");
  }

  @Test
  void shouldSayThatDecidingFailedBefore() {
    var made = Records.intent("i", "alpha", BTC).setCreatedAtMs(NOW).build();

    assertThat(ReplayCheck.warnings(intent("DECISION_FAILED"), made, NOW, POLICY))
        .isEqualTo(List.of("Deciding it failed and may again: what failed"));
  }

  @Test
  void shouldSayInOneLineWhyItStillCannotBeRead() {
    assertThat(ReplayCheck.unreadable("no schema has this id: 4711\nat x"))
        .startsWith("it still cannot be read: no schema has this id: 4711; ")
        .endsWith("or say that it may stay unreadable (--even-if-unreadable)")
        .doesNotContain("\n");
  }
}
