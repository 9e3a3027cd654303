package io.quantumtrader.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.replay.record.RecordSink;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.RecordedRecord.RecordedHeader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records as JSON lines, for tools that read no Avro: a file for each topic and day, one object for
 * each record with partition, offset, timestamp (epoch milliseconds UTC), time (the same as text),
 * key, headers and value. Decimals are plain text. What is no record of the topic's schema, a dead
 * letter for example, has its bytes in base64.
 */
final class JsonLinesFiles implements RecordSink, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Map<String, OpenFile> files = new TreeMap<>();

  JsonLinesFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * A file.
   *
   * @param path where it lies in the directory
   * @param records how many lines it has, 1 or more
   */
  record Written(String path, long records) {}

  /** A file that is being written. */
  private static final class OpenFile {
    private final BufferedWriter writer;
    private long records;

    private OpenFile(Path file) throws IOException {
      Files.createDirectories(file.getParent());
      writer = Files.newBufferedWriter(file, UTF_8);
    }
  }

  @Override
  public void write(RecordedRecord record) throws IOException {
    Instant time = Instant.ofEpochMilli(record.timestampMs());
    String path =
        record.topic().topicName() + "/" + time.atZone(ZoneOffset.UTC).toLocalDate() + ".jsonl";
    OpenFile file = files.get(path);
    if (file == null) {
      file = new OpenFile(directory.resolve(path));
      files.put(path, file);
    }
    file.writer.write(JSON.writeValueAsString(line(record, time)));
    file.writer.write('\n');
    file.records++;
  }

  private static ObjectNode line(RecordedRecord record, Instant time) {
    ObjectNode line = JSON.createObjectNode();
    line.put("partition", record.partition());
    line.put("offset", record.offset());
    line.put("timestamp", record.timestampMs());
    line.put("time", time.toString());
    line.put("key", record.key().orElse(null));
    ArrayNode headers = line.putArray("headers");
    for (RecordedHeader header : record.headers()) {
      put(headers.addObject().put("name", header.name()), header.value());
    }
    line.set("value", record.value().map(RecordJson::of).orElse(null));
    record
        .bytes()
        .ifPresent(bytes -> line.put("base64", Base64.getEncoder().encodeToString(bytes)));
    return line;
  }

  private static void put(ObjectNode header, byte[] value) {
    Optional<String> text = text(value);
    if (value != null && text.isEmpty()) {
      header.put("base64", Base64.getEncoder().encodeToString(value));
    } else {
      header.put("value", text.orElse(null));
    }
  }

  private static Optional<String> text(byte[] value) {
    try {
      return value == null
          ? Optional.empty()
          : Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /** Ends the files, and returns what they hold, ascending by path. */
  List<Written> finish() throws IOException {
    List<Written> written = new ArrayList<>();
    for (Map.Entry<String, OpenFile> file : files.entrySet()) {
      file.getValue().writer.close();
      written.add(new Written(file.getKey(), file.getValue().records));
    }
    files.clear();
    return written;
  }

  @Override
  public void close() throws IOException {
    for (OpenFile file : files.values()) {
      file.writer.close();
    }
  }
}
