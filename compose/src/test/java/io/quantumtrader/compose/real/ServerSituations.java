package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.schemas.topic.Topic;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong with servers, with what writes Redis, and with what others write. */
final class ServerSituations {

  private static final String BTC = "BTCUSDT";
  private static final int GREEDY = 20;

  private ServerSituations() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "a Redis that takes no writes",
            HealthCost.REDIS_BEHIND,
            "A permit is not found",
            ServerSituations::redisFull),
        Situation.of("no Redis", HealthCost.REDIS_UNREACHABLE, ServerSituations::noRedis),
        Situation.of(
            "a Redis whose connections others hold",
            HealthCost.REDIS_UNREACHABLE,
            "Connections are exhausted",
            ServerSituations::noConnections),
        Situation.of(
            "no schema registry", HealthCost.REGISTRY_UNREACHABLE, ServerSituations::noRegistry),
        Situation.of(
            "a record that nobody can read", HealthCost.DEAD_LETTERS, ServerSituations::poison));
  }

  private static void redisFull(BrokenPipeline pipeline) throws Exception {
    // given
    pipeline.enter("main", BTC, "100", 2);
    var redis = pipeline.redis().commands();
    await().atMost(BrokenPipeline.PATIENCE).until(() -> !redis.keys("quantum:permit:*").isEmpty());

    // when
    redis.configSet("maxmemory", "1");
    String plan = pipeline.enter("second", BTC, "100", 2);
    pipeline.market().pass(5);

    // then
    pipeline.awaitCost(HealthCost.REDIS_BEHIND, "connect-", "records behind");
    assertThat(redis.exists("quantum:second:permit:p33:" + plan)).isZero();
    assertThat(pipeline.run("why", plan)).contains("permit");

    // mended
    redis.configSet("maxmemory", "0");
    pipeline.awaitWell();
    await()
        .atMost(BrokenPipeline.PATIENCE)
        .until(() -> redis.exists("quantum:second:position:ledger:" + BTC) == 1);
    pipeline.flatten();
  }

  private static void noRedis(BrokenPipeline pipeline) throws Exception {
    pipeline.redis().stop();
    pipeline.awaitCost(HealthCost.REDIS_UNREACHABLE, "Redis has not answered for");
    assertThat(pipeline.codeOf(pipeline.intend("main", BTC, "100", 2)))
        .as("decisions go on")
        .isEqualTo("PERMIT_GRANTED");

    pipeline.redis().start();
    pipeline.awaitWell();
    pipeline.flatten();
  }

  /** Programs that open a connection for each look, until there is none left for the sink. */
  private static void noConnections(BrokenPipeline pipeline) throws Exception {
    List<Socket> greedy = new ArrayList<>();
    var redis = pipeline.redis().commands();
    try {
      for (int i = 0; i < GREEDY; i++) {
        Socket one = new Socket(InetAddress.getLoopbackAddress(), pipeline.redis().port());
        one.getOutputStream().write("CLIENT SETNAME greedy\r\n".getBytes(UTF_8));
        greedy.add(one);
      }
      await()
          .atMost(BrokenPipeline.PATIENCE)
          .until(() -> clients(redis.clientList(), "name=greedy").size() == GREEDY);
      redis.configSet("maxclients", Integer.toString(GREEDY + 1));

      // when what was connected before has to connect again
      for (String client : clients(redis.clientList(), "name= ")) {
        if (!client.contains("cmd=client")) {
          redis.clientKill(client.replaceAll(".* addr=(\\S+) .*", "$1"));
        }
      }

      // then
      pipeline.awaitCost(HealthCost.REDIS_UNREACHABLE, "max number of clients");
      assertThat(redis.info("clients")).contains("connected_clients:" + (GREEDY + 1));
      assertThat(redis.info("stats")).doesNotContain("rejected_connections:0");
    } finally {
      for (Socket one : greedy) {
        one.close();
      }
    }
    pipeline.awaitWell();
    redis.configSet("maxclients", "1000");
  }

  private static List<String> clients(String list, String with) {
    return list.lines().filter(line -> line.contains(with)).toList();
  }

  private static void noRegistry(BrokenPipeline pipeline) {
    pipeline.registry().stop();
    pipeline.awaitCost(HealthCost.REGISTRY_UNREACHABLE, "the schema registry has not answered for");
    assertThat(pipeline.codeOf(pipeline.intend("main", BTC, "100", 2)))
        .as("what runs goes on")
        .isEqualTo("PERMIT_GRANTED");

    pipeline.registry().start();
    pipeline.awaitWell();
    pipeline.flatten();
  }

  private static void poison(BrokenPipeline pipeline) throws Exception {
    pipeline
        .topics()
        .sendBytes(
            Topic.TRADE_INTENT, "main", "no Avro".getBytes(UTF_8), pipeline.market().nowMs());
    pipeline.topics().flush();
    pipeline.awaitCost(HealthCost.DEAD_LETTERS, "1 in the last ten minutes");
    assertThat(pipeline.awaitRow("/api/dead-letters").toString())
        .contains("quantum.trade.intent", "VALUE_UNREADABLE");

    pipeline.market().pass(11);
  }
}
