package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.evolution.NestedRecords;
import io.quantumtrader.schemas.topic.StoredTypes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * The registry subject of a topic's values: the topic name with {@code -value} (topic name
 * strategy). Topics that Streams makes for itself (changelogs of stores, repartition topics) carry
 * the application id in their name, so what is stored goes by its type instead: the subject of the
 * catalog topic with this value type, or the record's full name where there is none. A stored type
 * is so registered once, whichever stores it is in and however the application is called.
 */
public final class Subjects {

  private Subjects() {}

  /** Returns the subject of values of this schema in this topic. */
  public static String of(String topic, Schema schema) {
    return isInternal(topic) ? ofStored(schema.getFullName()) : topic + "-value";
  }

  private static boolean isInternal(String topic) {
    return topic.endsWith("-changelog") || topic.endsWith("-repartition");
  }

  private static String ofStored(String fullName) {
    for (Topic topic : Topic.values()) {
      if (topic.valueType().isPresent() && topic.valueType().get().getName().equals(fullName)) {
        return topic.subject();
      }
    }
    return fullName;
  }

  /**
   * Returns every subject that must be registered, with the schema of this build: values of catalog
   * topics, stored types, and the records inside of both, since any of them may be stored by
   * itself.
   */
  public static SortedMap<String, Schema> all() {
    Map<String, Schema> records = new HashMap<>();
    SortedMap<String, Schema> subjects = new TreeMap<>();
    StoredTypes.all()
        .forEach(
            type ->
                NestedRecords.collect(
                    ContractSchema.of(SpecificData.get().getSchema(type)), records));
    for (Topic topic : Topic.values()) {
      topic
          .valueSchema()
          .map(ContractSchema::of)
          .ifPresent(
              schema -> {
                subjects.put(topic.subject(), schema);
                NestedRecords.collect(schema, records);
              });
    }
    records.forEach((name, schema) -> subjects.putIfAbsent(ofStored(name), schema));
    return Collections.unmodifiableSortedMap(subjects);
  }
}
