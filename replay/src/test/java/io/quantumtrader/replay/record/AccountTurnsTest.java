package io.quantumtrader.replay.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.replay.record.RecordedRecord.RecordedHeader;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.TaskInputs;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order in which a task had its records, from what it told. */
final class AccountTurnsTest {

  private final Map<Topic, List<RecordedRecord>> inputs = new EnumMap<>(Topic.class);
  private final List<RecordedRecord> states = new ArrayList<>();
  private final List<RecordedRecord> letters = new ArrayList<>();

  AccountTurnsTest() {
    AccountTurns.TOPICS.forEach(topic -> inputs.put(topic, new ArrayList<>()));
  }

  private static RecordedRecord record(Topic topic, long offset, long atMs, RecordedHeader... of) {
    return new RecordedRecord(
        topic,
        0,
        offset,
        atMs,
        Optional.of("main"),
        List.of(of),
        Optional.empty(),
        Optional.empty());
  }

  private static RecordedHeader header(String name, String value) {
    return new RecordedHeader(name, value.getBytes(UTF_8));
  }

  private void input(Topic topic, long offset, long atMs) {
    inputs.get(topic).add(record(topic, offset, atMs));
  }

  private void told(long atMs, String taken) {
    states.add(
        record(Topic.PORTFOLIO_STATE, states.size(), atMs, header(TaskInputs.HEADER, taken)));
  }

  private List<String> turns() {
    return AccountTurns.of(inputs, Told.of(List.of(states), 0), RefusedSteps.of(letters), 0)
        .stream()
        .map(
            turn -> turn.record().topic().name() + "@" + turn.record().offset() + " " + turn.atMs())
        .toList();
  }

  /** A result of 1.5 s that came after the step of 2 s, and a wallet that came before it. */
  @Test
  void shouldFollowWhatTheTaskToldBeforeTheTimes() {
    input(Topic.CLOCK, 0, 1000);
    input(Topic.CLOCK, 1, 2000);
    input(Topic.APPLY_RESULT, 7, 1500);
    input(Topic.EXCHANGE_ACCOUNT, 3, 1900);
    told(2000, "quantum.clock@1,quantum.exchange.account@3");
    told(2000, "quantum.apply.result@7,quantum.clock@1,quantum.exchange.account@3");

    assertThat(turns())
        .containsExactly(
            "CLOCK@0 1000", "EXCHANGE_ACCOUNT@3 1000", "CLOCK@1 2000", "APPLY_RESULT@7 2000");
  }

  @Test
  void shouldGoByTheTimesWhereNothingIsTold() {
    input(Topic.CLOCK, 0, 1000);
    input(Topic.TRADE_INTENT, 0, 1500);
    input(Topic.CLOCK, 1, 2000);
    input(Topic.APPLY_RESULT, 0, 1400);

    assertThat(turns())
        .containsExactly(
            "CLOCK@0 1000", "APPLY_RESULT@0 1000", "TRADE_INTENT@0 1000", "CLOCK@1 2000");
  }

  /** One that was started anew names only what it has taken since. */
  @Test
  void shouldGoByTheTimesForWhatATaskForgot() {
    input(Topic.CLOCK, 0, 1000);
    input(Topic.CLOCK, 1, 2000);
    input(Topic.CLOCK, 2, 3000);
    input(Topic.TRADE_INTENT, 0, 1100);
    input(Topic.TRADE_INTENT, 1, 2100);
    told(1000, "quantum.trade.intent@0,quantum.clock@0");
    told(2000, "quantum.trade.intent@1");

    assertThat(turns())
        .containsExactly(
            "CLOCK@0 1000",
            "TRADE_INTENT@0 1000",
            "CLOCK@1 2000",
            "TRADE_INTENT@1 2000",
            "CLOCK@2 3000");
  }

  @Test
  void shouldNotBelieveAStepThatWasRefused() {
    input(Topic.CLOCK, 0, 1000);
    input(Topic.CLOCK, 1, 9_000_000);
    input(Topic.CLOCK, 2, 2000);
    letters.add(
        record(
            Topic.DEAD_LETTER,
            0,
            1000,
            header(DeadLetter.REASON, "CLOCK_IN_FUTURE"),
            header(DeadLetter.TOPIC, "quantum.clock"),
            header(DeadLetter.PARTITION, "0"),
            header(DeadLetter.OFFSET, "1")));

    assertThat(turns()).containsExactly("CLOCK@0 1000", "CLOCK@1 1000", "CLOCK@2 2000");
  }

  @Test
  void shouldPassOverAHeaderThatIsNotOurs() {
    assertThat(Told.inputs(record(Topic.DECISION, 0, 1, header(TaskInputs.HEADER, "none"))))
        .isEmpty();
    assertThat(Told.inputs(record(Topic.DECISION, 0, 1))).isEmpty();
  }
}
