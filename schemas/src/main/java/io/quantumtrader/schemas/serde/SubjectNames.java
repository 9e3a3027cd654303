package io.quantumtrader.schemas.serde;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How subjects are called: Confluent's three strategies, each known by the name of its class. */
public enum SubjectNames {
  /**
   * {@code <topic>-value}; what Streams stores for itself goes by its type, see {@link Subjects}.
   */
  TopicNameStrategy {
    @Override
    String of(String topic, Schema schema) {
      return Subjects.of(topic, schema);
    }
  },
  /** The record's full name. */
  RecordNameStrategy {
    @Override
    String of(String topic, Schema schema) {
      return schema.getFullName();
    }
  },
  /** {@code <topic>-<the record's full name>}. */
  TopicRecordNameStrategy {
    @Override
    String of(String topic, Schema schema) {
      return topic + "-" + schema.getFullName();
    }
  };

  /** Returns the subject of values of this schema in this topic. */
  abstract String of(String topic, Schema schema);

  /**
   * Returns the strategy with this name, with or without a package before it, so that configuration
   * made for Confluent's serializers holds here too.
   *
   * @throws ConfigException if it is not one of the three
   */
  static SubjectNames named(String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(strategy -> strategy.name().equals(simple))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    SerdeConfig.SUBJECT_NAMES,
                    name,
                    "is not one of "
                        + Arrays.stream(values())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }
}
