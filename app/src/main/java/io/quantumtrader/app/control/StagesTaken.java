package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.topology.LiveTables;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * Waits until the stages have taken a control record. It lies in a global table of theirs, which
 * commits nothing to the broker: where the pipeline is an {@code up} of this machine its process is
 * asked, and elsewhere the first decision that has looked the record up tells.
 */
final class StagesTaken implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final DecisionWatch decisions;
  private final Optional<LiveTables> tables;

  private StagesTaken(DecisionWatch decisions, Optional<LiveTables> tables) {
    this.decisions = decisions;
    this.tables = tables;
  }

  /**
   * Begins to watch: what is decided after this returns will be seen.
   *
   * @throws KafkaException if the decisions cannot be read
   */
  static StagesTaken watch(RunningPipeline pipeline, RecordSerdes serdes) {
    String live = pipeline.addresses().topology();
    return new StagesTaken(
        new DecisionWatch(pipeline.kafka(), serdes),
        live.isEmpty() ? Optional.empty() : Optional.of(new LiveTables(URI.create(live))));
  }

  /**
   * Waits.
   *
   * @param patience how long
   * @return false if nothing has shown it by then
   */
  boolean await(ControlTopic.Written written, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    do {
      boolean applied =
          tables.isPresent()
              && tables.get().lastApplied(ControlTopic.PARTITION).orElse(-1) >= written.offset();
      if (applied || decisions.await(decision -> sees(decision, written.control()), LOOK_EVERY)) {
        return true;
      }
    } while (System.nanoTime() < end);
    return false;
  }

  /** Returns what has not come, for a sentence. */
  String whatIsMissing() {
    return tables.isPresent()
        ? "the process of the stages did not show that they have taken it"
        : "no decision showed that the stages have taken it";
  }

  /** A later record under the same key has taken its place, and was taken after it. */
  private static boolean sees(Decision decision, Control control) {
    return decision.getLookups().stream()
        .filter(lookup -> lookup.getTable().equals(Topic.CONTROL.topicName()))
        .filter(lookup -> lookup.getKey().equals(control.getAccount()))
        .anyMatch(lookup -> lookup.getAsOfMs() != null && lookup.getAsOfMs() >= control.getAtMs());
  }

  @Override
  public void close() {
    decisions.close();
    tables.ifPresent(LiveTables::close);
  }
}
