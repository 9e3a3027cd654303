package io.quantumtrader.replay.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.replay.hash.Digests;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.replay.record.StageReplay;
import io.quantumtrader.replay.record.StagesBetween;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * The end of a recording, with what the stages had when it begins: as much as they need to decide
 * it again. Beside the recording's own files lie the stores and the turns that are left, and a
 * digest of both.
 */
public final class CutRecording {

  private static final int FORMAT = 1;
  private static final String ABOUT = "begin.json";
  private static final String STATE = "begin.bin";
  private static final ObjectMapper JSON = new ObjectMapper();

  private CutRecording() {}

  /** Where a record lies. */
  record Place(String topic, int partition, long offset) {

    static Place of(RecordedRecord record) {
      return new Place(record.topic().topicName(), record.partition(), record.offset());
    }
  }

  /**
   * Writes the end of a recording. What the stages had is come by as they came by it: by deciding
   * all that is before.
   *
   * @param whole begins where the pipeline began, and says in which order tasks had their records
   * @param fromMs where the end begins, epoch milliseconds UTC on the pipeline's clock; records of
   *     tables are kept from the first on, as are earlier ones that a task took late
   * @param to an empty directory, or one that does not exist yet
   * @param program version of the program
   * @param progress hears how much of what is before was decided, 0 to 1
   * @throws RecordingException where the recording cannot be read, or the directory holds something
   */
  public static void write(
      Recording whole, long fromMs, Path to, String program, DoubleConsumer progress)
      throws IOException {
    try (StageReplay stages = new StageReplay(whole, decision -> {})) {
      StagesBetween between = stages.playTo(fromMs, progress);
      Set<Place> left = new HashSet<>();
      between.turns().forEach(turn -> left.add(Place.of(turn.record())));
      copy(whole, fromMs, left, to, program);
      BetweenFile.write(to.resolve(STATE), between);
    }
    ObjectNode about = JSON.createObjectNode();
    about.put("format", FORMAT).put("program", program).put("fromMs", fromMs);
    about.put("sha256", Digests.ofFile(to.resolve(STATE)));
    Files.writeString(
        to.resolve(ABOUT), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(about) + "\n");
  }

  /**
   * Writes the end of a recording without what the stages had: what happened can be looked up in
   * it, and nothing can be decided again.
   *
   * @param fromMs earliest time of a record of what is no table, epoch milliseconds UTC
   * @param to an empty directory, or one that does not exist yet
   * @throws RecordingException where the recording cannot be read, or the directory holds something
   */
  public static void copy(Recording whole, long fromMs, Path to, String program)
      throws IOException {
    copy(whole, fromMs, Set.of(), to, program);
  }

  private static void copy(Recording whole, long fromMs, Set<Place> left, Path to, String program)
      throws IOException {
    try (RecordingWriter files = new RecordingWriter(to, whole.counts(), program)) {
      for (Topic topic : Topic.values()) {
        for (RecordedRecord record : whole.read(topic)) {
          if (isKept(record, fromMs, left)) {
            files.write(record);
          }
        }
      }
      Manifest unused = files.finish();
    }
  }

  private static boolean isKept(RecordedRecord record, long fromMs, Set<Place> left) {
    return record.topic().cleanup() == Topic.Cleanup.COMPACT
        || record.topic() == Topic.DEAD_LETTER
        || record.timestampMs() >= fromMs
        || left.contains(Place.of(record));
  }

  /**
   * Returns where a recording goes on; empty where it is no end of one.
   *
   * @param directory the recording's
   * @throws RecordingException where it is damaged, or of a newer program
   */
  public static Optional<StagesBetween> read(Path directory, Recording recording) {
    Path about = directory.resolve(ABOUT);
    if (!Files.exists(about)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(about.toFile());
      if (json.path("format").asInt() != FORMAT) {
        throw new RecordingException(
            "%s has format %s; this program reads %d: use the version that wrote it, %s"
                .formatted(
                    about,
                    json.path("format").asText("none"),
                    FORMAT,
                    json.path("program").asText("unknown")));
      }
      Path state = directory.resolve(STATE);
      if (!Files.isReadable(state) || !Digests.ofFile(state).equals(json.path("sha256").asText())) {
        throw new RecordingException(
            state + " is not the file that was written: it is missing, cut off or was changed");
      }
      return Optional.of(BetweenFile.read(state, places(recording)));
    } catch (JsonProcessingException damaged) {
      throw new RecordingException(about + " is damaged: it is not JSON", damaged);
    } catch (IOException unreadable) {
      throw new RecordingException(
          directory + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Map<Place, RecordedRecord> places(Recording recording) {
    Map<Place, RecordedRecord> places = new HashMap<>();
    for (Topic topic : Topic.values()) {
      recording.forEach(topic, record -> places.put(Place.of(record), record));
    }
    return places;
  }

  /** Returns the record of a turn, which has to be there. */
  static RecordedRecord at(Place place, Map<Place, RecordedRecord> places) {
    RecordedRecord record = places.get(place);
    if (record == null) {
      throw new RecordingException(
          "the recording lacks record %d of partition %d of %s, which was decided"
              .formatted(place.offset(), place.partition(), place.topic()));
    }
    return record;
  }
}
