package io.quantumtrader.topology.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quantumtrader.topology.export.ExportJson;
import io.quantumtrader.topology.export.TopologyExport;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of each kind of change to a pipeline that has run before. */
final class MutationsTest {

  private static Arguments to(
      String what, Consumer<Shop> mutation, Verdict verdict, Change... among) {
    return arguments(what, mutation, verdict, List.of(among));
  }

  static Stream<Arguments> mutations() {
    return Stream.of(stages(), stores(), topics()).flatMap(each -> each);
  }

  private static Stream<Arguments> stages() {
    return Stream.of(
        to("filter inserted", s -> s.filter = true, Verdict.HARMLESS, Change.PROCESSOR_ADDED),
        to("processor renamed", s -> s.cleanName = "x", Verdict.HARMLESS, Change.PROCESSOR_RENAMED),
        to(
            "stateless stages reordered",
            s -> s.statelessSwapped = true,
            Verdict.HARMLESS,
            Change.STAGES_REORDERED),
        to(
            "stages with stores reordered",
            s -> s.statefulSwapped = true,
            Verdict.MIGRATION,
            Change.STATEFUL_STAGES_REORDERED),
        to(
            "sub-topology added behind",
            s -> s.reminders = true,
            Verdict.HARMLESS,
            Change.SOURCE_ADDED,
            Change.SINK_ADDED),
        to(
            "sub-topology added in front",
            s -> s.addedInFront = true,
            Verdict.MIGRATION,
            Change.SUBTOPOLOGY_RENUMBERED),
        to(
            "sub-topology split",
            s -> s.seenElsewhere = true,
            Verdict.MIGRATION,
            Change.SUBTOPOLOGY_SPLIT,
            Change.REPARTITION_ADDED),
        to(
            "sub-topologies merged",
            s -> s.cityTogether = true,
            Verdict.MIGRATION,
            Change.SUBTOPOLOGY_MERGED,
            Change.REPARTITION_REMOVED),
        to("application id", s -> s.applicationId = "b", Verdict.MIGRATION, Change.APPLICATION_ID));
  }

  private static Stream<Arguments> stores() {
    return Stream.of(
        to("renamed", s -> s.totalStore = "t", Verdict.MIGRATION, Change.STORE_RENAMED),
        to("removed", s -> s.seenStage = false, Verdict.MIGRATION, Change.STORE_REMOVED),
        to("serde", s -> s.totalSerde = Serdes.UUID(), Verdict.BREAKING, Change.STORE_SERDE),
        to("type", s -> s.totalWindowed = true, Verdict.BREAKING, Change.STORE_TYPE),
        to("changelog off", s -> s.totalLogged = false, Verdict.BREAKING, Change.CHANGELOG_OFF),
        to("caching on", s -> s.totalCached = true, Verdict.HARMLESS, Change.STORE_CACHING),
        to("to disk", s -> s.totalOnDisk = true, Verdict.HARMLESS, Change.STORE_PLACE));
  }

  private static Stream<Arguments> topics() {
    return Stream.of(
        to("source added", s -> s.returns = true, Verdict.HARMLESS, Change.SOURCE_ADDED),
        to(
            "source of another count added",
            s -> {
              s.returns = true;
              s.partitions.put("returns", 5);
            },
            Verdict.BREAKING,
            Change.COPARTITION_LOST,
            Change.PARTITION_COUNT),
        to(
            "source replaced",
            s -> s.orders = "orders-2",
            Verdict.BREAKING,
            Change.SOURCE_REMOVED,
            Change.SOURCE_ADDED),
        to("sink removed", s -> s.totalsWritten = false, Verdict.BREAKING, Change.SINK_REMOVED),
        to("sink renamed", s -> s.citySink = "c", Verdict.BREAKING, Change.SINK_REMOVED),
        to("type", s -> s.types.put("totals-out", "Number"), Verdict.BREAKING, Change.TOPIC_TYPE),
        to(
            "compaction lost",
            s -> s.cleanup.put("cities", "delete"),
            Verdict.BREAKING,
            Change.TOPIC_COMPACTION_LOST),
        to(
            "partitions of a source",
            s -> s.partitions.put("orders", 6),
            Verdict.MIGRATION,
            Change.PARTITION_COUNT),
        to(
            "partitions of a repartition",
            s -> s.byCityCount = 4,
            Verdict.MIGRATION,
            Change.PARTITION_COUNT),
        to(
            "repartition renamed",
            s -> s.byCity = "cities-by-name",
            Verdict.MIGRATION,
            Change.REPARTITION_RENAMED),
        to(
            "repartition without a name",
            s -> s.byCity = null,
            Verdict.MIGRATION,
            Change.REPARTITION_RENAMED,
            Change.NAME_GENERATED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutations")
  void shouldSayWhatAChangeMeans(
      String what, Consumer<Shop> mutation, Verdict verdict, List<Change> among) {
    // given
    Shop changed = new Shop();
    mutation.accept(changed);

    // when
    List<TopologyFinding> findings = Comparison.of(new Shop().export(), changed.export());

    // then
    assertThat(Comparison.worst(findings)).as(findings.toString()).isEqualTo(verdict);
    assertThat(changes(findings)).as(findings.toString()).containsAll(among);
  }

  @Test
  void shouldSeeAJoinThatLostItsName() {
    // given
    Shop named = new Shop();
    named.join = true;
    Shop unnamed = new Shop();
    unnamed.join = true;
    unnamed.joinName = null;

    // when
    List<TopologyFinding> findings = Comparison.of(named.export(), unnamed.export());

    // then
    assertThat(changes(findings)).contains(Change.STORE_RENAMED, Change.NAME_GENERATED);
    assertThat(findings)
        .filteredOn(found -> found.change() == Change.STORE_RENAMED)
        .as("both sides of the join")
        .hasSize(2);
  }

  @Test
  void shouldSeeTopicsThatStreamsHoldsTogetherNoLonger() {
    // given
    Shop joined = new Shop();
    joined.join = true;
    TopologyExport together = joined.export();
    assertThat(together.copartitioned()).containsExactly(List.of("orders", "payments"));
    TopologyExport apart =
        new TopologyExport(
            together.version(),
            together.applicationId(),
            together.subtopologies(),
            together.tables(),
            together.topics(),
            List.of(),
            List.of(),
            List.of());

    // when
    List<TopologyFinding> findings = Comparison.of(together, apart);

    // then
    assertThat(changes(findings)).containsExactly(Change.COPARTITION_LOST);
  }

  @Test
  void shouldFindNothingInTheSame() {
    TopologyExport export = new Shop().export();
    TopologyExport read = ExportJson.read(ExportJson.write(export));
    assertThat(read).isEqualTo(export);
    assertThat(Comparison.of(export, read)).isEmpty();
  }

  private static Set<Change> changes(List<TopologyFinding> findings) {
    return findings.stream()
        .map(TopologyFinding::change)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
