package io.quantumtrader.compose.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import redis.embedded.RedisServer;

/** What the old system does at a Redis: it adds intents, reads what became of them, leaves keys. */
final class OldServices implements AutoCloseable {

  private final String uri;
  private final RedisServer server;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private OldServices(String uri, RedisServer server) {
    this.uri = uri;
    this.server = server;
    client = RedisClient.create(uri);
    connection = client.connect();
  }

  /** Returns those at a Redis that runs. */
  static OldServices at(String uri) {
    return new OldServices(uri, null);
  }

  /** Returns those at a Redis of their own. */
  static OldServices start(Path directory) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .setting("dir " + directory)
            .soutListener(line -> {})
            .build();
    server.start();
    return new OldServices("redis://127.0.0.1:" + port, server);
  }

  String uri() {
    return uri;
  }

  /**
   * Does what redis-cli does with these words, its own name first; the Redis here has no password.
   *
   * @return the id of the entry
   */
  String add(List<String> words) {
    assertThat(words).startsWith("redis-cli", "-a", "PASSWORD", "XADD");
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
    words.subList(4, words.size()).forEach(arguments::add);
    return connection
        .sync()
        .dispatch(CommandType.XADD, new ValueOutput<>(StringCodec.UTF8), arguments);
  }

  /** Waits for the decision about an intent. */
  Map<String, String> decision(String intentId, Duration within) {
    return entry(
        "quantum:stream:decision",
        fields ->
            intentId.equals(fields.get("cause_id"))
                && List.of("GRANTED", "DENIED").contains(fields.get("verdict")),
        within);
  }

  /** Waits for what the old result stream says of a plan, or of an intent that became none. */
  Map<String, String> result(String planId, Duration within) {
    return entry(
        "quantum:stream:apply.result", fields -> planId.equals(fields.get("plan_id")), within);
  }

  private Map<String, String> entry(
      String stream, Predicate<Map<String, String>> wanted, Duration within) {
    return await()
        .atMost(within)
        .until(
            () ->
                connection.sync().xrange(stream, Range.unbounded()).stream()
                    .map(message -> message.getBody())
                    .filter(wanted)
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  /** Leaves a long position and a balance, as the position state brain and the portfolio did. */
  void leave(String symbol, String quantity, String entryPrice) {
    connection
        .sync()
        .hset(
            "quantum:state:positions:" + symbol,
            Map.of(
                "symbol",
                symbol,
                "position_amt",
                quantity,
                "side",
                "LONG",
                "entry_price",
                entryPrice,
                "leverage",
                "5",
                "ts_epoch",
                Long.toString(System.currentTimeMillis() / 1000)));
    connection.sync().hset("quantum:state:portfolio", Map.of("balance_usd", "9500.25"));
  }

  /** Waits until a position stands in the ledger's hash. */
  void awaitLedger(String symbol, Duration within) {
    await()
        .atMost(within)
        .until(() -> connection.sync().exists("quantum:position:ledger:" + symbol) == 1);
  }

  @Override
  public void close() throws IOException {
    connection.close();
    client.shutdown();
    if (server != null) {
      server.stop();
    }
  }
}
