package io.quantumtrader.app.tap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.schemas.topic.Topic;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;

/**
 * Leaves every topic as JSON lines in a directory, one file a topic: key, timestamp, partition,
 * offset, value. A dead letter has its headers as text and its value in base64, as has a record
 * that cannot be read.
 */
public final class TopicDump implements Consumer<TappedRecord>, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Topic, BufferedWriter> files = new EnumMap<>(Topic.class);

  /**
   * Creates the files, empty.
   *
   * @throws IOException if the directory cannot be written
   */
  public TopicDump(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Topic topic : Topic.values()) {
      files.put(topic, Files.newBufferedWriter(directory.resolve(topic.topicName() + ".jsonl")));
    }
  }

  @Override
  public synchronized void accept(TappedRecord record) {
    ObjectNode line = JSON.createObjectNode();
    line.put("key", record.raw().key() == null ? null : record.key());
    line.put("timestamp", record.raw().timestamp());
    line.put("partition", record.raw().partition());
    line.put("offset", record.raw().offset());
    if (record.topic() == Topic.DEAD_LETTER) {
      addDeadLetter(line, record);
    } else if (!record.readable()) {
      line.putNull("value");
      line.put("unreadable", Base64.getEncoder().encodeToString(record.raw().value()));
    } else {
      line.set("value", record.value().map(RecordJson::of).orElse(null));
    }
    try {
      BufferedWriter file = files.get(record.topic());
      file.write(JSON.writeValueAsString(line));
      file.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the dump: " + e.getMessage(), e);
    }
  }

  private static void addDeadLetter(ObjectNode line, TappedRecord record) {
    ObjectNode headers = line.putObject("headers");
    for (Header header : record.raw().headers()) {
      byte[] value = header.value();
      headers.put(header.key(), value == null ? null : new String(value, StandardCharsets.UTF_8));
    }
    byte[] value = record.raw().value();
    line.put("value", value == null ? null : Base64.getEncoder().encodeToString(value));
  }

  @Override
  public synchronized void close() throws IOException {
    for (BufferedWriter file : files.values()) {
      file.close();
    }
  }
}
