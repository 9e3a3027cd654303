package io.quantumtrader.schemas.serde;

import org.apache.avro.Schema;

/**
 * The registry subject of a topic's values: the topic name with {@code -value} (topic name
 * strategy). Topics that Streams makes for itself (changelogs of stores, repartition topics) carry
 * the application id in their name, so they go by the record's full name instead: a stored type is
 * registered once, whichever stores it is in and however the application is called.
 */
public final class Subjects {

  private Subjects() {}

  /** Returns the subject of values of this schema in this topic. */
  public static String of(String topic, Schema schema) {
    return isInternal(topic) ? ofStored(schema) : topic + "-value";
  }

  /** Returns the subject of values of this schema in topics that Streams makes for itself. */
  public static String ofStored(Schema schema) {
    return schema.getFullName();
  }

  private static boolean isInternal(String topic) {
    return topic.endsWith("-changelog") || topic.endsWith("-repartition");
  }
}
