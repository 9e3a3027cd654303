package io.quantumtrader.replay.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.replay.report.IncidentText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What became of each incident's input then, and what becomes of it now. */
final class IncidentReportTest {

  @Test
  void shouldCloseWhatWasNeverClosed() throws Exception {
    IncidentReport report = play(Incident.POSITIONS_WITHOUT_CLOSE);

    IncidentOutcome then = report.then();
    assertThat(then.mostOpen()).isEqualTo(45);
    assertThat(then.openAtEnd()).isEqualTo(45);
    assertThat(then.closes()).isEmpty();
    assertThat(then.refused()).containsExactly(entry("SELL_WITHOUT_LEDGER", 45L));
    assertThat(then.held().get("KILL_SCORE_CLOSE_BLOCKED")).isPositive();
    assertThat(then.watched()).isEqualTo(3);

    IncidentOutcome now = report.now();
    assertThat(now.opened()).isEqualTo(10);
    assertThat(now.mostOpen()).isEqualTo(10);
    assertThat(now.protectedPositions()).isEqualTo(10);
    assertThat(now.openAtEnd()).isZero();
    assertThat(now.closes()).containsKeys("INTENT", "STOP_HIT", "TRAILING_STOP");
    assertThat(now.refused())
        .containsEntry("POSITION_LIMIT", 35L)
        .containsOnlyKeys("POSITION_LIMIT", "NOTHING_TO_CLOSE");
    assertThat(now.intents()).isEqualTo(90).isEqualTo(then.intents());
    assertWidth(report);
  }

  @Test
  void shouldHoldLimitsWhereThereWereNone() throws Exception {
    IncidentReport report = play(Incident.SYMBOLS_WITHOUT_LIMITS);

    IncidentOutcome then = report.then();
    assertThat(then.mostOpen()).isEqualTo(566);
    assertThat(then.refused()).isEmpty();
    assertThat(then.watched()).isEqualTo(3);
    assertThat(then.protectedPositions()).isZero();
    assertThat(then.highestExposure()).isGreaterThan(0.8);

    IncidentOutcome now = report.now();
    assertThat(now.intents()).isEqualTo(566);
    assertThat(now.mostOpen()).isBetween(1, 10);
    assertThat(now.refused().get("SYMBOL_NOT_IN_UNIVERSE")).isEqualTo(556);
    assertThat(now.highestExposure()).isBetween(0.001, 0.8);
    assertThat(now.watched()).isEqualTo((int) now.opened());
    assertThat(now.protectedPositions()).isEqualTo((int) now.opened());
    assertWidth(report);
  }

  @Test
  void shouldGrantWhatWasRefused() throws Exception {
    IncidentReport report = play(Incident.REFUSED_INTENTS);

    IncidentOutcome then = report.then();
    assertThat(then.intents()).isEqualTo(200);
    assertThat((double) then.refusals() / then.intents()).isCloseTo(0.99, within(1e-9));
    assertThat(then.refused())
        .containsOnlyKeys("SIZE_UNUSABLE", "SELL_WITHOUT_LEDGER", "SYMBOL_NOT_IN_POLICY_UNIVERSE");

    IncidentOutcome now = report.now();
    assertThat(now.granted()).isEqualTo(200);
    assertThat(now.refused()).isEmpty();
    assertThat(now.closes()).containsExactly(entry("INTENT", 100L));
    assertThat(now.openAtEnd()).isZero();
    assertWidth(report);
  }

  @Test
  void shouldDecideTheCloseThatWasHeld() throws Exception {
    IncidentReport report = play(Incident.HELD_CLOSE);

    assertThat(report.then().openAtEnd()).isEqualTo(1);
    assertThat(report.then().held()).containsOnlyKeys("KILL_SCORE_CLOSE_BLOCKED");
    assertThat(report.heldThen()).anyMatch(held -> CloseWhatIf.isTheScore(held.killScore()));
    assertThat(report.now().openAtEnd()).isZero();

    List<CloseWhatIf> whatIf = report.whatIf();
    CloseWhatIf then = whatIf.get(0);
    CloseWhatIf raised = whatIf.get(1);
    CloseWhatIf override = whatIf.get(2);
    CloseWhatIf.Point held = then.atTheScore().orElseThrow();
    assertThat(held.killScore()).isCloseTo(0.756, within(0.0005));
    assertThat(held.rNet()).isGreaterThan(2);
    assertThat(closed(then).atMs()).isGreaterThan(held.atMs());
    assertThat(closed(then).trigger()).isNotEqualTo("KILL_SCORE");

    // a raised limit: at the first proposal, which then was the first one held
    assertThat(raised.heldTimes()).isZero();
    assertThat(closed(raised).trigger()).isEqualTo("KILL_SCORE");
    assertThat(closed(raised).atMs()).isEqualTo(then.firstHeld().orElseThrow().atMs());

    // profit override: at the score itself, as the profit is enough by then
    CloseWhatIf.Point passed = closed(override).proposal().orElseThrow();
    assertThat(passed)
        .isEqualTo(
            new CloseWhatIf.Point(held.atMs(), held.killScore(), held.rNet(), "PROFIT_OVERRIDE"));
    assertThat(override.realized()).isGreaterThan(then.realized());
    assertWidth(report);
  }

  private static CloseWhatIf.Close closed(CloseWhatIf whatIf) {
    return whatIf.closed().orElseThrow();
  }

  private static void assertWidth(IncidentReport report) {
    assertThat(IncidentText.lines(report)).allMatch(line -> line.length() <= 80);
  }

  private static IncidentReport play(Incident incident) throws Exception {
    return IncidentReport.of(incident, Optional.empty(), share -> {});
  }
}
