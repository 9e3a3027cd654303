package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.quantumtrader.connectors.redis.RealRedis;
import io.quantumtrader.connectors.redis.SinkHarness;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sink with the old contract before a real Redis, as in a replay of an earlier day. */
abstract class LegacySinkOnRedis {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private SinkHarness sink;
  private long offset;

  @BeforeEach
  void start() {
    SinkSettings settings =
        SinkSettings.of(REDIS.uri(), "http://localhost:1")
            .withExpiryReference(ExpiryReference.RECORD);
    sink = SinkHarness.start(LegacyContract.sinkConfiguration(settings));
  }

  @AfterEach
  void stop() {
    sink.close();
    assertThat(sink.reported()).isEmpty();
  }

  final void put(Topic topic, String key, IndexedRecord value) {
    sink.put(record(topic, key, value, offset++));
  }

  static Map<String, String> hash(String key) {
    return REDIS.commands().hgetall(key);
  }

  static String text(String key) {
    return REDIS.commands().get(key);
  }

  static long ttl(String key) {
    return REDIS.commands().ttl(key);
  }

  static List<String> keys(String pattern) {
    return REDIS.commands().keys(pattern);
  }

  static List<Map<String, String>> entries(String key) {
    return REDIS.commands().xrange(key, Range.unbounded()).stream()
        .map(StreamMessage::getBody)
        .toList();
  }
}
