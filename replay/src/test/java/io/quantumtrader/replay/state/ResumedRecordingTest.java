package io.quantumtrader.replay.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.incident.Incident;
import io.quantumtrader.replay.incident.IncidentReport;
import io.quantumtrader.replay.record.RecordedInput;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.TwoAccounts;
import io.quantumtrader.replay.state.SplitRecording.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording that is split anywhere leaves the same records and the same state as in one. */
final class ResumedRecordingTest {

  private static final int RANDOM_SPLITS = 5;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {7, 11})
  void shouldEndTheSameFromWhereverItIsSplit(long seed) throws Exception {
    SplitRecording recording = traded(seed);
    Set<Long> wanted =
        new Random(seed)
            .ints(TradedDay.FIRST, TradedDay.MINUTES)
            .distinct()
            .limit(RANDOM_SPLITS)
            .mapToObj(TradedDay::at)
            .collect(Collectors.toSet());
    wanted.add(TradedDay.at(50));

    SplitRecording.Run whole = recording.play(wanted);

    assertThat(whole.awkward()).isTrue();
    assertThat(whole.splits()).extracting(Split::atMs).containsAll(wanted);
    assertThat(whole.heard().codes())
        .containsKeys("HEAT_HOLD", "TRADING_HALTED", "POSITION_LIMIT", "CLOSE_GRANTED");
    assertThat(whole.hash().accounts()).containsOnlyKeys("main", TwoAccounts.OTHER);
    requireSame(recording, whole);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "quantum.long",
      matches = "true",
      disabledReason = "takes minutes; run it with -Dquantum.long=true")
  void shouldEndTheSameOnManyRecordings() throws Exception {
    for (long seed = 100; seed < 120; seed++) {
      SplitRecording recording = traded(seed);
      Set<Long> wanted =
          new Random(seed)
              .ints(1, TradedDay.MINUTES)
              .distinct()
              .limit(8)
              .mapToObj(TradedDay::at)
              .collect(Collectors.toSet());

      requireSame(recording, recording.play(wanted));
    }
  }

  @Test
  void shouldEndTheSameFromTheMiddleOfAnIncident() throws Exception {
    Path where = directory.resolve("incident");
    IncidentReport unused =
        IncidentReport.of(
            Incident.HELD_CLOSE,
            Optional.of(new IncidentReport.Recorded(where, "test")),
            share -> {});
    Recording recorded = Recording.open(where);
    List<Long> steps = steps(recorded);
    Set<Long> wanted = Set.of(steps.get(steps.size() / 2), steps.get(steps.size() * 9 / 10));
    SplitRecording recording = new SplitRecording(directory, recorded, PaperSettings.DEFAULT);

    SplitRecording.Run whole = recording.play(wanted);

    assertThat(whole.splits()).extracting(Split::atMs).containsAll(wanted);
    requireSame(recording, whole);
  }

  /** A run that went on from a saved one is saved again, and goes on from there. */
  @Test
  void shouldBeSavedAgainAfterItWentOn() throws Exception {
    SplitRecording recording = traded(7);
    long firstMs = TradedDay.at(320);
    SplitRecording.Run whole = recording.play(Set.of(firstMs));
    Split first =
        whole.splits().stream().filter(split -> split.atMs() == firstMs).findFirst().orElseThrow();
    Split second;
    try (MemoryPipeline pipeline = recording.resumed(first, new Heard())) {
      recording.playOn(pipeline, first, TradedDay.at(370));
      second = recording.save(pipeline, TradedDay.at(370), 0);
    }

    Heard rest = new Heard();
    StateHash hash = recording.end(second, rest);

    assertThat(hash).isEqualTo(whole.hash());
    assertThat(whole.heard().lines()).endsWith(rest.lines().toArray(String[]::new));
    assertThat(rest.lines()).hasSizeGreaterThan(1000);
  }

  private SplitRecording traded(long seed) throws Exception {
    return new SplitRecording(
        Files.createTempDirectory(directory, "states"),
        TradedDay.record(directory, seed),
        TradedDay.paper());
  }

  private static List<Long> steps(Recording recording) {
    Set<Long> steps = new TreeSet<>();
    RecordedInput.of(recording)
        .until(Long.MAX_VALUE)
        .forEach(record -> steps.add(record.timestampMs()));
    return List.copyOf(steps);
  }

  private static void requireSame(SplitRecording recording, SplitRecording.Run whole)
      throws InterruptedException {
    for (Split split : whole.splits()) {
      Heard rest = new Heard();
      StateHash hash = recording.end(split, rest);
      rest.requireSame(whole.after(split), "after " + split.atMs());
      assertThat(hash).as("after " + split.atMs()).isEqualTo(whole.hash());
    }
  }
}
