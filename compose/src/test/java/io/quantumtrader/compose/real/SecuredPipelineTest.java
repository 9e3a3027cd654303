package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.access.Right;
import io.quantumtrader.app.access.ServiceRights;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.compose.AskedRights;
import io.quantumtrader.compose.EmbeddedConnect;
import io.quantumtrader.compose.SecuredKafka;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline on a broker that demands SASL and TLS: each service with a user of its own,
 * who may do what {@link ServiceRights} says and nothing else, on topics with other partition
 * counts than usual.
 */
@Tag("real")
final class SecuredPipelineTest {

  private static final Duration WITHIN = Duration.ofMinutes(2);
  private static final String PREFIX = "secured:";
  private static final String DECISIONS = PREFIX + "stream:decision";
  private static final String INTENTS = PREFIX + "stream:trade.intent";
  private static final int GRANTED = 0;
  private static final int DENIED = 3;
  private static final byte[] NOT_AVRO = "not Avro".getBytes(StandardCharsets.UTF_8);

  private static final String TOKEN = "token-of-the-page";
  private static final String NO_SUCH_PLAN =
      "{\"planId\": \"00000000000000ff\", \"granted\": true, \"reason\": \"test\"}";

  @TempDir Path directory;

  private final int consolePort = freePort();

  private final Stack stack = SharedStack.get();
  private final List<RunningService> services = new ArrayList<>();
  private SecuredKafka kafka;
  private EmbeddedConnect connect;

  @BeforeEach
  void start() throws Exception {
    List<String> users =
        Arrays.stream(ServiceRights.values()).map(SecuredPipelineTest::user).toList();
    kafka = SecuredKafka.start(directory, users);
    for (ServiceRights each : ServiceRights.values()) {
      if (!each.rights().isEmpty()) {
        kafka.grant(user(each), each.rights());
      }
    }
  }

  @AfterEach
  void end() {
    services.reversed().forEach(RunningService::close);
    if (connect != null) {
      connect.close();
    }
    kafka.close();
  }

  @Test
  void shouldRunWithTheRightsOfEachServiceAndNeedEachOfThem() throws Exception {
    // given everything, with partition counts that are in no code
    CommandRun registered =
        run(
            ServiceRights.REGISTER,
            "service register --account-partitions 2 --symbol-partitions 5");
    assertThat(registered.code()).as(registered.err()).isZero();
    assertThat(registered.out()).contains("2 partitions by account, 5 by symbol");
    startServices();
    startConnect();

    // when an entry is asked for, everything is closed, and nobody can read some records
    Awaitility.await().atMost(WITHIN).untilAsserted(this::assertHoldsAPosition);
    Awaitility.await().atMost(WITHIN).until(this::isAStopHeldAgainstTheMark);
    CommandRun asked = run(ServiceRights.OPERATOR, "intent BTCUSDT BUY 300 --leverage 2 --wait 90");
    CommandRun closed = run(ServiceRights.OPERATOR, "flatten --reason test");
    CommandRun policy = run(ServiceRights.OPERATOR, "policy set max_positions=9 --reason test");
    CommandRun scheduled =
        run(ServiceRights.OPERATOR, "policy set max_positions=8 --max-drawdown 100% --reason test");
    Awaitility.await().atMost(WITHIN).until(this::isTheChangeApplied);
    CommandRun listed = run(ServiceRights.OPERATOR, "approvals list");
    sendUnreadable(user(ServiceRights.OPERATOR), Topic.APPROVAL, "main");
    CommandRun stopped = run(ServiceRights.OPERATOR, "control state REDUCING --reason test");
    int ordered = order(TOKEN);
    int refused = order("not-" + TOKEN);
    CommandRun looked = run(ServiceRights.CONSOLE, "status");
    inRedis(redis -> redis.set(PREFIX + "system:mode", "LOCKDOWN"));
    sendUnreadable(Topic.TRADE_INTENT, "main");
    sendUnreadable(Topic.APPLY_PLAN, "main");
    sendUnreadable(Topic.DECISION, "main");
    sendUnreadable(Topic.TRADE_INTENT, "second");
    sendUnreadable(Topic.APPLY_PLAN, "second");
    sendAgain("quantum.trade.intent");
    sendAgain("quantum.apply.plan");
    int unknown = answered("/api/approvals/answer", TOKEN, NO_SUCH_PLAN);
    sendUnreadable(user(ServiceRights.CONSOLE), Topic.APPROVAL, "main");

    // then
    SoftAssertions all = new SoftAssertions();
    all.assertThat(asked.code()).as(asked.out() + asked.err()).isIn(GRANTED, DENIED);
    all.assertThat(ordered).as("an order with the token").isEqualTo(202);
    all.assertThat(refused).as("an order without it").isEqualTo(401);
    all.assertThat(unknown).as("an answer to no entry").isEqualTo(409);
    for (CommandRun each : List.of(closed, policy, scheduled, listed, stopped, looked)) {
      all.assertThat(each.code()).as(each.out() + each.err()).isZero();
    }
    all.check(() -> assertThat(eventuallyUnusedRights()).isEmpty());
    for (ServiceRights each : ServiceRights.values()) {
      all.assertThat(AskedRights.deniedTo(user(each))).as(each.title()).isEmpty();
    }
    all.assertAll();
  }

