package io.quantumtrader.console.book;

import io.quantumtrader.schemas.topic.Topic;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** The last row of each key of the topics that are tables, in the order of their keys. */
public final class Tables {

  private final Map<Topic, NavigableMap<String, SpecificRecord>> tables =
      new EnumMap<>(Topic.class);

  Tables() {}

  void take(BookRecord record) {
    NavigableMap<String, SpecificRecord> table =
        tables.computeIfAbsent(record.topic(), any -> new TreeMap<>());
    record
        .value()
        .ifPresentOrElse(value -> table.put(record.key(), value), () -> table.remove(record.key()));
  }

  /** Returns the rows of a table. */
  public <T extends SpecificRecord> List<T> rows(Topic topic, Class<T> type) {
    return tables.getOrDefault(topic, new TreeMap<>()).values().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Returns a row of a table. */
  public <T extends SpecificRecord> Optional<T> row(Topic topic, String key, Class<T> type) {
    return Optional.ofNullable(tables.getOrDefault(topic, new TreeMap<>()).get(key))
        .filter(type::isInstance)
        .map(type::cast);
  }
}
