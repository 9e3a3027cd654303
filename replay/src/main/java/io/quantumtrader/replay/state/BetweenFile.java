package io.quantumtrader.replay.state;

import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.StagesBetween;
import io.quantumtrader.replay.record.Turn;
import io.quantumtrader.replay.stages.SavedStages;
import io.quantumtrader.replay.state.CutRecording.Place;
import io.quantumtrader.schemas.avro.Lookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Writes what the stages had in the middle of a recording into a file, and reads it back. */
final class BetweenFile {

  private BetweenFile() {}

  static void write(Path file, StagesBetween between) throws IOException {
    try (StateOutput out = new StateOutput(file)) {
      out.number(between.fromMs());
      out.number(between.feedBeganMs());
      out.each(between.stages().tasks(), task -> StateFiles.writeTask(out, task));
      out.each(
          between.ends().entrySet(),
          each -> {
            StateFiles.writePartition(out, each.getKey());
            out.number(each.getValue());
          });
      out.each(between.turns(), turn -> writeTurn(out, turn));
    }
  }

  static StagesBetween read(Path file, Map<Place, RecordedRecord> places) throws IOException {
    try (StateInput in = new StateInput(file)) {
      long fromMs = in.number();
      long feedBeganMs = in.number();
      SavedStages stages = new SavedStages(Map.of(), in.each(() -> StateFiles.readTask(in)));
      Map<TopicPartition, Long> ends = new HashMap<>();
      in.each(() -> ends.put(StateFiles.readPartition(in), in.number()));
      List<Turn> turns = in.each(() -> readTurn(in, places));
      return new StagesBetween(fromMs, stages, ends, feedBeganMs, turns);
    }
  }

  private static void writeTurn(StateOutput out, Turn turn) throws IOException {
    StateFiles.writePartition(out, turn.to());
    Place place = Place.of(turn.record());
    StateFiles.writePartition(out, new TopicPartition(place.topic(), place.partition()));
    out.number(place.offset());
    out.number(turn.atMs());
    out.flag(turn.isStep());
    out.each(turn.lookups(), lookup -> writeLookup(out, lookup));
  }

  private static Turn readTurn(StateInput in, Map<Place, RecordedRecord> places)
      throws IOException {
    TopicPartition to = StateFiles.readPartition(in);
    TopicPartition of = StateFiles.readPartition(in);
    Place place = new Place(of.topic(), of.partition(), in.number());
    return new Turn(
        to, CutRecording.at(place, places), in.number(), in.flag(), in.each(() -> readLookup(in)));
  }

  private static void writeLookup(StateOutput out, Lookup lookup) throws IOException {
    out.text(lookup.getTable());
    out.text(lookup.getKey());
    writeTime(out, lookup.getAsOfMs());
    writeTime(out, lookup.getAgeMs());
  }

  private static Lookup readLookup(StateInput in) throws IOException {
    return new Lookup(in.text(), in.text(), readTime(in), readTime(in));
  }

  private static void writeTime(StateOutput out, Long timeMs) throws IOException {
    out.flag(timeMs != null);
    if (timeMs != null) {
      out.number(timeMs);
    }
  }

  private static Long readTime(StateInput in) throws IOException {
    return in.flag() ? in.number() : null;
  }
}
