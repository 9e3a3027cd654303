package io.quantumtrader.app.smoke;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.Optional;

/** The old system's key of a position's ledger in Redis. */
public final class LedgerKey implements AutoCloseable {

  private static final String QUANTITY = "position_amt";

  private final RedisClients clients;
  private final StatefulRedisConnection<String, String> connection;
  private final String name;

  /**
   * Connects.
   *
   * @param prefix what every key begins with
   */
  public LedgerKey(RedisEndpoint endpoint, String prefix, String account, String symbol) {
    String of = account.equals(Accounts.MAIN) ? "" : account + ":";
    this.name = prefix + of + "position:ledger:" + symbol;
    this.clients = new RedisClients(endpoint.timeout(), endpoint.tls());
    this.connection = clients.connect(endpoint, StringCodec.UTF8);
  }

  /** Returns the key. */
  String name() {
    return name;
  }

  /** Returns the signed quantity in it, base units; empty where none can be read. */
  Optional<BigDecimal> quantity() {
    try {
      return Optional.ofNullable(connection.sync().hget(name, QUANTITY)).map(BigDecimal::new);
    } catch (NumberFormatException | RedisException unread) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    connection.close();
    clients.close();
  }
}
