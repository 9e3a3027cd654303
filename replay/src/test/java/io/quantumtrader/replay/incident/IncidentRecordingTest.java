package io.quantumtrader.replay.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.incident.IncidentReport.Recorded;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.record.DecisionMatch;
import io.quantumtrader.replay.record.RecordedInput;
import io.quantumtrader.replay.record.RecordedRun;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each incident becomes a recording, which is decided the same when it is played again. */
final class IncidentRecordingTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Incident.class)
  void shouldBeDecidedTheSameFromItsRecording(Incident incident) throws Exception {
    Path where = directory.resolve(incident.label());

    IncidentReport report =
        IncidentReport.of(incident, Optional.of(new Recorded(where, "test")), share -> {});

    Recording recording = Recording.open(where);
    DecisionMatch match = new DecisionMatch();
    recording
        .read(Topic.DECISION)
        .forEach(each -> match.recorded((Decision) each.value().orElseThrow()));
    NowFold again = replay(recording, match);
    assertThat(match.differences()).isEmpty();
    assertThat(match.same()).isGreaterThanOrEqualTo(report.now().intents());
    assertThat(again.outcome()).isEqualTo(report.now());
  }

  private static NowFold replay(Recording recording, DecisionMatch match) throws Exception {
    PipelineSetup setup =
        new PipelineSetup(
            recording.counts(), PaperSettings.DEFAULT, Optional.empty(), Map.of(), List.of(), 0);
    NowFold fold = new NowFold();
    RecordSerdes[] serdes = new RecordSerdes[1];
    RecordLog.Listener listener =
        (partition, entry) -> {
          Topic topic = Topic.named(partition.topic()).orElse(null);
          if (topic == null || !NowFold.TOPICS.contains(topic) || entry.value() == null) {
            return;
          }
          var record =
              serdes[0]
                  .of(topic.valueType().orElseThrow())
                  .deserializer()
                  .deserialize(partition.topic(), entry.value());
          fold.accept(record);
          if (record instanceof Decision decision) {
            match.replayed(decision);
          }
        };
    try (MemoryPipeline pipeline = new MemoryPipeline(setup, listener)) {
      serdes[0] = pipeline.serdes();
      RecordedRun.play(pipeline, RecordedInput.of(recording), (steps, nowMs, share) -> {});
    }
    return fold;
  }
}
