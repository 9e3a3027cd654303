package io.quantumtrader.topology.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeathWindowTest {

  private static final long MINUTE = 60_000;
  private static final long WINDOW = DeathWindow.WINDOW.toMillis();

  private final DeathWindow window = new DeathWindow();

  private static Death at(long offset) {
    return new Death(
        DeathKind.RECORD,
        "java.lang.ArithmeticException: precision 38",
        Optional.of(new RecordPlace("quantum.trade.intent", 3, offset)));
  }

  private static Death of(DeathKind kind, String cause) {
    return new Death(kind, cause, Optional.empty());
  }

  @Test
  void shouldWaitOutWhatPassesHoweverOftenItComes() {
    for (DeathKind kind : DeathKind.values()) {
      if (kind.passes()) {
        for (int i = 0; i < 100; i++) {
          assertThat(window.add(of(kind, "away"), i)).isInstanceOf(DeathWindow.Replace.class);
        }
      }
    }
  }

  @Test
  void shouldEndAtTheLimitAndNameTheRecordThatRepeats() {
    for (int i = 1; i < DeathWindow.MOST; i++) {
      assertThat(window.add(at(42), i)).isInstanceOf(DeathWindow.Replace.class);
      // A bystander each time: it comes last but is not what repeats without end.
      window.add(of(DeathKind.MOVED, "fenced"), i);
    }

    DeathWindow.Verdict verdict = window.add(at(42), 100);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            DeathWindow.End.class,
            end ->
                assertThat(end.reason())
                    .contains(
                        DeathWindow.MOST + " times",
                        "quantum.trade.intent-3 at offset 42",
                        "ArithmeticException: precision 38")
                    .doesNotContain("fenced"));
  }

  @Test
  void shouldCountDeathsOfDifferentCausesApart() {
    for (int i = 1; i < DeathWindow.MOST; i++) {
      window.add(of(DeathKind.OTHER, "one"), i);
      window.add(of(DeathKind.OTHER, "other"), i);
    }
    assertThat(window.count(DeathWindow.MOST)).isEqualTo(2 * (DeathWindow.MOST - 1));
    assertThat(window.add(of(DeathKind.OTHER, "one"), 100)).isInstanceOf(DeathWindow.End.class);
  }

  @Test
  void shouldForgetWhatIsAWindowOld() {
    for (int i = 1; i < DeathWindow.MOST; i++) {
      window.add(at(42), 0);
    }
    assertThat(window.count(WINDOW - 1)).isEqualTo(DeathWindow.MOST - 1);
    assertThat(window.count(WINDOW)).isZero();

    // Ten in the life of a process are not the end.
    assertThat(window.add(at(42), WINDOW)).isEqualTo(new DeathWindow.Replace(0));
  }

  @Test
  void shouldEndWhereTheLastIsJustWithinTheWindow() {
    for (int i = 1; i < DeathWindow.MOST; i++) {
      window.add(at(42), 0);
    }
    assertThat(window.add(at(42), WINDOW - 1)).isInstanceOf(DeathWindow.End.class);
  }

  @Test
  void shouldStartAnewWhereThePartitionWentOn() {
    for (int i = 1; i < DeathWindow.MOST; i++) {
      window.add(at(42), i);
    }
    assertThat(window.add(at(43), 20)).isInstanceOf(DeathWindow.Replace.class);
    assertThat(window.count(20)).isEqualTo(1);
    assertThat(window.add(at(43), 21)).isInstanceOf(DeathWindow.Replace.class);
  }

  @Test
  void shouldPauseLongerEachTimeUpToABound() {
    long[] pauses = new long[9];
    for (int i = 0; i < pauses.length; i++) {
      pauses[i] =
          ((DeathWindow.Replace) window.add(of(DeathKind.BROKER, "away"), i * MINUTE / 10))
              .pauseMs();
    }
    assertThat(pauses).containsExactly(0, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000);
  }

  @Test
  void shouldSayWhatTheLastOneWas() {
    assertThat(window.last(0)).isEmpty();
    assertThat(window.sinceLastMs(0)).isEmpty();

    window.add(at(42), 1_000);

    assertThat(window.last(8_000))
        .hasValueSatisfying(last -> assertThat(last).contains("7 s ago", "offset 42"));
    assertThat(window.sinceLastMs(8_000)).contains(7_000L);
  }
}
