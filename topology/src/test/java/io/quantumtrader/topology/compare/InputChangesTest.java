package io.quantumtrader.topology.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.topology.export.TopicCatalog;
import io.quantumtrader.topology.export.TopologyExport;
import io.quantumtrader.topology.export.TopologyExporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.junit.jupiter.api.Test;

/** What is said of a store or a topic that goes on with another input under its old name. */
final class InputChangesTest {

  private static TopologyExport export(Consumer<StreamsBuilder> topology) {
    return export(topology, TopicCatalog.NONE, false);
  }

  private static TopologyExport export(
      Consumer<StreamsBuilder> topology, TopicCatalog catalog, boolean optimized) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "shop");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(
        StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG,
        optimized ? StreamsConfig.OPTIMIZE : StreamsConfig.NO_OPTIMIZATION);
    StreamsBuilder builder = new StreamsBuilder();
    topology.accept(builder);
    return TopologyExporter.export(builder.build(settings), settings, catalog, Map.of());
  }

  private static void count(StreamsBuilder builder, String topic) {
    builder.<String, String>stream(topic).groupByKey().count();
  }

  private static void countAs(StreamsBuilder builder, String topic, String store) {
    builder.<String, String>stream(topic).groupByKey().count(Materialized.as(store));
  }

  private static List<String> of(Change change, TopologyExport before, TopologyExport after) {
    return Comparison.of(before, after).stream()
        .filter(found -> found.change() == change)
        .map(found -> found.subject() + ": " + found.detail())
        .toList();
  }

  @Test
  void shouldSeeThatUnnamedStoresMovedToOtherTopics() {
    TopologyExport before =
        export(
            builder -> {
              count(builder, "orders");
              count(builder, "clicks");
            });
    TopologyExport after =
        export(
            builder -> {
              count(builder, "logins");
              count(builder, "orders");
              count(builder, "clicks");
            });
    assertThat(of(Change.STORE_INPUT, before, after))
        .containsExactly(
            "KSTREAM-AGGREGATE-STATE-STORE-0000000001: was fed by [orders], is fed by [logins]",
            "KSTREAM-AGGREGATE-STATE-STORE-0000000004: was fed by [clicks], is fed by [orders]");
  }

  @Test
  void shouldSeeNamedStoresSwappedBesideSomethingHarmless() {
    TopologyExport before =
        export(
            builder -> {
              countAs(builder, "buys", "buy-count");
              countAs(builder, "sells", "sell-count");
            });
    TopologyExport after =
        export(
            builder -> {
              countAs(builder, "sells", "buy-count");
              countAs(builder, "buys", "sell-count");
              builder.<String, String>stream("buys").foreach((key, value) -> {}, Named.as("trace"));
            });
    assertThat(of(Change.STORE_INPUT, before, after)).hasSize(2);
    assertThat(Comparison.worst(Comparison.of(before, after))).isEqualTo(Verdict.BREAKING);
  }

  private static void countBy(StreamsBuilder builder, String topic, String grouped, String store) {
    builder.<String, String>stream(topic)
        .groupBy((key, value) -> value, Grouped.as(grouped))
        .count(Materialized.as(store));
  }

  @Test
  void shouldFollowTheInputThroughARepartitionTopic() {
    TopologyExport before =
        export(
            builder -> {
              countBy(builder, "buys", "by-buyer", "buy-count");
              countBy(builder, "sells", "by-seller", "sell-count");
            });
    TopologyExport after =
        export(
            builder -> {
              countBy(builder, "sells", "by-buyer", "buy-count");
              countBy(builder, "buys", "by-seller", "sell-count");
            });
    assertThat(of(Change.STORE_INPUT, before, after))
        .containsExactly(
            "buy-count: was fed by [buys], is fed by [sells]",
            "sell-count: was fed by [sells], is fed by [buys]");
  }

  @Test
  void shouldSeeStoresSwappedBehindRepartitionTopicsOfOneInput() {
    TopologyExport before =
        export(
            builder -> {
              countBy(builder, "buys", "by-buyer", "one");
              countBy(builder, "sells", "by-seller", "two");
            });
    TopologyExport after =
        export(
            builder -> {
              countBy(builder, "buys", "by-buyer", "two");
              countBy(builder, "sells", "by-seller", "one");
            });
    assertThat(of(Change.STORE_INPUT, before, after)).hasSize(2);

    // and of one topic, where only the names on the way tell
    TopologyExport same =
        export(
            builder -> {
              KStream<String, String> orders = builder.stream("orders");
              orders.groupBy((k, v) -> v, Grouped.as("by-city")).count(Materialized.as("one"));
              orders.groupBy((k, v) -> v, Grouped.as("by-user")).count(Materialized.as("two"));
            });
    TopologyExport swapped =
        export(
            builder -> {
              KStream<String, String> orders = builder.stream("orders");
              orders.groupBy((k, v) -> v, Grouped.as("by-city")).count(Materialized.as("two"));
              orders.groupBy((k, v) -> v, Grouped.as("by-user")).count(Materialized.as("one"));
            });
    assertThat(of(Change.STORE_INPUT, same, swapped))
        .hasSize(2)
        .allMatch(found -> found.contains("-repartition"));
  }

  @Test
  void shouldSeeTheSidesOfAJoinSwapped() {
    TopologyExport before = export(builder -> join(builder, "orders", "users"));
    TopologyExport after = export(builder -> join(builder, "users", "orders"));
    assertThat(of(Change.STORE_INPUT, before, after))
        .containsExactly("user-table: was fed by [users], is fed by [orders] at KTABLE-SOURCE");
    TopologyExport windowed = export(builder -> windowed(builder, "orders", "payments"));
    TopologyExport turned = export(builder -> windowed(builder, "payments", "orders"));
    assertThat(of(Change.STORE_INPUT, windowed, turned)).hasSize(2);
  }

  private static void join(StreamsBuilder builder, String stream, String table) {
    KTable<String, String> users = builder.table(table, Materialized.as("user-table"));
    builder.<String, String>stream(stream).join(users, (order, user) -> order).to("out");
  }

  private static void windowed(StreamsBuilder builder, String left, String right) {
    builder.<String, String>stream(left)
        .join(
            builder.<String, String>stream(right),
            (one, other) -> one,
            JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofMinutes(1)),
            StreamJoined.<String, String, String>as("paid").withName("paid"));
  }

  @Test
  void shouldSeeSinksSwapped() {
    TopologyExport before = export(builder -> sinks(builder, "buys-out", "sells-out"));
    TopologyExport after = export(builder -> sinks(builder, "sells-out", "buys-out"));
    assertThat(of(Change.SINK_INPUT, before, after))
        .containsExactly(
            "buys-out: was fed by [buys], is fed by [sells]",
            "sells-out: was fed by [sells], is fed by [buys]");
  }

  private static void sinks(StreamsBuilder builder, String one, String other) {
    builder.<String, String>stream("buys").to(one, Produced.as("one-sink"));
    builder.<String, String>stream("sells").to(other, Produced.as("other-sink"));
  }

  @Test
  void shouldSayWhereAnInputCameToAStoreOrLeftIt() {
    TopologyExport one = export(builder -> countAs(builder, "buys", "count"));
    TopologyExport both =
        export(
            builder ->
                builder.<String, String>stream(List.of("buys", "sells"))
                    .groupByKey()
                    .count(Materialized.as("count")));
    assertThat(Comparison.of(one, both))
        .extracting(TopologyFinding::change)
        .containsExactly(Change.STORE_INPUT_ADDED, Change.SOURCE_ADDED);
    assertThat(of(Change.STORE_INPUT_LOST, both, one))
        .containsExactly("count: was fed by [buys, sells], is fed by [buys]");
  }

  @Test
  void shouldNotTakeAShiftOfGeneratedNamesForAnotherInput() {
    TopologyExport before = export(builder -> countAs(builder, "buys", "buy-count"));
    TopologyExport after =
        export(
            builder -> {
              KStream<String, String> buys = builder.stream("buys");
              buys.filter((key, value) -> value != null)
                  .mapValues(value -> value)
                  .groupByKey()
                  .count(Materialized.as("buy-count"));
            });
    assertThat(Comparison.worst(Comparison.of(before, after))).isEqualTo(Verdict.HARMLESS);
  }

  @Test
  void shouldSeeAGlobalTableOnAnotherTopic() {
    TopologyExport before =
        export(builder -> builder.globalTable("cities", Materialized.as("names")));
    TopologyExport after =
        export(builder -> builder.globalTable("users", Materialized.as("names")));
    assertThat(of(Change.TABLE_TOPIC, before, after))
        .containsExactly("names: was cities, is users");
  }

  private static TopologyExport table(boolean optimized, String cleanup) {
    TopicCatalog catalog =
        name ->
            cleanup == null
                ? Optional.empty()
                : Optional.of(
                    new TopicCatalog.Entry(3, Map.of("cleanup.policy", cleanup), "user", "Text"));
    return export(
        builder -> builder.table("users", Materialized.as("user-store")), catalog, optimized);
  }

  @Test
  void shouldKnowASourceTopicThatIsReusedAsChangelog() {
    assertThat(of(Change.RESTORED_FROM_SOURCE, table(false, null), table(true, null)))
        .containsExactly(
            "user-store: restored from topic users, which must be compacted, no longer from"
                + " user-store-changelog");
    assertThat(Comparison.worst(Comparison.of(table(false, null), table(true, null))))
        .isEqualTo(Verdict.MIGRATION);
    assertThat(Comparison.worst(Comparison.of(table(false, "compact"), table(true, "compact"))))
        .isEqualTo(Verdict.MIGRATION);
    assertThat(of(Change.SOURCE_NOT_COMPACTED, table(false, "delete"), table(true, "delete")))
        .hasSize(1);
    assertThat(of(Change.CHANGELOG_OF_ITS_OWN, table(true, null), table(false, null))).hasSize(1);
    assertThat(Comparison.of(table(true, null), table(true, null))).isEmpty();
  }
}
