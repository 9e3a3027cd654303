package io.quantumtrader.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.serde.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What holds for every topic and every schema of the catalog. */
class CatalogTest {

  /** Every named type of every subject, once. */
  private static List<Schema> named(Schema.Type type) {
    Map<String, Schema> found = new TreeMap<>();
    Subjects.all().values().forEach(schema -> collect(schema, found));
    return found.values().stream().filter(schema -> schema.getType() == type).toList();
  }

  private static void collect(Schema schema, Map<String, Schema> found) {
    switch (schema.getType()) {
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      case RECORD -> {
        if (found.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      case ENUM, FIXED -> found.putIfAbsent(schema.getFullName(), schema);
      default -> {}
    }
  }

  private static Stream<Schema> leaves(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> schema.getTypes().stream().flatMap(CatalogTest::leaves);
      case ARRAY -> leaves(schema.getElementType());
      case MAP -> leaves(schema.getValueType());
      default -> Stream.of(schema);
    };
  }

  @Test
  void shouldGiveEveryEnumTheDefaultUnrecognized() {
    assertThat(named(Schema.Type.ENUM))
        .isNotEmpty()
        .allSatisfy(
            schema -> {
              assertThat(schema.getEnumSymbols().getFirst())
                  .as(schema.getName())
                  .isEqualTo("UNRECOGNIZED");
              assertThat(schema.getEnumDefault()).as(schema.getName()).isEqualTo("UNRECOGNIZED");
            });
  }

  @Test
  void shouldDocumentEveryTypeAndField() {
    List<String> undocumented = new ArrayList<>();
    Stream.of(Schema.Type.RECORD, Schema.Type.ENUM)
        .flatMap(type -> named(type).stream())
        .filter(schema -> schema.getDoc() == null || schema.getDoc().isBlank())
        .forEach(schema -> undocumented.add(schema.getName()));
    for (Schema record : named(Schema.Type.RECORD)) {
      for (Schema.Field field : record.getFields()) {
        if (field.doc() == null || field.doc().isBlank()) {
          undocumented.add(record.getName() + "." + field.name());
        }
      }
    }
    assertThat(undocumented).isEmpty();
  }

  @Test
  void shouldWriteMoneyAsDecimalOf38And18() {
    List<String> wrong = new ArrayList<>();
    for (Schema record : named(Schema.Type.RECORD)) {
      for (Schema.Field field : record.getFields()) {
        leaves(field.schema())
            .filter(leaf -> leaf.getProp("logicalType") != null || isBytes(leaf))
            .filter(leaf -> !isMoney(leaf))
            .forEach(leaf -> wrong.add(record.getName() + "." + field.name() + ": " + leaf));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isBytes(Schema schema) {
    return schema.getType() == Schema.Type.BYTES || schema.getType() == Schema.Type.FIXED;
  }

  private static boolean isMoney(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        && decimal.getPrecision() == 38
        && decimal.getScale() == 18;
  }

  @Test
  void shouldListEveryRecordOfTheSourceTree() throws IOException {
    List<String> listed =
        Stream.concat(
                Arrays.stream(Topic.values()).flatMap(topic -> topic.valueType().stream()),
                StoredTypes.all().stream())
            .map(Class::getSimpleName)
            .toList();
    try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
      List<String> records =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".avsc"))
              .map(name -> name.substring(0, name.length() - ".avsc".length()))
              .toList();
      assertThat(listed)
          .as("a record is the value of a topic, or listed in StoredTypes, or lies in common/")
          .containsAll(records);
    }
  }

  @Test
  void shouldNameTopicsAndSubjectsByOneRule() {
    for (Topic topic : Topic.values()) {
      assertThat(topic.topicName()).matches("quantum(\\.[a-z]+)+");
      assertThat(Topic.named(topic.topicName())).contains(topic);
      assertThat(topic.subject()).isEqualTo(topic.topicName() + "-value");
      topic
          .valueSchema()
          .ifPresent(
              schema ->
                  assertThat(Subjects.of(topic.topicName(), schema)).isEqualTo(topic.subject()));
    }
    assertThat(Topic.named("quantum.unknown")).isEmpty();
  }

  @Test
  void shouldPartitionByTheAccountWhereTheKeyBeginsWithIt() {
    assertThat(topicsOf(PartitionGroup.ACCOUNT))
        .containsExactlyInAnyOrder(
            "quantum.clock",
            "quantum.trade.intent",
            "quantum.apply.plan",
            "quantum.approval",
            "quantum.apply.result",
            "quantum.position.ledger",
            "quantum.position.snapshot",
            "quantum.harvest.proposal",
            "quantum.harvest.calibrated",
            "quantum.portfolio.state",
            "quantum.exchange.account",
            "quantum.exchange.income",
            "quantum.decision");
    assertThat(topicsOf(PartitionGroup.SYMBOL))
        .containsExactlyInAnyOrder(
            "quantum.market.candle",
            "quantum.market.mark",
            "quantum.market.state",
            "quantum.permit");
    assertThat(topicsOf(PartitionGroup.SINGLE))
        .containsExactlyInAnyOrder(
            "quantum.instrument",
            "quantum.universe",
            "quantum.policy",
            "quantum.policy.schedule",
            "quantum.control",
            "quantum.dlq",
            "quantum.dlq.replay");
  }

  /** What is compacted is a table; what is not loses nothing that a reader has not seen. */
  @Test
  void shouldCompactTablesAndNothingElse() {
    assertThat(Topic.values())
        .filteredOn(topic -> topic.cleanup() == Topic.Cleanup.COMPACT)
        .extracting(Topic::topicName)
        .containsExactlyInAnyOrder(
            "quantum.market.state",
            "quantum.instrument",
            "quantum.universe",
            "quantum.policy",
            "quantum.policy.schedule",
            "quantum.control",
            "quantum.position.ledger",
            "quantum.position.snapshot",
            "quantum.harvest.proposal",
            "quantum.harvest.calibrated",
            "quantum.portfolio.state",
            "quantum.exchange.account");
  }

  private static List<String> topicsOf(PartitionGroup group) {
    return Stream.of(Topic.values())
        .filter(topic -> topic.group() == group)
        .map(Topic::topicName)
        .toList();
  }
}
