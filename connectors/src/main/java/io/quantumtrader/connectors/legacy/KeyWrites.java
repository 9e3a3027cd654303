package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.avro.AvroConverter;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.connectors.redis.mapping.Mapping;
import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What the sink writes for a record, as far as it leaves the same behind however often it is done:
 * keys, and neither entries of streams nor messages.
 */
final class KeyWrites {

  private static final Set<String> REPEATABLE =
      Set.of("SET", "DEL", "HSET", "HSETNX", "EXPIRE", "PEXPIRE", "SADD", "ZADD");

  private final AvroConverter values = new AvroConverter();
  private final RecordMapper mapper;
  private final Clock clock;
  private int skipped;

  /**
   * Reads the contract.
   *
   * @param registry settings of the registry client, {@code schema.registry.url} at least
   * @param keyPrefix what the sink's keys begin with
   */
  KeyWrites(Map<String, Object> registry, String keyPrefix, Clock clock) {
    values.configure(registry, false);
    mapper = new RecordMapper(Mapping.parse(contract()), keyPrefix, ExpiryReference.WALL);
    this.clock = clock;
  }

  /** Returns what is written for a record; nothing for one that cannot be read or mapped. */
  List<RedisWrite> of(ConsumerRecord<byte[], byte[]> record) {
    try {
      SchemaAndValue value = values.toConnectData(record.topic(), record.value());
      SinkRecord row =
          new SinkRecord(
              record.topic(),
              record.partition(),
              Schema.OPTIONAL_STRING_SCHEMA,
              key(record),
              value.schema(),
              value.value(),
              record.offset(),
              record.timestamp(),
              TimestampType.CREATE_TIME);
      return mapper.writes(row, clock.millis()).stream()
          .filter(write -> REPEATABLE.contains(write.command()))
          .toList();
    } catch (DataException unreadable) {
      // The sink has made a dead letter of it.
      skipped++;
      return List.of();
    }
  }

  /** Returns how many records could not be read or mapped. */
  int skipped() {
    return skipped;
  }

  static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
  }

  private static String contract() {
    try (InputStream in =
        KeyWrites.class.getClassLoader().getResourceAsStream(LegacyContract.MAPPING_RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "class path resource " + LegacyContract.MAPPING_RESOURCE, unreadable);
    }
  }
}
