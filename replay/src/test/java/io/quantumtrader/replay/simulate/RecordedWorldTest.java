package io.quantumtrader.replay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.replay.record.DecisionMatch;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.replay.record.StageReplay;
import io.quantumtrader.replay.record.Turn;
import io.quantumtrader.replay.state.CutRecording;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records made-up worlds, in which tables lag behind, tasks have their records in any order, and
 * die, and has their stages decide again what they decided.
 */
final class RecordedWorldTest {

  private static final int MINUTES = 240;
  private static final int SEEDS = 4;

  /**
   * What a recording does not tell: what a task had taken that dies, when a row of a table came
   * that nobody looked at, and which of two states of one time a decision saw.
   */
  private static final Set<EventKind> NOT_RECORDED =
      EnumSet.of(EventKind.TASK_DIES, EventKind.TABLE_LAGS, EventKind.BAD_CANDLE, EventKind.CRASH);

  /**
   * The share that has to be the same. Between two records that tell it, rows that bring none, such
   * as wallets and snapshots, are in the order of their times, which here is not always theirs.
   */
  private static final double SHARE = 0.995;

  @TempDir private Path directory;

  @Test
  void shouldDecideAgainWhateverTheTasksHadFirst() throws Exception {
    long same = 0;
    long differ = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Recording recording;
      try (Simulation simulation = new Simulation(settings(seed), Tampering.NONE)) {
        SimulationReport unused = simulation.run();
        recording = recorded(simulation.world(), seed);
      }
      DecisionMatch match = decidedAgain(recording);
      assertThat(match.otherLookups()).isZero();
      same += match.same();
      differ += match.differences().size();
    }

    assertThat(same).isGreaterThan(1000 * SEEDS / 2);
    assertThat((double) same / (same + differ)).isGreaterThan(SHARE);
  }

  /** What is left of a recording is decided as it is where all of it is decided again. */
  @Test
  void shouldGoOnFromTheMiddle() throws Exception {
    for (long seed = 1; seed <= SEEDS / 2; seed++) {
      // given
      Recording whole;
      try (Simulation simulation = new Simulation(settings(seed), Tampering.NONE)) {
        SimulationReport unused = simulation.run();
        whole = recorded(simulation.world(), seed);
      }
      long fromMs = lateMs(whole);
      List<String> expected = new ArrayList<>();
      try (StageReplay again =
          new StageReplay(
              whole,
              decision -> {
                if (decision.getAtMs() >= fromMs) {
                  expected.add(decision.toString());
                }
              })) {
        again.play(share -> {});
      }

      // when
      Path end = directory.resolve("end-" + seed);
      CutRecording.write(whole, fromMs, end, "test", share -> {});
      Recording cut = Recording.open(end);
      List<String> heard = new ArrayList<>();
      try (StageReplay again =
          StageReplay.resumed(
              cut,
              decision -> heard.add(decision.toString()),
              CutRecording.read(end, cut).orElseThrow())) {
        again.play(share -> {});
      }

      // then
      assertThat(heard).as("seed " + seed).hasSizeGreaterThan(100).isEqualTo(expected);
      assertThat(cut.read(Topic.CLOCK)).hasSizeLessThan(whole.read(Topic.CLOCK).size() * 2 / 3);
    }
  }

  /** A step of the second half at which a task took a record that is older: it must not be cut. */
  private static long lateMs(Recording recording) {
    List<Turn> turns;
    try (StageReplay stages = new StageReplay(recording, decision -> {})) {
      turns = stages.playTo(Long.MIN_VALUE, share -> {}).turns();
    }
    return turns.subList(turns.size() / 2, turns.size()).stream()
        .filter(turn -> turn.record().topic().cleanup() == Topic.Cleanup.DELETE)
        .filter(turn -> turn.record().timestampMs() < turn.atMs())
        .mapToLong(Turn::atMs)
        .findFirst()
        .orElseThrow();
  }

  private static DecisionMatch decidedAgain(Recording recording) {
    DecisionMatch match = new DecisionMatch();
    recording
        .read(Topic.DECISION)
        .forEach(each -> each.value().ifPresent(value -> match.recorded((Decision) value)));
    try (StageReplay again = new StageReplay(recording, match::replayed)) {
      again.play(share -> {});
    }
    return match;
  }

  private static SimulationSettings settings(long seed) {
    Set<Integer> events =
        Schedule.of(seed, MINUTES).events().stream()
            .filter(event -> !NOT_RECORDED.contains(event.kind()))
            .map(SimulatedEvent::index)
            .collect(Collectors.toSet());
    return new SimulationSettings(seed, MINUTES, Optional.of(events));
  }

  private Recording recorded(World world, long seed) throws IOException {
    Path to = directory.resolve("recording-" + seed);
    RecordedTopics topics =
        new RecordedTopics(world.serdes(), Long.MIN_VALUE, Long.MAX_VALUE, count -> {});
    try (RecordingWriter writer = new RecordingWriter(to, World.COUNTS, "test")) {
      for (Topic topic : Topic.values()) {
        for (LogPartition partition : world.log().partitions(topic.topicName())) {
          for (long offset = 0; offset < partition.end(); offset++) {
            topics.take(topic, partition.at(offset).recordOf(partition.name()), writer);
          }
        }
      }
      Manifest unused = writer.finish();
    }
    return Recording.open(to);
  }
}
