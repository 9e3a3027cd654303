package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.console.Console;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.console.RedisPing;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.ExecutorOptions;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.app.parts.StreamsService;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Tuning;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A whole pipeline of which each part can be broken by itself: stages, executor, the twin of an
 * exchange, market and clock, the sink, and a registry and a Redis of its own. Its console tells
 * how well it is.
 */
final class BrokenPipeline {

  static final Duration PATIENCE = ConsoleHealth.PATIENCE;

  /** Four accounts, so that each situation can be somebody's and not everybody's. */
  static final List<String> ACCOUNTS = List.of("main", "second", "third", "fourth");

  /** What the universe falls back to in a market as quiet as this one. */
  static final List<String> CORE = List.of("BTCUSDT", "ETHUSDT", "BNBUSDT");

  /** What else is listed, and may be opened. */
  static final List<String> OTHERS =
      IntStream.range(0, 23).mapToObj(number -> "COIN%dUSDT".formatted(number)).toList();

  static final List<String> ALL = Stream.concat(CORE.stream(), OTHERS.stream()).toList();

  /** How far the market's time begins before a full hour, at which the universe is ranked. */
  static final int MINUTES_BEFORE_THE_HOUR = 3;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final MovingRegistry registry;
  private final RestartableRedis redis;
  private final RealPipeline topics;
  private final SteeredMarket market;
  private final TwinOfAccounts exchange;
  private final Endpoints endpoints;
  private final PipelineParts builder;
  private final StreamsService stages;
  private PlanExecutor executor;
  private ConsoleHealth health;
  private int intents;

  /** Reads the options as the commands do. */
  @Command
  private static final class Usual {
    @Mixin private ExecutorOptions executor = new ExecutorOptions();
  }

