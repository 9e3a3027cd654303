package io.quantumtrader.connectors.redis.expression;

import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What an expression can see: one record.
 *
 * @param record the record
 */
public record Scope(SinkRecord record) {

  Object root(Root root) {
    return switch (root) {
      case KEY -> record.key();
      case VALUE -> record.value();
      case TOPIC -> record.topic();
      case PARTITION -> record.kafkaPartition();
      case OFFSET -> record.kafkaOffset();
      case TIMESTAMP -> record.timestamp();
      case HEADER -> record.headers();
    };
  }

  Object header(String name) {
    Header header = record.headers().lastWithName(name);
    if (header == null) {
      throw new MissingFieldException("header." + name, name);
    }
    return header.value();
  }
}
