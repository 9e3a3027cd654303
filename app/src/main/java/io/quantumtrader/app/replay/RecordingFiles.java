package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.replay.JsonLinesFiles.Written;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordSink;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a recording is written as: a recording that can be replayed, JSON lines, or both. */
final class RecordingFiles implements RecordSink, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<RecordingWriter> avro;
  private final Optional<JsonLinesFiles> lines;
  private Optional<Manifest> manifest = Optional.empty();
  private List<Written> written = List.of();

  /** Forms of a recording. */
  enum Form {
    /** What quantum replay reads. */
    AVRO,
    /** What tools read. */
    JSONL
  }

  /**
   * Begins.
   *
   * @param directory an empty directory, or one that does not exist yet
   * @param forms one at least
   * @param program version of the program
   * @throws io.quantumtrader.replay.record.RecordingException where the directory holds something
   */
  RecordingFiles(Path directory, Set<Form> forms, PartitionCounts counts, String program)
      throws IOException {
    RecordingWriter.requireEmpty(directory);
    avro =
        forms.contains(Form.AVRO)
            ? Optional.of(new RecordingWriter(directory, counts, program))
            : Optional.empty();
    lines =
        forms.contains(Form.JSONL) ? Optional.of(new JsonLinesFiles(directory)) : Optional.empty();
  }

  @Override
  public void write(RecordedRecord record) throws IOException {
    if (avro.isPresent()) {
      avro.get().write(record);
    }
    if (lines.isPresent()) {
      lines.get().write(record);
    }
  }

  /** Ends all files; what is not ended is no recording. */
  void finish() throws IOException {
    if (avro.isPresent()) {
      manifest = Optional.of(avro.get().finish());
    }
    if (lines.isPresent()) {
      written = lines.get().finish();
    }
  }

  /** Returns the manifest with the files of JSON lines beside it, as far as they were wanted. */
  ObjectNode json() {
    ObjectNode node = manifest.<ObjectNode>map(JSON::valueToTree).orElseGet(JSON::createObjectNode);
    if (lines.isPresent()) {
      ArrayNode all = node.putArray("jsonLines");
      written.forEach(
          each -> all.addObject().put("path", each.path()).put("records", each.records()));
    }
    return node;
  }

  /** Returns each file with its records, and then how many records there are. */
  List<String> text() {
    List<Written> avroFiles =
        manifest.stream()
            .flatMap(each -> each.files().stream())
            .map(each -> new Written(each.path(), each.records()))
            .toList();
    long records =
        (manifest.isPresent() ? avroFiles : written).stream().mapToLong(Written::records).sum();
    return Stream.of(avroFiles, written, List.of(new Written("records", records)))
        .flatMap(List::stream)
        .map(each -> "%-44s %,12d".formatted(each.path(), each.records()))
        .toList();
  }

  @Override
  public void close() throws IOException {
    if (avro.isPresent()) {
      avro.get().close();
    }
    if (lines.isPresent()) {
      lines.get().close();
    }
  }
}