  /** Starts everything; the market has listed nothing yet, and its clock does not go. */
  BrokenPipeline(Path directory) throws Exception {
    registry = opened(new MovingRegistry(directory.resolve("registry")));
    redis = opened(RestartableRedis.start(Files.createDirectories(directory.resolve("redis"))));
    topics = opened(RealPipeline.freshWithRegistryAt(registry.url()));
    market = opened(new SteeredMarket(topics, MINUTES_BEFORE_THE_HOUR));
    exchange = opened(new TwinOfAccounts(ACCOUNTS, ALL, market::nowMs));
    endpoints = new Endpoints(topics.stack().bootstrapServers(), registry.url());
    builder = new PipelineParts(endpoints, RealPipeline.COUNTS);
    topics.send(Topic.CONTROL, Accounts.ALL, Records.control(TradingState.ACTIVE), Records.NOW);
    topics.send(Topic.POLICY, Policies.DEFAULT, policy(), market.nowMs());
    topics.flush();
    stages =
        opened(
            builder.stages(
                Tuning.LATENCY,
                Map.of(
                    StreamsConfig.STATE_DIR_CONFIG,
                    topics.stack().directory(topics.applicationId()).toString()),
                end -> {}));
    stages.start(PATIENCE, line -> {});
    startExecutor();
    startSink();
    openConsole();
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Limits so wide that what is refused is refused for what is broken, and nothing closes. */
  private Policy policy() {
    return Policy.newBuilder(Policies.initial(market.nowMs()))
        .setVersion(2)
        .setNote("wide limits")
        .setAllowedSymbols(ALL)
        .setMaxPositions(30)
        .setChurnMs(0)
        .setEntriesPerHour(1_000)
        .setEntriesPerFiveMinutes(300)
        .setMaxConsecutiveLosses(1_000)
        .setMaxDailyLoss(1)
        .setMaxDrawdown(1)
        .setKillThreshold(1)
        .build();
  }

  void startExecutor() {
    Usual options = new Usual();
    var unused = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs();
    executor =
        builder.executor(exchange::client, "broken", options.executor, Optional.<String>empty());
    executor.start();
  }

  void stopExecutor() {
    executor.close();
  }

  private void startSink() throws InterruptedException {
    SinkSettings sink =
        SinkSettings.of("redis://127.0.0.1:" + redis.port(), registry.url())
            .withExpiryReference(ExpiryReference.RECORD)
            .withKafkaCluster(topics.applicationId());
    var connect = topics.stack().connect();
    parts.push(() -> connect.remove(LegacyContract.CONNECTOR_NAME));
    connect.put(LegacyContract.CONNECTOR_NAME, LegacyContract.sinkConfiguration(sink));
    connect.awaitRunning(LegacyContract.CONNECTOR_NAME, PATIENCE);
  }

  private void openConsole() {
    ClientConfig config =
        new ClientConfig(Optional.empty(), Map.of(), Map.of(), Map.of(), Set.of());
    RedisPing ping =
        opened(RedisPing.of(RedisAccess.at("redis://127.0.0.1:" + redis.port(), config)));
    Admin admin = opened(Admin.create(endpoints.kafka()));
    CaughtUp[] caughtUp = new CaughtUp[1];
    Console console =
        opened(
            Console.open(
                CommandLine.populateCommand(new ConsoleOptions(), "--console-port", "0"),
                "a-token-of-this-test",
                endpoints,
                Optional.of(ping),
                () -> caughtUp[0] != null && caughtUp[0].isThere()));
    TopicTail tail = opened(new TopicTail(endpoints.kafka(), endpoints.serdes(), console::take));
    caughtUp[0] = new CaughtUp(tail, admin);
    tail.start();
    health = new ConsoleHealth(console.url());
  }

  MovingRegistry registry() {
    return registry;
  }

  RestartableRedis redis() {
    return redis;
  }

  RealPipeline topics() {
    return topics;
  }

  SteeredMarket market() {
    return market;
  }

  TwinOfAccounts exchange() {
    return exchange;
  }

  StreamsService stages() {
    return stages;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  /** Returns what the console answers. */
  JsonNode ask(String path) {
    return health.ask(path);
  }

  /** Waits until these cost points and nothing else does, and returns what was found. */
  Map<HealthCost, String> awaitCosts(HealthCost... expected) {
    return health.awaitCosts(expected);
  }

  /** Waits until this costs points, with these words, and nothing else does. */
  String awaitCost(HealthCost cost, String... words) {
    return health.awaitCost(cost, words);
  }

  /** Waits until nothing costs points. */
  void awaitWell() {
    assertThat(awaitCosts()).isEmpty();
  }

  /** Waits until a path of the console has a row, and returns the first. */
  JsonNode awaitRow(String path) {
    return health.awaitRow(path);
  }

  /** Waits until what operators wrote is in force for the next decision. */
  void awaitOrdersInForce() {
    Map<TopicPartition, Long> last;
    try (TopicFollower written =
        new TopicFollower(endpoints.bootstrapServers(), List.of(Topic.CONTROL, Topic.POLICY))) {
      last = written.lastOffsets();
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                last.entrySet().stream()
                    .allMatch(
                        each ->
                            stages.globalTables().lastApplied(each.getKey()).orElse(-1)
                                >= each.getValue()));
  }

  /** Runs a command of {@code quantum} on it, which ends with 0. */
  String run(String... words) {
    CommandRun run = tryOut(words);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  /** Runs a command of {@code quantum} on it. */
  CommandRun tryOut(String... words) {
    return CommandRun.of((Object[]) words(words));
  }

  /** Returns the words of a command with where the pipeline is. */
  String[] words(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(
        List.of(
            "--bootstrap-servers",
            endpoints.bootstrapServers(),
            "--schema-registry",
            endpoints.registryUrl()));
    return command.toArray(String[]::new);
  }

  /** Sends an intent to buy and returns its id. */
  String intend(String account, String symbol, String margin, double leverage) {
    return intend("intent-" + intents++, account, symbol, margin, leverage);
  }

  /** Sends an intent to buy under a given id, and returns the id. */
  String intend(String id, String account, String symbol, String margin, double leverage) {
    TradeIntent intent =
        Records.intent(id, account, symbol, IntentAction.OPEN_LONG, market.nowMs())
            .setAmount(new BigDecimal(margin))
            .setLeverage(leverage)
            .build();
    topics.send(Topic.TRADE_INTENT, account, intent, market.nowMs());
    topics.flush();
    return id;
  }

  /** Sends an intent to close, as an agent does, and returns its id. */
  String intendToClose(String account, String symbol) {
    String id = "intent-" + intents++;
    topics.send(
        Topic.TRADE_INTENT,
        account,
        Records.intent(id, account, symbol, IntentAction.CLOSE, market.nowMs()).build(),
        market.nowMs());
    topics.flush();
    return id;
  }

  /** Returns the code under which an intent was decided about last, once it was. */
  String codeOf(String intent) {
    return awaitRow("/api/decisions?about=" + intent).get("code").asText();
  }

  /** Opens a position, and waits until ledger and exchange have it and its stop rests. */
  String enter(String account, String symbol, String margin, double leverage) {
    String id = intend(account, symbol, margin, leverage);
    String code = codeOf(id);
    assertThat(code).isEqualTo("PERMIT_GRANTED");
    await().atMost(PATIENCE).until(() -> exchange.hasStop(account, symbol));
    return awaitRow("/api/positions?account=" + account + "&symbol=" + symbol)
        .get("openedBy")
        .asText();
  }

  /** Closes all that accounts hold by the command that is there for it. */
  void flatten() {
    run("flatten", "--reason", "the situation is over");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ask("/api/positions").isEmpty()
                    && ACCOUNTS.stream()
                        .allMatch(each -> exchange.twin().state().positions(each).isEmpty()));
  }

  /** Ends everything, what was started last first. */
  void close() throws Exception {
    if (executor != null) {
      executor.close();
    }
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
