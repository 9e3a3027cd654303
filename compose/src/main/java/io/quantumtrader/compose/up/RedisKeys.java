package io.quantumtrader.compose.up;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.Range;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at the keys that the sink wrote: how many there are, and what is in them. The sink's own
 * keys, which remember how far and what it has written, are left out: they say nothing about the
 * run.
 */
final class RedisKeys implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RedisClients clients;
  private final StatefulRedisConnection<String, String> connection;
  private final String prefix;
  private final String own;

  /**
   * Connects.
   *
   * @param endpoint where Redis is, and how to get in
   * @param prefix what every key begins with
   */
  RedisKeys(RedisEndpoint endpoint, String prefix) {
    clients = new RedisClients(endpoint.timeout(), endpoint.tls());
    connection = clients.connect(endpoint, StringCodec.UTF8);
    this.prefix = prefix;
    this.own = prefix + SinkSettings.OWN_KEYS;
  }

  /** Returns how many keys there are under the old names. */
  long count() {
    return keys().size();
  }

  /**
   * Writes each key with its type, time to live (seconds, -1 for none) and value as a JSON line,
   * ascending by key.
   *
   * @return how many keys were written
   * @throws IOException if the file cannot be written
   */
  long dump(Path file) throws IOException {
    TreeMap<String, ObjectNode> rows = new TreeMap<>();
    for (String key : keys()) {
      row(key).ifPresent(row -> rows.put(key, row));
    }
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (ObjectNode row : rows.values()) {
        out.write(JSON.writeValueAsString(row));
        out.write('\n');
      }
    }
    return rows.size();
  }

  /** A scan may name a key twice, so they are collected as a set. */
  private Set<String> keys() {
    ScanIterator<String> scan =
        ScanIterator.scan(connection.sync(), ScanArgs.Builder.matches(prefix + "*").limit(1000));
    Set<String> keys = new TreeSet<>();
    while (scan.hasNext()) {
      String key = scan.next();
      if (!key.startsWith(own)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private java.util.Optional<ObjectNode> row(String key) {
    RedisCommands<String, String> redis = connection.sync();
    String type = redis.type(key);
    if (type.equals("none")) {
      return java.util.Optional.empty(); // expired since the scan saw it
    }
    ObjectNode row = JSON.createObjectNode();
    row.put("key", key);
    row.put("type", type);
    row.put("ttl", redis.ttl(key));
    switch (type) {
      case "string" -> row.put("value", redis.get(key));
      case "hash" -> fill(row.putObject("value"), redis.hgetall(key));
      case "set" -> {
        ArrayNode members = row.putArray("value");
        redis.smembers(key).stream().sorted().forEach(members::add);
      }
      case "list" -> {
        ArrayNode items = row.putArray("value");
        redis.lrange(key, 0, -1).forEach(items::add);
      }
      case "stream" -> {
        ArrayNode entries = row.putArray("value");
        for (StreamMessage<String, String> entry : redis.xrange(key, Range.unbounded())) {
          ObjectNode node = entries.addObject();
          node.put("id", entry.getId());
          fill(node.putObject("fields"), entry.getBody());
        }
      }
      default -> row.putNull("value");
    }
    return java.util.Optional.of(row);
  }

  private static void fill(ObjectNode node, Map<String, String> fields) {
    fields.forEach(node::put);
  }

  @Override
  public void close() {
    connection.close();
    clients.close();
  }
}
