package io.quantumtrader.connectors.redis.source;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** Makes the readers that a mapping names. */
final class Readers {

  private Readers() {}

  static EntryReader of(SourceMapping.StreamSpec spec) {
    return spec.reader() == null
        ? new FieldsReader(spec.key(), spec.fields())
        : make(spec.reader(), EntryReader.class);
  }

  static KeyReader of(SourceMapping.KeySpec spec) {
    return make(spec.reader(), KeyReader.class);
  }

  private static <T> T make(String className, Class<T> type) {
    try {
      return Utils.newInstance(className, type);
    } catch (ClassNotFoundException | RuntimeException wrong) {
      throw new ConfigException(
          "reader " + className + " is not a " + type.getSimpleName() + " with a constructor");
    }
  }
}
