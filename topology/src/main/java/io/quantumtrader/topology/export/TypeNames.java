package io.quantumtrader.topology.export;

import io.quantumtrader.schemas.serde.AvroDeserializer;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/**
 * Names what a serde reads, so that another one is seen: the full name of an Avro record, {@code
 * String} or {@code Long} for Kafka's own, the class for others (for a lambda the class around it),
 * {@code default} where the configuration says it.
 */
final class TypeNames {

  private static final String KAFKA = "org.apache.kafka.common.serialization.";

  private TypeNames() {}

  /** Names what a serde reads; null is the configured default. */
  static String of(Serde<?> serde) {
    return serde == null ? "default" : of(serde.deserializer());
  }

  /** Names what a deserializer reads; null is the configured default. */
  static String of(Deserializer<?> deserializer) {
    if (deserializer instanceof AvroDeserializer<?> avro) {
      return avro.valueClass()
          .map(type -> SpecificData.get().getSchema(type).getFullName())
          .orElse("avro");
    }
    return ofInstance(deserializer);
  }

  /** Names what a serializer or deserializer is about by its class; null is the default. */
  static String ofInstance(Object codec) {
    if (codec == null) {
      return "default";
    }
    String name = codec.getClass().getName().replaceAll("\\$\\$Lambda.*", "");
    if (name.startsWith(KAFKA)) {
      return name.substring(KAFKA.length()).replaceAll("(Des|S)erializer$", "");
    }
    return name;
  }
}
