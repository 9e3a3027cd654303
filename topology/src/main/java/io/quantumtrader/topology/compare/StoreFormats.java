package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kafka Streams 4.3 makes some stores with builders that can keep headers, where 4.0 had others for
 * the same bytes; and stores with headers take over what those without left. Such a difference in
 * names is none in a store.
 */
final class StoreFormats {

  private static final String TIMESTAMPED = "timestamped-";
  private static final String WITH_HEADERS = "-with-headers";
  private static final String INTERNALS = "org.apache.kafka.streams.state.internals.";

  private StoreFormats() {}

  /** Returns the right side with the left's words for stores that are made differently only. */
  static TopologyExport aligned(TopologyExport left, TopologyExport right) {
    Map<String, Store> before = new HashMap<>();
    left.subtopologies()
        .forEach(each -> each.stores().forEach(store -> before.put(store.name(), store)));
    Map<String, String> typesBefore = new HashMap<>();
    left.topics().forEach(topic -> typesBefore.put(topic.name(), topic.valueType()));
    return new TopologyExport(
        right.version(),
        right.applicationId(),
        right.subtopologies().stream().map(each -> aligned(before, each)).toList(),
        right.tables(),
        right.topics().stream().map(topic -> aligned(typesBefore, topic)).toList(),
        right.copartitioned(),
        right.description(),
        right.services());
  }

  private static Subtopology aligned(Map<String, Store> before, Subtopology subtopology) {
    List<Store> stores =
        subtopology.stores().stream()
            .map(store -> aligned(before.get(store.name()), store))
            .toList();
    return new Subtopology(subtopology.id(), subtopology.name(), subtopology.nodes(), stores);
  }

  private static Store aligned(Store was, Store is) {
    if (was == null || !isSameType(was.type(), is.type())) {
      return is;
    }
    return new Store(
        is.name(),
        was.type(),
        is.persistent(),
        is.keyType(),
        isSameValue(was.valueType(), is.valueType()) ? was.valueType() : is.valueType(),
        is.caching(),
        is.logging(),
        is.changelog(),
        is.changelogSettings(),
        is.retentionMs());
  }

  private static TopicEntry aligned(Map<String, String> before, TopicEntry topic) {
    String was = before.get(topic.name());
    return was == null || !isSameValue(was, topic.valueType())
        ? topic
        : new TopicEntry(
            topic.name(),
            topic.kind(),
            topic.partitions(),
            topic.settings(),
            topic.key(),
            topic.keyType(),
            was);
  }

  /** Whether both hold the same kind of thing; one with headers keeps the time of each value. */
  static boolean isSameType(String was, String is) {
    if (!was.endsWith(WITH_HEADERS) && !is.endsWith(WITH_HEADERS)) {
      return was.equals(is);
    }
    return kind(was).equals(kind(is));
  }

  /** Whether both read the same value, with or without time and headers around it. */
  static boolean isSameValue(String was, String is) {
    return was.equals(is) || (isAround(was) && isAround(is));
  }

  private static boolean isAround(String type) {
    return type.equals(INTERNALS + "ValueAndTimestampDeserializer")
        || type.equals(INTERNALS + "ValueTimestampHeadersDeserializer");
  }

  private static String kind(String type) {
    return type.replace(WITH_HEADERS, "")
        .replaceAll("-store(-builder)?$", "")
        .replaceFirst("^" + TIMESTAMPED, "");
  }
}
