package io.quantumtrader.replay.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.replay.hash.Digests;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/** A recording that is whole: its manifest can be read, and each file is the one it names. */
public final class Recording {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Manifest manifest;

  private Recording(Path directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Opens a recording, and checks each of its files.
   *
   * @throws RecordingException where it is none, is newer than this program, or not whole
   */
  public static Recording open(Path directory) {
    Path file = directory.resolve(Manifest.NAME);
    if (!Files.isReadable(file)) {
      throw new RecordingException(
          directory + " is no recording: it has no " + Manifest.NAME + ", or was not finished");
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (!json.isObject()) {
        throw damaged(file, "it is not the JSON of a manifest", null);
      }
      int format = json.path("format").asInt(0);
      if (format > Manifest.FORMAT || format < 1) {
        throw new RecordingException(
            "%s has format %s; this program reads up to %d: use the version that wrote it, %s"
                .formatted(
                    directory,
                    json.path("format").asText("none"),
                    Manifest.FORMAT,
                    json.path("program").asText("unknown")));
      }
      Recording recording = new Recording(directory, JSON.treeToValue(json, Manifest.class));
      Optional<String> fault = ManifestFaults.first(recording.manifest);
      if (fault.isPresent()) {
        throw damaged(file, fault.get(), null);
      }
      for (Manifest.Entry entry : recording.manifest.files()) {
        recording.check(entry);
      }
      return recording;
    } catch (JsonProcessingException damaged) {
      throw damaged(file, "it is not the JSON of a manifest", damaged);
    } catch (IOException unreadable) {
      throw new RecordingException(
          directory + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static RecordingException damaged(Path file, String why, Exception cause) {
    return new RecordingException(file + " is damaged: " + why, cause);
  }

  private void check(Manifest.Entry entry) throws IOException {
    Path file = directory.resolve(entry.path());
    if (!Files.isReadable(file)) {
      throw new RecordingException(file + " is missing; the recording is not whole");
    }
    if (!Digests.ofFile(file).equals(entry.sha256())) {
      throw new RecordingException(
          file + " is not the file that was recorded: it is cut off, damaged or was changed");
    }
  }

  /** Returns what it holds. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * Checks that what a replay is given begins where the pipeline began: without the records before,
   * the state that they led to is missing. Compacted topics may lose their first records.
   *
   * @throws RecordingException where a topic begins later
   */
  public void requireBeginning() {
    for (Topic topic : RecordedInput.TOPICS) {
      if (topic.cleanup() != Topic.Cleanup.COMPACT) {
        firstOffsets(topic).forEach((partition, offset) -> requireZero(topic, partition, offset));
      }
    }
  }

  /** Returns whether it begins where the pipeline began, as {@link #requireBeginning} demands. */
  public boolean isFromTheBeginning() {
    return RecordedInput.TOPICS.stream()
        .filter(topic -> topic.cleanup() != Topic.Cleanup.COMPACT)
        .flatMap(topic -> firstOffsets(topic).values().stream())
        .allMatch(first -> first == 0);
  }

  private void requireZero(Topic topic, int partition, long offset) {
    if (offset > 0) {
      throw new RecordingException(
          "%s cannot be replayed: partition %d of %s begins at offset %d, so the state before is missing; record the pipeline from its beginning, without --from (a bundle without --since), or ask this one by quantum why --recording"
              .formatted(directory, partition, topic.topicName(), offset));
    }
  }

  private Map<Integer, Long> firstOffsets(Topic topic) {
    Map<Integer, Long> first = new TreeMap<>();
    manifest.files().stream()
        .filter(entry -> entry.topic().equals(topic.topicName()))
        .forEach(entry -> entry.firstOffsets().forEach((of, at) -> first.merge(of, at, Math::min)));
    return first;
  }

  /** Returns the partition counts of the pipeline that was recorded. */
  public PartitionCounts counts() {
    return new PartitionCounts(
        manifest.partitions().get(Topic.CANDLE.topicName()),
        manifest.partitions().get(Topic.APPLY_PLAN.topicName()));
  }

  /**
   * Reads the records of a topic, those of a partition in their order.
   *
   * @throws RecordingException where a file cannot be read
   */
  public List<RecordedRecord> read(Topic topic) {
    List<RecordedRecord> records = new ArrayList<>();
    forEach(topic, records::add);
    records.sort(
        Comparator.comparingInt(RecordedRecord::partition)
            .thenComparingLong(RecordedRecord::offset));
    return records;
  }

  /** Hands over the records of a topic, file by file. */
  public void forEach(Topic topic, Consumer<RecordedRecord> taker) {
    for (Manifest.Entry entry : manifest.files()) {
      if (entry.topic().equals(topic.topicName())) {
        read(topic, directory.resolve(entry.path()), taker);
      }
    }
  }

  private static void read(Topic topic, Path file, Consumer<RecordedRecord> taker) {
    SpecificData data =
        topic.valueType().map(SpecificData::getForClass).orElseGet(SpecificData::get);
    SpecificDatumReader<GenericRecord> reader = new SpecificDatumReader<>(data);
    reader.setExpected(RecordingSchema.of(topic));
    try (DataFileReader<GenericRecord> records = new DataFileReader<>(file.toFile(), reader)) {
      for (GenericRecord record : records) {
        taker.accept(RecordingSchema.fromAvro(topic, record));
      }
    } catch (IOException | AvroRuntimeException damaged) {
      throw new RecordingException(file + " cannot be read: " + damaged.getMessage(), damaged);
    }
  }
}
