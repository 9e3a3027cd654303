package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.XAddArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.quantumtrader.connectors.redis.RealRedis;
import io.quantumtrader.connectors.redis.SinkHarness;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.connectors.redis.source.SourceHarness;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The users of Redis as {@code docs/redis-sink.md} has them: enough, and nothing too much. */
@Tag("real")
final class RedisUsersTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final String REGISTRY = "mock://users";
  private static final String USER = "user";
  private static final String PASSWORD = "word-of-a-user";
  private static final String POSITION = "main:BTCUSDT";
  private static final String INTENTS = "quantum:stream:trade.intent";

  @AfterEach
  void forget() {
    acl(List.of("SETUSER", USER, "reset"));
  }

  /** The words of the page for a connector. */
  private static List<String> rights(String connector) {
    try {
      Matcher block =
          Pattern.compile("```" + connector + "\n(.*)\n```")
              .matcher(Files.readString(GeneratedPage.directory().resolve("redis-sink.md")));
      assertThat(block.find()).isTrue();
      return Arrays.asList(block.group(1).replace("PASSWORD", PASSWORD).split(" "));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<String> sinkCommands() {
    return rights("sink").stream().filter(word -> word.startsWith("+"));
  }

  /** XPENDING is asked only where a reader before has crashed. */
  static Stream<String> sourceCommands() {
    return rights("source").stream()
        .filter(word -> word.startsWith("+") && !word.equals("+xpending"));
  }

  private static void acl(List<String> words) {
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
    words.forEach(arguments::add);
    REDIS.commands().dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments);
  }

  private static void user(String connector, String without) {
    List<String> words = new ArrayList<>(List.of("SETUSER", USER, "reset"));
    rights(connector).stream().filter(word -> !word.equals(without)).forEach(words::add);
    acl(words);
  }

  private static Map<String, String> as(Map<String, String> configuration) {
    Map<String, String> settings = new HashMap<>(configuration);
    settings.put("redis.username", USER);
    settings.put("redis.password", PASSWORD);
    return settings;
  }

  private static void writeAsTheSink() {
    SinkSettings settings =
        SinkSettings.of(REDIS.uri(), "http://localhost:1")
            .withExpiryReference(ExpiryReference.RECORD);
    try (SinkHarness sink = SinkHarness.start(as(LegacyContract.sinkConfiguration(settings)))) {
      List<SinkRecord> records =
          List.of(
              record(Topic.HARVEST_PROPOSAL, POSITION, LegacyHarvestTest.proposal().build(), 0),
              record(Topic.APPLY_PLAN, "main", LegacyRecords.plan().build(), 1),
              record(Topic.POSITION_SNAPSHOT, POSITION, LegacyRecords.snapshot().build(), 2),
              record(Topic.POSITION_LEDGER, POSITION, LegacyRecords.flatLedger().build(), 3),
              record(Topic.CONTROL, "*", LegacyRecords.control(TradingState.HALTED), 4));
      records.forEach(sink::put);
      assertThat(sink.reported()).isEmpty();
    }
  }

  private static List<SourceRecord> readAsTheSource() throws InterruptedException {
    Map<String, String> settings =
        as(LegacyContract.sourceConfiguration(SourceSettings.of(REDIS.uri(), REGISTRY)));
    settings.putAll(Map.of("block.ms", "15", "keys.poll.ms", "10", "keys.settle.ms", "1"));
    SourceHarness source = new SourceHarness(settings).start();
    try {
      REDIS
          .commands()
          .xadd(INTENTS, new XAddArgs(), Map.of("symbol", "BTCUSDT", "action", "CLOSE"));
      REDIS.commands().set("quantum:kill", "1");
      return source.drain().topic();
    } finally {
      source.stop();
    }
  }

  /** What is refused ends the task, or is waited for, so that nothing comes. */
  private static void readAllAsTheSource() throws InterruptedException {
    assertThat(readAsTheSource())
        .extracting(SourceRecord::topic)
        .contains("quantum.trade.intent", "quantum.control");
    assertThat(REDIS.commands().xpending(INTENTS, "quantum-streams").getCount()).isZero();
  }

  @Test
  void shouldBeEnoughForTheSink() {
    user("sink", "");

    writeAsTheSink();

    assertThat(REDIS.commands().keys("quantum:*"))
        .contains(
            "quantum:harvest:proposal:BTCUSDT",
            "quantum:stream:apply.plan",
            "quantum:position:BTCUSDT");
  }

  @Test
  void shouldBeEnoughForTheSource() throws Exception {
    user("source", "");

    readAllAsTheSource();
  }

  @ParameterizedTest
  @MethodSource("sinkCommands")
  void shouldNameNothingThatTheSinkDoesNotNeed(String right) {
    user("sink", right);

    assertThatThrownBy(RedisUsersTest::writeAsTheSink).isInstanceOf(Throwable.class);
  }

  @ParameterizedTest
  @MethodSource("sourceCommands")
  void shouldNameNothingThatTheSourceDoesNotNeed(String right) {
    user("source", right);

    assertThatThrownBy(RedisUsersTest::readAllAsTheSource).isNotNull();
  }
}
