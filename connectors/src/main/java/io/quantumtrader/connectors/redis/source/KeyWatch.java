package io.quantumtrader.connectors.redis.source;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Watches keys that a sink writes and others may change. Beside each key the sink keeps what it
 * wrote, in the same transaction, so that its own writes tell nothing; a difference is somebody
 * else's change. A change becomes records once: the source offset holds what was seen.
 */
final class KeyWatch {

  private static final String SEEN = "seen";

  private final SourceMapping.KeySpec spec;
  private final KeyReader reader;
  private final Clock clock;
  private final Map<String, String> partition;
  private final List<String> read = new ArrayList<>();
  private final long pollMs;
  private final long settleMs;
  private long nextMs;
  private String seen = "";
  private String standing = "";
  private long standingSinceMs;

  KeyWatch(SourceMapping.KeySpec spec, KeyReader reader, RedisSourceConfig config, Clock clock) {
    this.spec = spec;
    this.reader = reader;
    this.clock = clock;
    this.pollMs = config.getLong(RedisSourceConfig.KEYS_POLL);
    this.settleMs = config.getLong(RedisSourceConfig.KEYS_SETTLE);
    String prefix = config.keyPrefix();
    this.partition = Map.of("keys", prefix + String.join(",", spec.keys()));
    spec.keys().forEach(key -> read.add(prefix + key));
    if (spec.written() != null) {
      spec.keys().forEach(key -> read.add(prefix + spec.written() + key));
    }
  }

  Map<String, String> partition() {
    return partition;
  }

  /** Takes up the offset that was committed last; null where there is none. */
  void restore(Map<String, Object> offset) {
    if (offset != null) {
      seen = String.valueOf(offset.getOrDefault(SEEN, ""));
    }
  }

  /** Looks at the keys, if it is time to. */
  void poll(StreamSession session, List<SourceRecord> out) {
    long now = clock.millis();
    if (now < nextMs) {
      return;
    }
    List<String> values = session.values(read);
    nextMs = now + pollMs;
    KeyReader.Change change = change(values);
    String look = String.valueOf(values);
    if (change.now().equals(change.written())) {
      standing = "";
      if (isUnmarked(values)) {
        // No sink writes here, so no mark tells the next change from one that was like it.
        seen = "";
      }
    } else if (!look.equals(seen) && (reader.isUrgent(change) || stands(look, now))) {
      emit(change, look, now, out);
      seen = look;
    }
  }

  private boolean isUnmarked(List<String> values) {
    return values.subList(spec.keys().size(), values.size()).stream().allMatch(Objects::isNull);
  }

  private boolean stands(String look, long now) {
    if (!look.equals(standing)) {
      standing = look;
      standingSinceMs = now;
    }
    return now - standingSinceMs >= settleMs;
  }

  private KeyReader.Change change(List<String> values) {
    Map<String, String> now = new LinkedHashMap<>();
    Map<String, String> written = new LinkedHashMap<>();
    for (int i = 0; i < spec.keys().size(); i++) {
      now.put(spec.keys().get(i), orEmpty(values.get(i)));
      String mark = spec.written() == null ? "" : orEmpty(values.get(i + spec.keys().size()));
      written.put(spec.keys().get(i), mark.substring(mark.indexOf('=') + 1));
    }
    return new KeyReader.Change(now, written);
  }

  private void emit(KeyReader.Change change, String look, long now, List<SourceRecord> out) {
    Map<String, String> offset = Map.of(SEEN, look);
    for (Output output : reader.read(change, now)) {
      out.add(
          new SourceRecord(
              partition,
              offset,
              output.topic(),
              null,
              Schema.OPTIONAL_STRING_SCHEMA,
              output.key(),
              output.schema(),
              output.value(),
              now,
              new ConnectHeaders()));
    }
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }

  void close() {
    reader.close();
  }
}
