package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Writes to the old stream what the old producers wrote, in their envelopes and with Python's
 * numbers, and between them what no reader can make sense of. The same for the same seed.
 */
final class OldProducer {

  static final String STREAM = "quantum:stream:trade.intent";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final List<String> symbols;
  private final Random random;
  private final List<String> ids = new ArrayList<>();
  private final List<String> junk = new ArrayList<>();

  OldProducer(StatefulRedisConnection<byte[], byte[]> connection, List<String> symbols, long seed) {
    this.connection = connection;
    this.symbols = symbols;
    this.random = new Random(seed);
  }

  /** Ids of all entries. */
  List<String> ids() {
    return ids;
  }

  /** Ids of entries that hold no intent. */
  List<String> junk() {
    return junk;
  }

  /** Adds entries with ids at the tests' time. */
  void add(int count) {
    List<RedisFuture<?>> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = Records.NOW + "-" + (ids.size() + 1);
      ids.add(id);
      added.add(
          connection
              .async()
              .xadd(STREAM.getBytes(UTF_8), new XAddArgs().id(id), entry(id).toArray()));
    }
    if (!LettuceFutures.awaitAll(TIMEOUT, added.toArray(RedisFuture[]::new))) {
      throw new IllegalStateException("Redis did not take the entries");
    }
  }

  private List<Object> entry(String id) {
    int kind = random.nextInt(100);
    if (kind >= 90) {
      junk.add(id);
      return junk(kind);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    if (kind < 35) {
      fields = message(false);
    } else if (kind < 65) {
      fields.put("event_type", "trade.intent");
      fields.put("payload", json(message(true)));
      fields.put("trace_id", "");
      fields.put("timestamp", Long.toString(Records.NOW / 1000));
      fields.put("source", "ai-engine");
    } else {
      fields.put("data", json(message(true)));
    }
    return bytes(fields);
  }

  private static List<Object> junk(int kind) {
    return switch (kind % 5) {
      case 0 -> bytes(Map.of("payload", "{'symbol': 'BTCUSDT'}"));
      case 1 -> bytes(Map.of("data", "[1, 2]"));
      case 2 -> List.of("payload".getBytes(UTF_8), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
      case 3 -> bytes(Map.of("payload", "{\"symbol\": \"BTC"));
      default -> bytes(Map.of("symbol", "BTCUSDT", "account", "No Such Account!"));
    };
  }

  /**
   * Sane ones, and some that are denied: unknown symbols, bad numbers, strange actions, old ones.
   */
  private Map<String, String> message(boolean wrapped) {
    Map<String, String> message = new LinkedHashMap<>();
    String symbol =
        random.nextInt(10) == 0 ? "NOSUCHUSDT" : symbols.get(random.nextInt(symbols.size()));
    message.put("symbol", symbol);
    message.put(
        "action", List.of("BUY", "SELL", "LONG", "CLOSE", "HOLD", "JUMP").get(random.nextInt(6)));
    switch (random.nextInt(4)) {
      case 0 -> {
        message.put("intent_type", "AUTONOMOUS_ENTRY");
        message.put("position_usd", "300.0");
        message.put("leverage", "2.0");
        message.put("tp_pct", "2.0");
        message.put("sl_pct", "1.0");
      }
      case 1 -> {
        message.put("intent_type", "AUTONOMOUS_ENTRY");
        message.put("position_size_usd", "300.0");
        message.put("leverage", "2.0");
        message.put("stop_loss", "1.0");
        message.put("take_profit", "2.0");
      }
      case 2 -> message.put("qty", random.nextInt(10) == 0 ? (wrapped ? "NaN" : "nan") : "0.5");
      default -> {
        message.put("position_size_usd", "200.0");
        message.put("entry_price", "100.0");
      }
    }
    message.put("confidence", String.format(Locale.ROOT, "%.4f", random.nextDouble()));
    long ageS = random.nextInt(10) == 0 ? 3600 : 1;
    message.put("timestamp", Long.toString(Records.NOW / 1000 - ageS));
    return message;
  }

  private static String json(Map<String, String> message) {
    List<String> members = new ArrayList<>();
    message.forEach(
        (name, value) -> {
          boolean number = value.matches("-?\\d+(\\.\\d+)?|NaN");
          members.add("\"" + name + "\": " + (number ? value : "\"" + value + "\""));
        });
    return "{" + String.join(", ", members) + "}";
  }

  private static List<Object> bytes(Map<String, String> fields) {
    List<Object> bytes = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          bytes.add(name.getBytes(UTF_8));
          bytes.add(value.getBytes(UTF_8));
        });
    return bytes;
  }
}
