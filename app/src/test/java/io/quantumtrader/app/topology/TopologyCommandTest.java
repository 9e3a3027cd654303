package io.quantumtrader.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.export.ExportJson;
import io.quantumtrader.topology.export.TopicCatalog;
import io.quantumtrader.topology.export.TopologyExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on this project, and on a word count that has nothing to do with it. */
final class TopologyCommandTest {

  @TempDir private Path directory;

  private static CommandRun topology(Object... arguments) {
    return CommandRun.of(Stream.concat(Stream.of("topology"), Arrays.stream(arguments)).toArray());
  }

  private Path wordCount(String store) throws IOException {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("lines", Consumed.with(Serdes.String(), Serdes.String()))
        .flatMapValues(line -> Arrays.asList(line.split(" ")))
        .groupBy((key, word) -> word, Grouped.with("words", Serdes.String(), Serdes.String()))
        .count(Materialized.as(store))
        .toStream()
        .to("counts", Produced.with(Serdes.String(), Serdes.Long()));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "word-count");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    Topology topology = builder.build(settings);
    Path file = directory.resolve(store + ".json");
    Files.writeString(
        file,
        ExportJson.write(TopologyExporter.export(topology, settings, TopicCatalog.NONE, Map.of())));
    return file;
  }

  @Test
  void shouldFindWhatIsBuiltInTheGoldenExport() {
    CommandRun run = topology("--check");
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).contains("is the same as").hasLineCount(1);
  }

  @Test
  void shouldCompareExportsOfAnyTree() throws Exception {
    // given
    Path before = wordCount("counted");
    Path after = wordCount("word-counts");

    // when
    CommandRun run = topology("--from", before, "--to", after, "--json");

    // then
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(run.code()).isEqualTo(1);
    assertThat(report.get("verdict").asText()).isEqualTo("MIGRATION");
    assertThat(report.findValuesAsText("change")).contains("STORE_RENAMED");
    assertThat(report.findValuesAsText("detail")).contains("was counted");
  }

  @Test
  void shouldSayWhatToDo() throws Exception {
    CommandRun run = topology("--from", wordCount("counted"), "--to", wordCount("word-counts"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("migration  store renamed: word-counts (was counted)");
    assertThat(run.out()).contains("keep the old name");
  }

  private static String described() {
    Properties settings =
        new StreamsSettings(Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0")).properties();
    try (RecordSerdes serdes = new RecordSerdes(Map.of("schema.registry.url", "http://none:0"))) {
      return QuantumTopology.build(serdes, PartitionCounts.DEFAULT, settings).describe().toString();
    }
  }

  @Test
  void shouldPrintWhatKafkaDescribes() throws Exception {
    Path file = directory.resolve("describe.txt");
    CommandRun run = topology("--format", "describe");
    CommandRun written = topology("--format", "describe", "--out", file);
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(described());
    assertThat(written.code()).isZero();
    assertThat(Files.readString(file)).isEqualTo(run.out());
  }

  @Test
  void shouldDrawAnImageThatAnXmlReaderTakes() throws Exception {
    Path file = directory.resolve("topology.svg");
    CommandRun run = topology("--format", "svg", "--out", file);
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    var image = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertThat(image.getDocumentElement().getTagName()).isEqualTo("svg");
  }

  @Test
  void shouldSayInOneLineThatAFileIsNoExport() throws Exception {
    // given
    Path other = Files.writeString(directory.resolve("other.json"), "{\"name\": 1}");

    Path later =
        Files.writeString(
            directory.resolve("later.json"), "{\"version\": 3, \"subtopologies\": []}");

    // when
    CommandRun broken = topology("--from", other);
    CommandRun newer = topology("--from", later);
    CommandRun missing = topology("--to", directory.resolve("none.json"));

    // then
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.err()).contains("it is not a topology export").hasLineCount(1);
    assertThat(newer.code()).isEqualTo(2);
    assertThat(newer.err()).contains("version 3", "export it again").hasLineCount(1);
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no such file").hasLineCount(1);
  }

  /** The file is what the program wrote when the format called sub-topologies rooms. */
  @Test
  void shouldReadAnExportOfTheFirstVersion() throws Exception {
    // given
    Path old = Path.of(getClass().getResource("/topology/export-version-1.json").toURI());

    // when
    CommandRun same = topology("--from", old, "--to", wordCount("counted"));
    CommandRun renamed = topology("--from", old, "--to", wordCount("word-counts"));

    // then
    assertThat(same.code()).as(same.out() + same.err()).isZero();
    assertThat(same.err()).contains("is the same as").hasLineCount(1);
    assertThat(renamed.code()).isEqualTo(1);
    assertThat(renamed.out()).contains("migration  store renamed: word-counts (was counted)");
  }
}
