package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.StreamsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether {@code control state} tells that the stages have taken what was set. */
@Tag("real")
final class ControlStateTest {

  private static RealPipeline pipeline;

  @BeforeAll
  static void open() {
    pipeline = RealPipeline.fresh();
  }

  @AfterAll
  static void close() {
    pipeline.close();
  }

  /** The exchange knows the account, so the pipeline has it. */
  @BeforeEach
  void beginWithoutRecords() {
    List.of("*", "alpha").forEach(key -> pipeline.forget(Topic.CONTROL, key));
    pipeline.send(Topic.EXCHANGE_ACCOUNT, "alpha", Records.wallet("alpha", "1000", 1), 1);
    pipeline.flush();
  }

  @Test
  void shouldFailWhereNoStagesAreThereToTakeTheState() throws Exception {
    CommandRun run = pipeline.run(List.of("control", "state", "HALTED"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith(where()).contains("no stages run there to take it");
    assertThat(controls().get("*").getTradingState()).isEqualTo(TradingState.HALTED);
  }

  @Test
  void shouldSayWhetherTheStagesHaveTakenTheState() throws Exception {
    try (Consumer<byte[], byte[]> stages = memberOfTheStages()) {
      assertThat(stages.assignment()).isNotEmpty();

      // when a decision has looked the record up
      CompletableFuture<CommandRun> changed =
          later("control", "state", "REDUCING", "--account", "alpha", "--wait", "60");
      await().atMost(Duration.ofSeconds(30)).until(() -> controls().containsKey("alpha"));
      Control written = controls().get("alpha");
      decide(lookingUp("alpha", written.getAtMs()));

      // then
      CommandRun run = changed.get(60, TimeUnit.SECONDS);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo("alpha: REDUCING\n");
      assertThat(run.err()).startsWith(where()).contains("The stages took it after ");

      // when those that come have looked up another record, or an older one
      changed = later("control", "state", "ACTIVE", "--account", "alpha", "--wait", "6");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> controls().get("alpha").getTradingState() == TradingState.ACTIVE);
      decide(lookingUp("alpha", controls().get("alpha").getAtMs() - 1));
      decide(lookingUp("*", System.currentTimeMillis()));

      // then
      run = changed.get(60, TimeUnit.SECONDS);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err().replaceAll("\\s+", " "))
          .contains("no decision showed that the stages have taken it within 6 s");
    }
  }

  /** Stands for the stages: a member of their group. */
  private static Consumer<byte[], byte[]> memberOfTheStages() {
    Consumer<byte[], byte[]> member =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                pipeline.stack().bootstrapServers(),
                "group.id",
                StreamsSettings.APPLICATION_ID),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    member.subscribe(List.of(Topic.CONTROL.topicName()));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              var unused = member.poll(Duration.ofMillis(100));
              return !member.assignment().isEmpty();
            });
    return member;
  }

  private static Decision lookingUp(String key, long asOfMs) {
    return Decision.newBuilder()
        .setDecisionId(key + asOfMs)
        .setAccount("alpha")
        .setStage("bridge")
        .setVerdict(Verdict.DENIED)
        .setCode("TRADING_REDUCING")
        .setCauseType(CauseType.INTENT)
        .setCauseId("i")
        .setAtMs(1)
        .setLookups(
            List.of(
                Lookup.newBuilder()
                    .setTable(Topic.CONTROL.topicName())
                    .setKey(key)
                    .setAsOfMs(asOfMs)
                    .build()))
        .build();
  }

  private static CompletableFuture<CommandRun> later(String... arguments) {
    return CompletableFuture.supplyAsync(() -> pipeline.run(List.of(arguments)));
  }

  private static void decide(Decision decision) {
    pipeline.send(Topic.DECISION, decision.getAccount(), decision, 1);
    pipeline.flush();
  }

  private static Map<String, Control> controls() {
    return pipeline.table(Topic.CONTROL, Control.class);
  }

  private static String where() {
    return "Pipeline at " + pipeline.stack().bootstrapServers() + ".\n";
  }
}
