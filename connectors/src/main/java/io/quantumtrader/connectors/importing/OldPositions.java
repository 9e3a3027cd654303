package io.quantumtrader.connectors.importing;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.connectors.importing.FoundPosition.Skipped;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The old system's positions and wallet in Redis; only ever read, key by key as a scan goes. */
public final class OldPositions implements AutoCloseable {

  private static final String POSITIONS = "state:positions:";

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final String prefix;

  /**
   * Connects.
   *
   * @param endpoint where Redis is, and how to get in
   * @param prefix what keys begin with
   * @throws io.lettuce.core.RedisException if it cannot be reached, or does not let us in
   */
  public OldPositions(RedisEndpoint endpoint, String prefix) {
    // Not by way of RedisClients, whose failures are Connect's, which is not at hand here.
    client = RedisClient.create(endpoint.toUri());
    try {
      client.setOptions(ClientOptions.builder().sslOptions(endpoint.tls().toOptions()).build());
      connection = client.connect();
    } catch (RuntimeException failure) {
      client.shutdown();
      throw failure;
    }
    this.prefix = prefix;
  }

  /**
   * Reads every position, ascending by key.
   *
   * @param trusted what holds where position and ledger say different amounts
   * @param oldestMs what was written before is not taken, epoch milliseconds; 0 takes any
   */
  public List<FoundPosition> read(Trusted trusted, long oldestMs) {
    RedisCommands<String, String> redis = connection.sync();
    // A scan may name a key twice.
    TreeSet<String> keys = new TreeSet<>();
    ScanIterator<String> scan =
        ScanIterator.scan(
            redis, ScanArgs.Builder.matches(glob(prefix + POSITIONS) + "*").limit(500));
    scan.forEachRemaining(keys::add);
    List<FoundPosition> found = new ArrayList<>();
    for (String key : keys) {
      String type = redis.type(key);
      if (type.equals("hash")) {
        String symbol = key.substring(key.lastIndexOf(':') + 1);
        String ledger = prefix + "position:ledger:" + symbol;
        Map<String, String> beside =
            redis.type(ledger).equals("hash") ? redis.hgetall(ledger) : Map.of();
        found.add(PositionHash.read(key, redis.hgetall(key), beside, trusted, oldestMs));
      } else if (!type.equals("none")) {
        found.add(new Skipped(key, "NO_HASH", "it is a " + type + ", not a hash"));
      }
    }
    return found;
  }

  /** Returns the wallet balance that the old portfolio shows; empty where it shows none. */
  public Optional<BigDecimal> wallet() {
    String key = prefix + "state:portfolio";
    RedisCommands<String, String> redis = connection.sync();
    if (!redis.type(key).equals("hash")) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(redis.hget(key, "balance_usd"))
          .map(text -> new BigDecimal(text.strip()))
          .filter(wallet -> wallet.signum() > 0);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  /** A prefix may hold what a pattern takes for more than itself. */
  static String glob(String text) {
    return text.replaceAll("([\\[\\]*?\\\\])", "\\\\$1");
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
