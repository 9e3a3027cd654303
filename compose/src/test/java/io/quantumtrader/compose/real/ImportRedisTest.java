package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.PipelineAddresses;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.RunningPipelines;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open positions of the old system end in the ledger of the new one. */
@Tag("real")
final class ImportRedisTest {

  private static final int PART_TAKEN = 3;

  private String out = "";
  private String err = "";

  @Test
  void shouldTakePositionsOverOnceWithRiskData() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh().startStages();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      // given positions as several old services left them, and what is none
      long now = System.currentTimeMillis();
      oldKeys(connection.sync(), now / 1000);
      pipeline.send(Topic.MARKET_STATE, "BTCUSDT", Records.state("BTCUSDT", "71000", now), now);
      String quarterly = "BTCUSDT_260327";
      pipeline.send(Topic.INSTRUMENT, quarterly, Records.instrument(quarterly, "0.001"), now);
      pipeline.clock(now);
      pipeline.settle();

      // when there is nothing to take over but what cannot be
      connection.sync().rename("quantum:state:positions:XRPUSDT", "bad:state:positions:XRPUSDT");
      assertThat(run(pipeline, "--prefix", "bad:", "--wallet", "100")).isEqualTo(1);

      // then nothing stands in the way of the next try
      assertThat(out).contains("NUMBER_INVALID").contains("nothing was changed");
      assertThat(pipeline.read(Topic.EXCHANGE_ACCOUNT)).isEmpty();
      connection.sync().rename("bad:state:positions:XRPUSDT", "quantum:state:positions:XRPUSDT");

      // when tried only
      assertThat(run(pipeline, "--dry-run")).as(err).isEqualTo(PART_TAKEN);

      // then
      assertThat(out).contains("3 positions would be written");
      assertThat(pipeline.read(Topic.EXCHANGE_ACCOUNT)).isEmpty();

      // when
      assertThat(run(pipeline, "--json")).as(err).isEqualTo(PART_TAKEN);
      pipeline.settle();

      // then
      JsonNode said = new ObjectMapper().readTree(out);
      assertThat(said.get("read").asInt()).isEqualTo(8);
      assertThat(said.get("written").asInt()).isEqualTo(3);
      assertThat(said.get("skipped").findValuesAsText("reason"))
          .containsExactlyInAnyOrder(
              "FLAT", "NUMBER_INVALID", "STALE", "NO_HASH", "LEDGER_DIFFERS");
      Map<String, PositionLedger> ledger =
          pipeline.table(Topic.POSITION_LEDGER, PositionLedger.class);
      assertThat(ledger.keySet())
          .containsExactly("main:BTCUSDT", "main:BTCUSDT_260327", "main:ETHUSDT");
      PositionLedger btc = ledger.get("main:BTCUSDT");
      assertThat(btc.getSide()).isEqualTo(PositionSide.LONG);
      assertThat(btc.getQuantity()).isEqualByComparingTo("0.03");
      assertThat(btc.getEntryPrice()).isEqualByComparingTo("70000");
      assertThat(btc.getLeverage()).isEqualTo(5);
      assertThat(btc.getRisk().getAdopted()).isTrue();
      assertThat(btc.getRisk().getInitialStop()).isLessThan(btc.getEntryPrice());
      assertThat(ledger.get("main:" + quarterly).getQuantity()).isEqualByComparingTo("0.5");
      PositionLedger eth = ledger.get("main:ETHUSDT");
      assertThat(eth.getSide()).isEqualTo(PositionSide.SHORT);
      assertThat(eth.getEntryPrice()).isEqualByComparingTo("2500");
      assertThat(eth.getRisk().getInitialStop()).isGreaterThan(eth.getEntryPrice());
      ExchangeAccount exchange =
          pipeline.table(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class).get("main");
      assertThat(exchange.getWallet()).isEqualByComparingTo("9500.25");
      assertThat(exchange.getPositions()).hasSize(3);

      // when done again
      assertThat(run(pipeline)).isEqualTo(1);

