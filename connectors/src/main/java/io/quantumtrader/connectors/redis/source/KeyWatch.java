package io.quantumtrader.connectors.redis.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches keys by which others say what they want, and which a sink may write as well. Only what
 * others put there counts; see {@link KeyLook} for how it is told from what the sink wrote. A
 * change becomes records once: the source offset holds what was said.
 */
final class KeyWatch {

  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SEEN = "seen";
  private static final String SAID = "said";
  private static final String ELSEWHERE = "elsewhere";
  private static final String OVERRULED = "overruled";

  /** How often it looks while a sink may still be answering to what was said. */
  private static final long BRIEFLY_MS = 20;

  private static final long ANSWERED_WITHIN_MS = 5_000;

  private final SourceMapping.KeySpec spec;
  private final KeyReader reader;
  private final Clock clock;
  private final Map<String, String> partition;
  private final List<String> read = new ArrayList<>();
  private final String prefix;
  private final long pollMs;
  private final long settleMs;

  /** Whether the marks are of the same keys, and not of those that a sink writes elsewhere. */
  private final boolean sharesKeys;

  private Map<String, String> said = Map.of();
  private String seen = "";
  private String elsewhere = "";
  private String overruled = "";
  private String standing = "";
  private List<String> wrongTyped = List.of();
  private final Set<String> kept = new HashSet<>();
  private KeyLook last;
  private boolean marked;
  private long standingSinceMs;
  private long answerUntilMs;
  private long nextMs;

  KeyWatch(SourceMapping.KeySpec spec, KeyReader reader, RedisSourceConfig config, Clock clock) {
    this.reader = reader;
    this.clock = clock;
    this.pollMs = config.getLong(RedisSourceConfig.KEYS_POLL);
    this.settleMs = config.getLong(RedisSourceConfig.KEYS_SETTLE);
    this.prefix = config.keyPrefix();
    String sinkPrefix = config.sinkKeyPrefix();
    this.sharesKeys = prefix.equals(sinkPrefix);
    this.spec = sharesKeys ? spec : spec.withoutMarks();
    this.partition = Map.of("keys", prefix + String.join(",", spec.keys()));
    spec.keys().forEach(key -> read.add(prefix + key));
    if (sharesKeys && spec.written() != null) {
      spec.keys().forEach(key -> read.add(prefix + spec.written() + key));
    }
    if (spec.elsewhere() != null) {
      read.add(sinkPrefix + spec.elsewhere());
    }
  }

  Map<String, String> partition() {
    return partition;
  }

  /** Takes up the offset that was committed last; null where there is none. */
  void restore(Map<String, Object> offset) {
    if (offset != null) {
      seen = text(offset, SEEN);
      elsewhere = text(offset, ELSEWHERE);
      overruled = text(offset, OVERRULED);
      said = parse(text(offset, SAID));
      // Where something was set elsewhere there were marks: without them now, Redis was emptied.
      marked = sharesKeys && !elsewhere.isEmpty();
    }
  }

  /** Returns how long until it is time to look, milliseconds, 0 or more. */
  long dueInMs() {
    return Math.max(0, nextMs - clock.millis());
  }

  /** Looks at the keys, if it is time to. */
  void poll(StreamSession session, List<SourceRecord> out) {
    long now = clock.millis();
    if (now < nextMs) {
      return;
    }
    KeyLook look = new KeyLook(spec, session.held(read));
    nextMs = now + (now < answerUntilMs ? Math.min(pollMs, BRIEFLY_MS) : pollMs);
    takeUp(look);
    boolean isOverruled = !overruled.isEmpty() && overruled.equals(elsewhere);
    KeyReader.Change change = look.change(said, kept, isOverruled);
    if (change.now().equals(said) && change.against().isEmpty()) {
      standing = "";
      return;
    }
    boolean isNew = !look.toString().equals(seen) || !change.now().equals(said);
    if (isNew && (reader.isUrgent(change) || stands(change, now))) {
      say(change, look, now, out);
    }
  }

