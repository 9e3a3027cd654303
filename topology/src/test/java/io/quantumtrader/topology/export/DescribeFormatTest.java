package io.quantumtrader.topology.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.junit.jupiter.api.Test;

/** The format {@code describe} is letter by letter what Kafka prints of the same topology. */
final class DescribeFormatTest {

  private static Properties settings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "shop");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    return settings;
  }

  /** Several topics, a pattern, a repartition, joins, a global table, a sink that chooses. */
  private static Topology shop() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> orders = builder.stream(List.of("orders-eu", "orders-us", "orders-ap"));
    KStream<String, String> clicks = builder.stream(Pattern.compile("clicks-.*"));
    var users = builder.<String, String>table("users", Materialized.as("user-table"));
    var cities = builder.<String, String>globalTable("cities", Materialized.as("city-table"));
    orders
        .merge(clicks)
        .join(users, (one, user) -> one + user)
        .join(cities, (key, value) -> value, (one, city) -> one + city)
        .to((key, value, context) -> "out-" + key);
    orders
        .groupBy((key, value) -> value)
        .count()
        .toStream()
        .mapValues(String::valueOf)
        .to("counts");
    return builder.build(settings());
  }

  @Test
  void shouldPrintWhatKafkaPrints() {
    // given
    Topology topology = shop();
    String expected = topology.describe().toString();

    // when
    TopologyExport export =
        TopologyExporter.export(topology, settings(), TopicCatalog.NONE, Map.of());
    TopologyExport read = ExportJson.read(ExportJson.write(export));

    // then
    assertThat(expected).contains("for global store", "extractor class: ", "topics: [orders-");
    assertThat(Format.DESCRIBE.write(export, LiveNumbers.NONE)).isEqualTo(expected);
    assertThat(Format.DESCRIBE.write(read, LiveNumbers.NONE)).isEqualTo(expected);
  }

  @Test
  void shouldSayThatAnOlderExportLacksIt() {
    // given
    TopologyExport export =
        TopologyExporter.export(shop(), settings(), TopicCatalog.NONE, Map.of());
    ObjectNode older = (ObjectNode) ExportJson.tree(export);
    older.remove("description");
    older.put("of a later program", true);

    // when
    TopologyExport read = ExportJson.of(older);

    // then
    assertThat(read.structure()).isEqualTo(export.structure());
    assertThatThrownBy(() -> Format.DESCRIBE.write(read, LiveNumbers.NONE))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("export it again");
  }
}