      // then it says where, and in one line why not
      assertThat(err).hasLineCount(2).startsWith("Pipeline at ").contains("--force");
      assertThat(run(pipeline, "--force")).as(err).isEqualTo(1);
      pipeline.settle();
      assertThat(out).contains("ALREADY_OPEN").contains("0 positions written");
      assertThat(pipeline.table(Topic.POSITION_LEDGER, PositionLedger.class)).isEqualTo(ledger);
      assertThat(
              pipeline
                  .table(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class)
                  .get("main")
                  .getPositions())
          .isEqualTo(exchange.getPositions());
    }
  }

  @Test
  void shouldGetIntoAnOldRedisThoughThePipelinesOwnWantsNothing(@TempDir Path directory)
      throws Exception {
    // given a pipeline whose servers are embedded, and an old Redis with a password
    RunningPipelines all = RunningPipelines.ofThisUser();
    try (RealPipeline pipeline = RealPipeline.fresh();
        RestartableRedis old =
            RestartableRedis.start(Files.createDirectory(directory.resolve("redis")))) {
      old.commands().configSet("requirepass", "old-word");
      Path config =
          Files.writeString(directory.resolve("old.properties"), "redis.password=old-word\n");
      RunningPipeline announced =
          all.announce(
              RunningPipeline.ofThisProcess(
                  directory,
                  false,
                  List.of("main"),
                  PipelineAddresses.of(
                      pipeline.stack().bootstrapServers(), pipeline.stack().schemaRegistryUrl()),
                  ClientConfig.NONE.beside(EnumSet.allOf(ClientConfig.Server.class))));
      try {
        // when
        CommandRun without = imported(old, directory);
        CommandRun with = imported(old, directory, "--config", config);

        // then
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.err()).contains("cannot be read: ").contains("NOAUTH");
        assertThat(with.code()).as(with.err()).isEqualTo(1);
        assertThat(with.out()).contains("nothing was changed");
      } finally {
        all.withdraw(announced);
      }
    }
  }

  private static CommandRun imported(RestartableRedis old, Path pipeline, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "import",
                "redis",
                "--redis",
                "redis://127.0.0.1:" + old.port(),
                "--pipeline",
                pipeline,
                "--dry-run"));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private static void oldKeys(RedisCommands<String, String> redis, long nowS) {
    redis.flushall();
    String positions = "quantum:state:positions:";
    String time = Long.toString(nowS - 60);
    redis.hset("quantum:state:portfolio", Map.of("balance_usd", "9500.25"));
    redis.hset(
        positions + "BTCUSDT",
        Map.of(
            "symbol",
            "BTCUSDT",
            "position_amt",
            "0.030000000000000002",
            "side",
            "LONG",
            "quantity",
            "0.030000000000000002",
            "entry_price",
            "70000.0",
            "leverage",
            "5",
            "ts_epoch",
            time));
    redis.hset(
        positions + "ETHUSDT", Map.of("quantity", "1.5", "side", "SHORT", "created_at", time));
    redis.hset("quantum:position:ledger:ETHUSDT", Map.of("avg_entry_price", "2500.0"));
    redis.hset(
        positions + "SOLUSDT", Map.of("position_amt", "0.0", "side", "FLAT", "ts_epoch", time));
    redis.hset(
        positions + "XRPUSDT",
        Map.of("position_amt", "nan", "entry_price", "1.0", "ts_epoch", time));
    redis.hset(
        positions + "DOGEUSDT",
        Map.of(
            "position_amt", "5.0", "entry_price", "0.1", "ts_epoch", Long.toString(nowS - 7200)));
    redis.set(positions + "ADAUSDT", "{}");
    redis.hset(
        positions + "BTCUSDT_260327",
        Map.of("position_amt", "0.5007", "entry_price", "100000", "ts_epoch", time));
    redis.hset(
        positions + "LTCUSDT",
        Map.of("position_amt", "2.0", "entry_price", "80.0", "ts_epoch", time));
    redis.hset("quantum:position:ledger:LTCUSDT", Map.of("ledger_amt", "1.0"));
  }

  private int run(RealPipeline pipeline, String... options) {
    List<String> command = new ArrayList<>(List.of("import", "redis"));
    command.addAll(List.of("--redis", pipeline.stack().redisUri()));
    command.addAll(List.of(options));
    CommandRun run = pipeline.run(command);
    out = run.out();
    err = run.err();
    return run.code();
  }
}