  @Test
  void shouldSayInOneLineThatAUserMayNot() throws Exception {
    // given topics, and a user who may do nothing
    assertThat(run(ServiceRights.REGISTER, "service register").code()).isZero();

    // when
    CommandRun refused = run(ServiceRights.CONNECTORS, "control state HALTED --reason test");

    // then
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err().lines().filter(line -> line.contains("uthoriz"))).hasSize(1);
    assertThat(refused.err()).doesNotContain("\tat ").doesNotContain("word-of-");
  }

  private void startServices() throws Exception {
    begin(
        ServiceRights.STAGES,
        "service stages --state-dir " + directory.resolve("state") + " --metrics-port 0");
    begin(ServiceRights.EXECUTOR, "service executor --metrics-port 0");
    begin(ServiceRights.AGENT, "service agent");
    begin(ServiceRights.FEED, "service feed --interval 1 --metrics-port 0");
    Path token = Files.writeString(directory.resolve("token"), TOKEN);
    begin(
        ServiceRights.CONSOLE,
        "service console --console-port " + consolePort + " --console-token-file " + token);
    for (RunningService each : services) {
      Awaitility.await().atMost(WITHIN).until(each::works);
    }
  }

  /** Sends a letter of a topic again by the command, and another one from the page. */
  private void sendAgain(String topic) throws Exception {
    Awaitility.await().atMost(WITHIN).until(() -> letters(topic).size() == 2);
    List<String> places = letters(topic);
    CommandRun sent =
        run(
            ServiceRights.OPERATOR,
            "dead-letters replay %s --even-if-unreadable --reason test".formatted(places.get(0)));
    assertThat(sent.code()).as(sent.out() + sent.err()).isZero();
    int ordered =
        answered(
            "/api/dead-letters/replay",
            TOKEN,
            "{\"place\": \"%s\", \"evenIfUnreadable\": true, \"reason\": \"test\"}"
                .formatted(places.get(1)));
    assertThat(ordered).as("a letter of %s sent again from the page", topic).isEqualTo(202);
  }

  /** Returns the places of the letters of a topic that may be sent again, the oldest first. */
  private List<String> letters(String topic) throws Exception {
    CommandRun listed = run(ServiceRights.OPERATOR, "dead-letters --json --topic " + topic);
    assertThat(listed.code()).as(listed.err()).isZero();
    List<String> places = new ArrayList<>();
    for (String line : listed.out().lines().toList()) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (row.get("refused").asText().isEmpty()) {
        places.add(row.get("partition").asText() + ":" + row.get("offset").asText());
      }
    }
    return places;
  }

  /** Orders closes only from the page's interface, and returns how that was answered. */
  private int order(String token) throws Exception {
    return answered(
        "/api/orders",
        token,
        """
        {"kind": "REDUCE_ONLY", "account": "*", "reason": "test"}
        """);
  }

  private int answered(String path, String token, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + consolePort + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin(ServiceRights service, String line) throws Exception {
    Path health = directory.resolve(user(service) + ".healthy");
    List<String> words = words(service, line);
    words.addAll(List.of("--health-file", health.toString()));
    services.add(RunningService.start(words, health));
  }

  private void startConnect() throws Exception {
    Map<String, String> settings = new HashMap<>();
    kafka
        .settings(user(ServiceRights.CONNECT))
        .forEach(
            (name, value) ->
                List.of("", "consumer.", "producer.", "admin.")
                    .forEach(prefix -> settings.put(prefix + name, value)));
    settings.put("config.providers", "env");
    settings.put("config.providers.env.class", NothingKnown.class.getName());
    connect =
        EmbeddedConnect.start(
            kafka.bootstrapServers(),
            Files.createDirectory(directory.resolve("connect")),
            0,
            settings);
    CommandRun given =
        run(
            ServiceRights.CONNECTORS,
            "service connectors --connect-url %s --redis-uri %s --redis-prefix %s"
                .formatted(connect.url(), stack.redisUri(), PREFIX));
    assertThat(given.code()).as(given.err()).isZero();
    inRedis(redis -> redis.xadd(INTENTS, Map.of("payload", "{")));
    inRedis(
        redis -> redis.xadd(INTENTS, Map.of("symbol", "BTCUSDT", "action", "BUY", "size", "300")));
  }

  /** A worker has what is secret from its environment; here there is no password. */
  public static final class NothingKnown implements ConfigProvider {

    /** The worker makes one. */
    public NothingKnown() {}

    @Override
    public ConfigData get(String path) {
      return new ConfigData(Map.of());
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
      return new ConfigData(
          keys.stream().collect(Collectors.toMap(Function.identity(), key -> "")));
    }

    @Override
    public void configure(Map<String, ?> configuration) {}

    @Override
    public void close() {}
  }

  private void assertHoldsAPosition() {
    List<String> held = inRedis(redis -> redis.keys(PREFIX + "state:positions:*"));
    assertThat(held)
        .as(() -> "decisions: " + inRedis(redis -> redis.xrevrange(DECISIONS, Range.unbounded())))
        .isNotEmpty();
  }

  /** A price of 1 is never tighter; a position may be closed before its stop is asked for. */
  private boolean isAStopHeldAgainstTheMark() throws Exception {
    for (String key : inRedis(redis -> redis.keys(PREFIX + "state:positions:*"))) {
      String symbol = key.substring(key.lastIndexOf(':') + 1);
      CommandRun stop = run(ServiceRights.OPERATOR, "control stop " + symbol + " 1 --reason test");
      if (stop.err().contains("STOP_")) {
        return true;
      }
    }
    return false;
  }

  /** Applied by the console, which has a user of its own. */
  private boolean isTheChangeApplied() throws Exception {
    return run(ServiceRights.OPERATOR, "policy scheduled").out().contains("APPLIED as version");
  }

  private <T> T inRedis(Function<RedisCommands<String, String>, T> command) {
    try (RedisClient client = RedisClient.create(stack.redisUri());
        var connection = client.connect()) {
      return command.apply(connection.sync());
    }
  }

  private CommandRun run(ServiceRights service, String line) throws Exception {
    return CommandRun.of(words(service, line).toArray());
  }

  private List<String> words(ServiceRights service, String line) throws Exception {
    Path file =
        kafka.file(
            user(service),
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", stack.schemaRegistryUrl(),
                // What has been read in the topics between sub-topologies is deleted this often.
                "repartition.purge.interval.ms", "1000",
                "client.id", user(service)));
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of("--config", file.toString()));
    return words;
  }

  private void sendUnreadable(Topic topic, String key) throws Exception {
    sendUnreadable(SecuredKafka.ADMIN, topic, key);
  }

  private void sendUnreadable(String user, Topic topic, String key) throws Exception {
    Map<String, Object> settings = new HashMap<>(kafka.settings(user));
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic.topicName(), key.getBytes(StandardCharsets.UTF_8), NOT_AVRO))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> eventuallyUnusedRights() throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (!unusedRights().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(200);
    }
    return unusedRights();
  }

  private static List<String> unusedRights() {
    List<String> unused = new ArrayList<>();
    for (ServiceRights service : ServiceRights.values()) {
      for (Right right : service.rights()) {
        for (AclOperation operation : right.operations()) {
          if (!AskedRights.isUsed(user(service), right, operation)) {
            unused.add("%s: %s %s".formatted(service.title(), operation, right.name()));
          }
        }
      }
    }
    return unused;
  }

  private static String user(ServiceRights service) {
    return service.name().toLowerCase(Locale.ROOT);
  }
}
