package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Redis as the old services left it while they run: every key that was captured of them, and the
 * consumer group of the intent bridge.
 */
final class OldSystem {

  private static final Path CAPTURED =
      Path.of("..", "connectors", "src", "test", "resources", "golden", "wire");

  /** Commands that leave something, and the type of what they leave. */
  private static final Map<String, String> REPLAYED =
      Map.of("HSET", "hash", "SET", "string", "SETEX", "string", "SADD", "set", "XADD", "stream");

  private static final String BRIDGE = "quantum:group:intent_bridge";

  /** Longer than any test: nothing expires while it is looked at. */
  private static final long LASTING_S = 86_400;

  private final RedisCommands<String, String> redis;

  /**
   * What a key holds.
   *
   * @param type its type
   * @param bytes what DUMP says, as hexadecimal digits
   * @param expires whether it has a time to live
   */
  record Held(String type, String bytes, boolean expires) {}

  OldSystem(RedisCommands<String, String> redis) {
    this.redis = redis;
  }

  /** Writes what was captured, and makes the bridge's group before the first intent. */
  void begin() throws IOException {
    List<String> types = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(CAPTURED, "*.jsonl")) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file)) {
          JsonNode captured = new JsonMapper().readTree(line);
          captured.path("preset").forEach(this::replay);
          captured.path("writes").forEach(this::replay);
        }
      }
    }
    for (String key : keys()) {
      types.add(redis.type(key));
      if (redis.ttl(key) >= 0) {
        redis.expire(key, LASTING_S);
      }
    }
    assertThat(types).hasSizeGreaterThan(50).contains("hash", "string", "stream", "set");
    redis.xgroupCreate(
        XReadArgs.StreamOffset.from(OldProducer.STREAM, "0"),
        BRIDGE,
        XGroupCreateArgs.Builder.mkstream());
  }

  /** Of keys that were captured with another type too, the first one stays. */
  private void replay(JsonNode command) {
    String type = REPLAYED.get(command.get(0).asText());
    if (type == null || !List.of("none", type).contains(redis.type(command.get(1).asText()))) {
      return;
    }
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
    for (int i = 1; i < command.size(); i++) {
      arguments.add(command.get(i).asText());
    }
    redis.dispatch(
        CommandType.valueOf(command.get(0).asText()),
        new NestedMultiOutput<>(StringCodec.UTF8),
        arguments);
  }

  Set<String> keys() {
    return new TreeSet<>(redis.keys("*"));
  }

  /** Returns what these keys hold; those that are gone are left out. */
  Map<String, Held> held(Collection<String> keys) {
    Map<String, Held> held = new TreeMap<>();
    for (String key : keys) {
      byte[] bytes = redis.dump(key);
      if (bytes != null) {
        held.put(
            key, new Held(redis.type(key), HexFormat.of().formatHex(bytes), redis.ttl(key) >= 0));
      }
    }
    return held;
  }

  /** Reads as the bridge does, and returns the ids of all that it is given. */
  @SuppressWarnings("unchecked") // the library takes several streams as an array
  List<String> readAsBridge() {
    List<String> ids = new ArrayList<>();
    List<StreamMessage<String, String>> batch;
    do {
      batch =
          redis.xreadgroup(
              Consumer.from(BRIDGE, "old_1"),
              XReadArgs.Builder.count(1000),
              XReadArgs.StreamOffset.lastConsumed(OldProducer.STREAM));
      batch.forEach(message -> ids.add(message.getId()));
    } while (!batch.isEmpty());
    return ids;
  }

  /** Returns the ids of a stream's entries. */
  List<String> entries(String stream) {
    return redis.xrange(stream, Range.unbounded()).stream().map(StreamMessage::getId).toList();
  }
}
