package io.quantumtrader.replay.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Everything that a run wrote, each record whole, and what was going on at the ends of steps. */
final class Heard implements RecordLog.Listener {

  private final List<String> lines = new ArrayList<>();
  private final List<Decoded> values = new ArrayList<>();
  private final Set<String> underWay = new HashSet<>();
  private final Map<String, Integer> codes = new HashMap<>();
  private int heldInStep;
  private int decoded;

  /** A value that was not decoded yet. */
  private record Decoded(Topic topic, LogEntry entry) {}

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    lines.add(line(partition, entry));
    Topic.named(partition.topic())
        .filter(topic -> topic == Topic.DECISION || topic == Topic.APPLY_RESULT)
        .ifPresent(topic -> values.add(new Decoded(topic, entry)));
  }

  private static String line(TopicPartition partition, LogEntry entry) {
    StringBuilder line = new StringBuilder();
    line.append(partition).append('@').append(entry.offset());
    line.append(' ').append(entry.timestampMs()).append(' ').append(text(entry.key()));
    for (Header header : entry.headers()) {
      // The stack of a dead letter goes down to who called the pipeline, which is a test here.
      if (header.key().equals(DeadLetter.STACKTRACE)) {
        continue;
      }
      line.append(' ').append(header.key()).append('=').append(text(header.value()));
    }
    byte[] value = entry.value();
    return line.append(' ')
        .append(value == null ? null : HexFormat.of().formatHex(value))
        .toString();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns all records, from the first on; a view. */
  List<String> lines() {
    return lines;
  }

  /** Requires that these records were written; tells the first that differs, of some thousands. */
  void requireSame(List<String> expected, String when) {
    int same = 0;
    while (same < Math.min(expected.size(), lines.size())
        && expected.get(same).equals(lines.get(same))) {
      same++;
    }
    assertThat(lines.stream().skip(same).findFirst())
        .as("record " + same + " " + when)
        .isEqualTo(expected.stream().skip(same).findFirst());
  }

  /** Returns the codes of the decisions, with how often there was each. */
  Map<String, Integer> codes() {
    return codes;
  }

  /** Returns what is going on at the end of a step. */
  Situation stepDone(MemoryPipeline pipeline) {
    heldInStep = 0;
    TopicValues reader = new TopicValues(pipeline.serdes());
    for (; decoded < values.size(); decoded++) {
      Decoded each = values.get(decoded);
      reader.read(each.topic(), each.entry().value()).ifPresent(this::note);
    }
    return new Situation(heldInStep > 0, !underWay.isEmpty());
  }

  private void note(SpecificRecord value) {
    if (value instanceof Decision decision) {
      codes.merge(decision.getCode(), 1, Integer::sum);
      heldInStep += decision.getCode().equals("HEAT_HOLD") ? 1 : 0;
    } else if (value instanceof ApplyResult result && !result.getPlanId().isEmpty()) {
      if (result.getFinalResult()) {
        underWay.remove(result.getPlanId());
      } else {
        underWay.add(result.getPlanId());
      }
    }
  }

  /**
   * What is going on at the end of a step.
   *
   * @param held whether a close was held back in it
   * @param underWay whether a plan is on its way to the exchange
   */
  record Situation(boolean held, boolean underWay) {}
}