  /** Takes up what happened by other means than the keys. */
  private void takeUp(KeyLook look) {
    if (!look.wrongTyped().equals(wrongTyped)) {
      wrongTyped = look.wrongTyped();
      wrongTyped.forEach(
          key ->
              LOG.error(
                  "key {}{} holds no string: it counts as a value that is not known until it is"
                      + " deleted or set to a string",
                  prefix,
                  key));
    }
    if (marked && !look.isMarked()) {
      LOG.warn(
          "Redis has lost the keys {} and what the sink noted of them: what they last said stays"
              + " in force",
          spec.keys());
      said = Map.of();
    }
    marked = look.isMarked();
    if (!look.elsewhereStamp().equals(elsewhere)) {
      elsewhere = look.elsewhereStamp();
      if (sharesKeys) {
        // The last word is theirs: the sink has written over the keys.
        said = Map.of();
      }
    }
    Map<String, String> all = new HashMap<>();
    spec.keys().forEach(key -> all.put(key, said.getOrDefault(key, "")));
    keep(look, all);
    said = Map.copyOf(all);
    last = look;
  }

  /**
   * Finds the keys that were somebody's until the sink wrote over them, in answer to what had been
   * said before: the wish stands. A key that was seen to be let go before is not one of them.
   */
  private void keep(KeyLook look, Map<String, String> wishes) {
    kept.retainAll(look.own());
    kept.removeIf(key -> wishes.get(key).isEmpty());
    for (String key : look.own()) {
      boolean isWished = !wishes.get(key).isEmpty();
      if (spec.writtenTtl() == null) {
        if (isWished && KeyLook.value(look.mark(key)).equals(wishes.get(key))) {
          kept.add(key);
        } else {
          wishes.put(key, "");
        }
      } else if (isWished && (last == null || isOverwritten(key, look))) {
        kept.add(key);
      }
    }
  }

  private boolean isOverwritten(String key, KeyLook look) {
    return !last.others(key).isEmpty() && !last.mark(key).equals(look.mark(key));
  }

  private boolean stands(KeyReader.Change change, long now) {
    String wished = change.now() + " " + change.against();
    if (!wished.equals(standing)) {
      standing = wished;
      standingSinceMs = now;
    }
    return now - standingSinceMs >= settleMs;
  }

  private void say(KeyReader.Change change, KeyLook look, long now, List<SourceRecord> out) {
    boolean overrules = reader.overrules(change);
    List<Output> outputs = reader.read(overrules ? change.overruling() : change, now);
    if (overrules) {
      overruled = elsewhere;
    }
    said = change.now();
    seen = look.toString();
    standing = "";
    Map<String, String> offset =
        Map.of(SEEN, seen, SAID, json(said), ELSEWHERE, elsewhere, OVERRULED, overruled);
    outputs.forEach(output -> out.add(record(output, offset, now)));
    if (!outputs.isEmpty() && spec.written() != null) {
      answerUntilMs = now + ANSWERED_WITHIN_MS;
      nextMs = now + Math.min(pollMs, BRIEFLY_MS);
    }
  }

  private SourceRecord record(Output output, Map<String, String> offset, long now) {
    return new SourceRecord(
        partition,
        offset,
        output.topic(),
        null,
        Schema.OPTIONAL_STRING_SCHEMA,
        output.key(),
        output.schema(),
        output.value(),
        now,
        new ConnectHeaders());
  }

  private static String text(Map<String, Object> offset, String name) {
    return String.valueOf(offset.getOrDefault(name, ""));
  }

  private static String json(Map<String, String> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is always JSON", e);
    }
  }

  private static Map<String, String> parse(String json) {
    try {
      return json.isEmpty() ? Map.of() : JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException foreign) {
      throw new ConnectException(
          "the offset of the watched keys cannot be read: remove the connector's offsets", foreign);
    }
  }

  void close() {
    reader.close();
  }
}
