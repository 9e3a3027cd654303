package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.letters.LetterDesk;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records of two accounts that nobody could read, and that are sent again once they can be. */
@Tag("real")
final class DeadLettersOnBrokerTest {

  private static final String ANNA = "main";
  private static final String BERT = "second";
  private static final String BTC = "BTCUSDT";
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int HEADER = 5;

  private final List<AutoCloseable> parts = new ArrayList<>();
  private ForgetfulRegistry registry;
  private RealPipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    registry =
        new ForgetfulRegistry(
            io.quantumtrader.compose.testing.SharedStack.get().schemaRegistryUrl());
    parts.add(registry);
    pipeline = RealPipeline.freshWithRegistryAt(registry.url());
    parts.add(pipeline);
    assertThat(Accounts.partitionOf(ANNA, RealPipeline.COUNTS.account()))
        .as("the accounts are on two partitions")
        .isNotEqualTo(Accounts.partitionOf(BERT, RealPipeline.COUNTS.account()));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
  }

  private CommandRun run(String... words) {
    List<String> command = new ArrayList<>(List.of("dead-letters"));
    command.addAll(List.of(words));
    command.addAll(
        List.of(
            "--bootstrap-servers",
            pipeline.stack().bootstrapServers(),
            "--schema-registry",
            registry.url()));
    return CommandRun.of(command.toArray());
  }

  /** Returns a record's bytes as of a schema that the registry has not heard of. */
  private byte[] ofLaterSchema(Topic topic, SpecificRecord value) {
    Schema later = new Schema.Parser().parse(value.getSchema().toString());
    later.addProp("note", "of letters");
    int id = pipeline.serdes().registry().register("letters." + topic.subject(), later);
    registry.forget(id);
    byte[] bytes = pipeline.serialize(topic, value);
    ByteBuffer.wrap(bytes, 1, HEADER - 1).putInt(id);
    return bytes;
  }

  private void sendPoisonIntent(World world, String id, String account) {
    pipeline.sendBytes(
        Topic.TRADE_INTENT,
        account,
        ofLaterSchema(
            Topic.TRADE_INTENT,
            Records.intent(id, account, BTC, IntentAction.OPEN_LONG, world.nowMs()).build()),
        world.nowMs());
    pipeline.flush();
  }

  private List<JsonNode> listed() throws Exception {
    CommandRun run = run("--json");
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      rows.add(new ObjectMapper().readTree(line));
    }
    return rows;
  }

  private String placeOf(String key) throws Exception {
    return listed().stream()
        .filter(row -> row.get("key").asText().equals(key))
        .map(row -> row.get("partition").asText() + ":" + row.get("offset").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Writes a letter as Connect's sink does. */
  private void sendLetterOfTheSink() throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topic.DEAD_LETTER.topicName(), "sink".getBytes(UTF_8), new byte[] {9});
    letter.headers().add("__connect.errors.topic", "quantum.apply.plan".getBytes(UTF_8));
    letter.headers().add("__connect.errors.partition", "0".getBytes(UTF_8));
    letter.headers().add("__connect.errors.offset", "3".getBytes(UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            java.util.Map.of("bootstrap.servers", pipeline.stack().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(letter).get(60, TimeUnit.SECONDS);
    }
  }

  private long recordsOf(String account) {
    return pipeline.read(Topic.TRADE_INTENT).stream()
        .filter(record -> new String(record.key(), UTF_8).equals(account))
        .count();
  }

  @Test
  void shouldSendAnIntentAgainOnceThatCanBeReadByNow() throws Exception {
    // given
    pipeline.startStages();
    World world = World.open(pipeline, List.of(ANNA, BERT), List.of(BTC));
    world.begin();
    sendPoisonIntent(world, "i-anna", ANNA);
    sendPoisonIntent(world, "i-bert", BERT);
    pipeline.settle();
    sendLetterOfTheSink();
    await().atMost(SOON).until(() -> listed().size() == 3);
    assertThat(listed())
        .extracting(row -> row.get("key").asText(), row -> row.get("reader").asText())
        .contains(tuple(ANNA, "stages"), tuple(BERT, "stages"), tuple("sink", "redis-sink"));

    // when it still cannot be read, is the sink's, or is not there
    CommandRun unreadable = run("replay", placeOf(ANNA), "--reason", "try");
    CommandRun ofSink = run("replay", placeOf("sink"), "--reason", "try");
    CommandRun nowhere = run("replay", "0:999", "--reason", "try");

    // then
    assertThat(List.of(unreadable.code(), ofSink.code(), nowhere.code())).containsOnly(3);
    assertThat(unreadable.out()).contains("it still cannot be read", "--even-if-unreadable");
    assertThat(ofSink.out()).contains("./quantum redis rebuild");
    assertThat(nowhere.out()).contains("there is no dead letter at 0:999");
    assertThat(recordsOf(ANNA)).isEqualTo(1);

    // when the schema is there, and two operators send it at once
    registry.remember();
    String place = placeOf(ANNA);
    List<CommandRun> both = atOnce(() -> run("replay", place, "--reason", "the schema is there"));

    // then one has, and it ends in one decision
    assertThat(both).extracting(CommandRun::code).containsExactlyInAnyOrder(0, 3);
    CommandRun first = both.get(both.get(0).code() == 0 ? 0 : 1);
    assertThat(first.out()).contains("sent again as", "granted PERMIT_GRANTED");
    assertThat(recordsOf(ANNA)).isEqualTo(2);
    pipeline.settle();
    assertThat(world.decision(ANNA, "i-anna").getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(world.plans(ANNA)).hasSize(1);

    // when it is sent from the page, the other account's and the same again
    LetterDesk page = desk(world);
    assertThat(page.replay(new ReplayOrder(placeOf(BERT), false, "mended"), "console"))
        .contains("of quantum.trade.intent");
    assertThatThrownBy(() -> page.replay(new ReplayOrder(place, false, "again"), "console"))
        .isInstanceOf(OrderRefusedException.class)
        .hasMessageContaining("it was sent again at")
        .hasMessageContaining("the schema is there");
    CommandRun again = run("replay", place, "--even-if-unreadable", "--reason", "again");

    // then
    assertThat(again.code()).isEqualTo(3);
    pipeline.settle();
    assertThat(world.decision(BERT, "i-bert").getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(pipeline.values(Topic.LETTER_REPLAY, LetterReplay.class))
        .extracting(LetterReplay::getReason, LetterReplay::getReplayedBy)
        .containsExactly(
            tuple("the schema is there", System.getProperty("user.name")),
            tuple("mended", "console"));
    assertThat(listed()).filteredOn(row -> row.get("replayedBy").asText().isEmpty()).hasSize(1);
    assertThat(run("replay", "--topic", "trade.intent", "--reason", "all").err())
        .contains("2 letters are meant, 0 of them may be sent again.");
    assertThat(run("show", place).out()).contains("value    TradeIntent", "i-anna");
  }

  private LetterDesk desk(World world) {
    return new LetterDesk(
        java.util.Map.of("bootstrap.servers", pipeline.stack().bootstrapServers()),
        pipeline.serdes(),
        world::nowMs,
        account -> Policies.initial(1));
  }

  private static List<CommandRun> atOnce(Callable<CommandRun> command) throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<CommandRun> runs = new ArrayList<>();
      for (Future<CommandRun> each : two.invokeAll(List.of(command, command))) {
        runs.add(each.get(120, TimeUnit.SECONDS));
      }
      return runs;
    } finally {
      two.shutdownNow();
    }
  }

  @Test
  void shouldSayThatAnIntentIsTooOldAndHaveItDeniedOnce() throws Exception {
    // given
    pipeline.startStages();
    World world = World.open(pipeline, List.of(ANNA, BERT), List.of(BTC));
    world.begin();
    sendPoisonIntent(world, "i-old", BERT);
    world.pass(120_000);
    await().atMost(SOON).until(() -> listed().size() == 1);
    registry.remember();

    // when
    CommandRun sent = run("replay", "--topic", "trade.intent", "--since", "1h", "--reason", "late");

    // then
    assertThat(sent.code()).as(sent.out() + sent.err()).isZero();
    assertThat(sent.err()).containsIgnoringWhitespaces("it will be denied INTENT_EXPIRED");
    assertThat(sent.out()).contains("denied INTENT_EXPIRED");
    assertThat(world.decision(BERT, "i-old").getCode()).isEqualTo("INTENT_EXPIRED");
    assertThat(world.plans(BERT)).isEmpty();
  }

  @Test
  void shouldHaveTheExecutorAnswerAPlanOnceThatItCouldNotRead() throws Exception {
    // given an executor of both accounts, and a plan that it cannot read
    long nowMs = System.currentTimeMillis();
    pipeline.clock(nowMs);
    PaperSettings paper = PaperSettings.DEFAULT.withAccounts(List.of(ANNA, BERT));
    Endpoints endpoints = new Endpoints(pipeline.stack().bootstrapServers(), registry.url());
    PlanExecutor executor =
        new PlanExecutor(
            ExecutorSettings.builder(endpoints.bootstrapServers(), endpoints.registry())
                .counts(RealPipeline.COUNTS)
                .instanceId("letters")
                .build(),
            () -> new PaperExchange(paper));
    executor.start();
    parts.add(executor);
    await()
        .atMost(SOON)
        .until(() -> pipeline.table(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class).size() == 2);
    long madeMs = nowMs - 60_000;
    ApplyPlan plan = ApprovalsOnBrokerTest.entry("00000000000000b1", BERT, madeMs, 30_000);
    pipeline.sendBytes(Topic.APPLY_PLAN, BERT, ofLaterSchema(Topic.APPLY_PLAN, plan), madeMs);
    pipeline.flush();
    await().atMost(SOON).until(() -> listed().size() == 1);
    assertThat(listed().getFirst().get("reader").asText()).isEqualTo("executor");

    // when it is sent again twice, after the end of its permit
    registry.remember();
    String place = placeOf(BERT);
    CommandRun first = run("replay", place, "--reason", "its reservation stays");
    CommandRun second = run("replay", place, "--reason", "once more");

    // then it has one final result, which ends its reservation
    assertThat(first.code()).as(first.out() + first.err()).isZero();
    assertThat(first.err()).containsIgnoringWhitespaces("will answer PERMIT_LAPSED");
    assertThat(first.out()).contains("lapsed PERMIT_LAPSED");
    assertThat(second.code()).isEqualTo(3);
    assertThat(pipeline.values(Topic.APPLY_RESULT, ApplyResult.class))
        .extracting(ApplyResult::getPlanId, ApplyResult::getCode, ApplyResult::getFinalResult)
        .containsExactly(tuple("00000000000000b1", "PERMIT_LAPSED", true));
    ConsumerRecord<byte[], byte[]> copy = pipeline.read(Topic.APPLY_PLAN).getLast();
    assertThat(copy.timestamp()).isEqualTo(madeMs);
    assertThat(copy.headers()).isEmpty();
  }
}
