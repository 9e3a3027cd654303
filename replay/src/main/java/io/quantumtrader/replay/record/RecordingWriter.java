package io.quantumtrader.replay.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.replay.hash.Digests;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes a recording: an Avro container file for each topic and day, compressed, with the schema
 * inside, and a {@link Manifest} once all of them are whole. Records of a partition must come in
 * their order.
 *
 * <p>Records go to the disk as they come. What stays in memory does not grow with their number, but
 * with that of the files: each is open until {@link #finish}, with a handle and about 100 kB of
 * buffers, and there is one for each topic and day that has a record.
 */
public final class RecordingWriter implements RecordSink, AutoCloseable {

  private static final int DEFLATE_LEVEL = 6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final PartitionCounts counts;
  private final String program;
  private final Map<String, OpenFile> files = new TreeMap<>();
  private final Map<String, TreeSet<Long>> policies = new TreeMap<>();

  /**
   * Begins a recording.
   *
   * @param directory an empty directory, or one that does not exist yet
   * @param program version of the program
   * @throws RecordingException where the directory holds something
   */
  public RecordingWriter(Path directory, PartitionCounts counts, String program)
      throws IOException {
    requireEmpty(directory);
    this.directory = directory;
    this.counts = counts;
    this.program = program;
  }

  /**
   * Creates a directory for a recording where it is missing.
   *
   * @throws RecordingException where it holds something
   */
  public static void requireEmpty(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (var there = Files.list(directory)) {
      if (there.findAny().isPresent()) {
        throw new RecordingException(
            directory + " is not empty; give a directory of its own for each recording");
      }
    }
  }

  /** A file that is being written. */
  private static final class OpenFile {
    private final Topic topic;
    private final String day;
    private final String path;
    private final Schema schema;
    private final DataFileWriter<GenericRecord> writer;
    private final Map<Integer, Long> first = new TreeMap<>();
    private final Map<Integer, Long> last = new TreeMap<>();
    private long records;

    private OpenFile(Path directory, Topic topic, String day) throws IOException {
      this.topic = topic;
      this.day = day;
      this.path = topic.topicName() + "/" + day + ".avro";
      this.schema = RecordingSchema.of(topic);
      Files.createDirectories(directory.resolve(topic.topicName()));
      SpecificData data =
          topic.valueType().map(SpecificData::getForClass).orElseGet(SpecificData::get);
      this.writer = new DataFileWriter<>(new SpecificDatumWriter<>(schema, data));
      writer.setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL));
      writer.create(schema, directory.resolve(path).toFile());
    }

    private void write(RecordedRecord record) throws IOException {
      writer.append(RecordingSchema.toAvro(record, schema));
      first.putIfAbsent(record.partition(), record.offset());
      last.put(record.partition(), record.offset());
      records++;
    }

    private Manifest.Entry closed(Path directory) throws IOException {
      writer.close();
      return new Manifest.Entry(
          topic.topicName(),
          day,
          path,
          records,
          first,
          last,
          Digests.ofFile(directory.resolve(path)));
    }
  }

  @Override
  public void write(RecordedRecord record) throws IOException {
    String day =
        Instant.ofEpochMilli(record.timestampMs()).atZone(ZoneOffset.UTC).toLocalDate().toString();
    String name = record.topic().topicName() + "/" + day;
    OpenFile file = files.get(name);
    if (file == null) {
      file = new OpenFile(directory, record.topic(), day);
      files.put(name, file);
    }
    file.write(record);
    if (record.value().orElse(null) instanceof Policy policy) {
      policies
          .computeIfAbsent(record.key().orElse(""), any -> new TreeSet<>())
          .add(policy.getVersion());
    }
  }

  /** Ends the recording, and returns what it holds. */
  public Manifest finish() throws IOException {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (OpenFile file : files.values()) {
      entries.add(file.closed(directory));
    }
    files.clear();
    Map<String, Integer> partitions = new TreeMap<>();
    for (Topic topic : Topic.values()) {
      partitions.put(topic.topicName(), counts.of(topic.group()));
    }
    Map<String, List<Long>> versions = new TreeMap<>();
    policies.forEach((key, of) -> versions.put(key, List.copyOf(of)));
    Manifest manifest =
        new Manifest(Manifest.FORMAT, program, partitions, versions, List.copyOf(entries));
    Files.writeString(
        directory.resolve(Manifest.NAME),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
    return manifest;
  }

  /** Lets go of what is not finished; without a manifest it is no recording. */
  @Override
  public void close() throws IOException {
    for (OpenFile file : files.values()) {
      file.writer.close();
    }
  }
}
