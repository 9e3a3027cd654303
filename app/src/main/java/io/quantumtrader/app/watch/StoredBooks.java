package io.quantumtrader.app.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.tap.JsonRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.schemas.topic.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Books of pipelines that were: read out of a dump, or a recording. */
final class StoredBooks {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredBooks() {}

  /**
   * Reads a dump, as {@code up --dump} leaves it.
   *
   * @throws CommandFailure where it is none, or damaged
   */
  static Book ofDump(Path directory) {
    Book book = new Book(System::currentTimeMillis);
    boolean any = false;
    for (Topic topic : Topic.values()) {
      Path file = directory.resolve(topic.topicName() + ".jsonl");
      if (Files.isReadable(file)) {
        any = true;
        read(file, topic, book);
      }
    }
    if (!any) {
      throw new CommandFailure(
          directory
              + " is no dump: it has no file like quantum.decision.jsonl; up --dump makes one");
    }
    return book;
  }

  private static void read(Path file, Topic topic, Book book) {
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        book.accept(record(JSON.readTree(line), topic));
      }
    } catch (IOException | IllegalArgumentException damaged) {
      throw new CommandFailure(
          "%s is damaged at line %d: %s".formatted(file, number, damaged.getMessage()), damaged);
    }
  }

  private static BookRecord record(JsonNode line, Topic topic) {
    Map<String, String> headers = new LinkedHashMap<>();
    line.path("headers")
        .properties()
        .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
    JsonNode value = line.path("value");
    Optional<SpecificRecord> decoded =
        topic
            .valueSchema()
            .filter(schema -> value.isObject())
            .map(schema -> JsonRecord.of(value, schema));
    return new BookRecord(
        topic,
        line.path("partition").asInt(),
        line.path("offset").asLong(),
        line.path("timestamp").asLong(),
        line.path("key").asText(""),
        decoded,
        headers);
  }

  /**
   * Reads a recording.
   *
   * @throws CommandFailure where it is none, or not whole
   */
  static Book ofRecording(Path directory) {
    Book book = new Book(System::currentTimeMillis);
    try {
      Recording recording = Recording.open(directory);
      for (Topic topic : Topic.values()) {
        recording.forEach(topic, record -> book.accept(BookRecord.of(record)));
      }
      return book;
    } catch (RecordingException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }
}
