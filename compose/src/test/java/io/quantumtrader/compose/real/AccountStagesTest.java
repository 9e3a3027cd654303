package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each account stage on a real broker, with exactly-once transactions. */
@Tag("real")
final class AccountStagesTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";

  private static RealPipeline pipeline;

  /** Five minutes past ten minutes, so that no test passes a full hour, when lists are made. */
  private static long nowMs = Records.NOW + 5 * Records.MINUTE;

  private static int tests;

  private String account;
  private World world;

  @BeforeAll
  static void startTheStages() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
  }

  @AfterAll
  static void stopTheStages() {
    pipeline.close();
  }

  @BeforeEach
  void beginWithAnAccountOfItsOwn() throws Exception {
    account = "test-" + ++tests;
    nowMs += 10 * Records.MINUTE;
    world = World.oneMore(pipeline, nowMs, List.of(account), List.of(BTC, ETH));
    world.begin();
  }

  @Test
  void bridgeShouldDenyASymbolOutsideTheUniverse() throws Exception {
    // given: it trades and has a price, and stands on no list
    String doge = "DOGEUSDT";
    pipeline.send(Topic.INSTRUMENT, doge, Records.instrument(doge, "0.001"), nowMs);
    world.state(doge, "100", nowMs);
    pipeline.settle();

    // when
    world.intend("i-1", account, doge, IntentAction.OPEN_LONG, nowMs);
    pipeline.settle();

    // then
    Decision decision = world.decision(account, "i-1");
    assertThat(decision.getVerdict()).isEqualTo(Verdict.DENIED);
    assertThat(decision.getCode()).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
    assertThat(decision.getNumbers())
        .extracting(each -> each.getName() + "=" + each.getValue())
        .containsExactly("allowedSymbols=2");
    assertThat(world.plans(account)).isEmpty();
  }

  @Test
  void governorShouldCapTheNotionalOfAnOrder() throws Exception {
    // given 1000 of margin at leverage 5: 5000 of notional where 3000 are allowed
    var intent =
        Records.intent("i-1", account, BTC, IntentAction.OPEN_LONG, nowMs)
            .setAmount(new BigDecimal("1000"))
            .setLeverage(5.0)
            .build();

    // when
    pipeline.send(Topic.TRADE_INTENT, account, intent, nowMs);
    pipeline.settle();

    // then
    ApplyPlan plan = world.plan(account);
    assertThat(plan.getQuantity()).isEqualByComparingTo("30");
    assertThat(plan.getNotional()).isEqualByComparingTo("3000");
    assertThat(plan.getNotes()).contains("QUANTITY_CAPPED_NOTIONAL");
  }

  @Test
  void portfolioGateShouldGrantPlanAndPermitAndReserve() throws Exception {
    // when
    world.intend("i-1", account, BTC, IntentAction.OPEN_LONG, nowMs);
    pipeline.settle();
    pipeline.clock(nowMs + 1000);
    pipeline.settle();

    // then
    ApplyPlan plan = world.plan(account);
    assertThat(plan.getQuantity()).isEqualByComparingTo("2");
    Permit permit = pipeline.table(Topic.PERMIT, Permit.class).get(plan.getPlanId());
    assertThat(permit).isEqualTo(plan.getPermit());
    assertThat(permit.getKind()).isEqualTo(PermitKind.P33);
    assertThat(permit.getExpiresAtMs() - permit.getGrantedAtMs()).isEqualTo(60_000);
    assertThat(world.portfolio(account).getReservations()).isEqualTo(1);
    assertThat(world.portfolio(account).getMarginReserved()).isEqualByComparingTo("100");
  }

  @Test
  void ledgerShouldBookAFillOnceAndEndTheReservation() throws Exception {
    // given
    world.intend("i-1", account, BTC, IntentAction.OPEN_LONG, nowMs);
    pipeline.settle();
    ApplyPlan plan = world.plan(account);

    // when the same result arrives twice
    for (int i = 0; i < 2; i++) {
      pipeline.send(Topic.APPLY_RESULT, account, Records.filled(plan, nowMs), nowMs);
    }
    pipeline.settle();
    pipeline.clock(nowMs + 1000);
    pipeline.settle();

    // then
    PositionLedger row = world.ledger(account, BTC);
    assertThat(row.getSide()).isEqualTo(PositionSide.LONG);
    assertThat(row.getQuantity()).isEqualByComparingTo("2");
    assertThat(row.getFees()).isEqualByComparingTo("0.08");
    assertThat(world.portfolio(account).getReservations()).isZero();
    assertThat(world.portfolio(account).getOpenPositions()).isEqualTo(1);
  }

  @Test
  void applyLayerShouldCloseWhatTheLedgerHolds() throws Exception {
    // given
    world.enter(account, BTC);

    // when
    world.intend("i-2", account, BTC, IntentAction.CLOSE, nowMs);
    pipeline.settle();

    // then
    ApplyPlan close = world.plans(account).get(1);
    assertThat(close.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(close.getReduceOnly()).isTrue();
    assertThat(close.getQuantity()).isEqualByComparingTo("2");
    assertThat(close.getPermit().getKind()).isEqualTo(PermitKind.P26);
  }

  @Test
  void portfolioShouldKnowEquityFromTheExchangesWallet() throws Exception {
    // when
    pipeline.clock(nowMs + 60_000);
    world.wallets(List.of(account), nowMs + 60_000);
    pipeline.settle();
    pipeline.clock(nowMs + 120_000);
    pipeline.settle();

    // then
    assertThat(world.portfolio(account).getEquity()).isEqualByComparingTo("10000");
    assertThat(world.portfolio(account).getEquityAsOfMs()).isEqualTo(nowMs + 60_000);
  }

  @Test
  void shouldRollBackTheReservationWhenThePlanCannotBeWritten() throws Exception {
    // given a plan topic that takes nothing: the stage fails after it reserved, before the plan
    alterPlanTopic(AlterConfigOp.OpType.SET);
    long failed = pipeline.failedThreads();
    world.intend("i-1", account, BTC, IntentAction.OPEN_LONG, nowMs);
    pipeline.flush();
    await().atMost(Duration.ofSeconds(60)).until(() -> pipeline.failedThreads() > failed);
    assertThat(world.plans(account)).isEmpty();
    assertThat(world.decisions(account)).noneMatch(decision -> decision.getCauseId().equals("i-1"));

    // when it takes plans again
    alterPlanTopic(AlterConfigOp.OpType.DELETE);
    await().atMost(Duration.ofSeconds(60)).until(() -> !world.plans(account).isEmpty());
    pipeline.settle();
    pipeline.clock(nowMs + 1000);
    pipeline.settle();

    // then
    assertThat(world.plans(account)).hasSize(1);
    world.decision(account, "i-1");
    assertThat(world.portfolio(account).getReservations()).isEqualTo(1);
  }

  @Test
  void shouldJudgeByWhatALaggingTableShowsAndSaySo() throws Exception {
    // given a clock that went on, and a newer state that is written but not committed
    long later = nowMs + 3 * Records.MINUTE;
    pipeline.clock(later - 1000);
    world.wallets(List.of(account), later);
    pipeline.settle();
    pipeline.clock(later);
    pipeline.settle();
    try (KafkaProducer<byte[], byte[]> open = transactional()) {
      open.initTransactions();
      open.beginTransaction();
      byte[] state = pipeline.serialize(Topic.MARKET_STATE, Records.state(BTC, "101", later));
      open.send(
              new ProducerRecord<>(
                  Topic.MARKET_STATE.topicName(), null, later, BTC.getBytes(UTF_8), state))
          .get(30, TimeUnit.SECONDS);

      // when an intent comes before and one after the table has caught up
      world.intend("early", account, BTC, IntentAction.OPEN_LONG, later);
      pipeline.flush();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  world.decisions(account).stream()
                      .anyMatch(decision -> decision.getCauseId().equals("early")));
      open.commitTransaction();
    }
    pipeline.settle();
    world.intend("late", account, BTC, IntentAction.OPEN_LONG, later);
    pipeline.settle();

    // then
    Decision early = world.decision(account, "early");
    assertThat(early.getCode()).isEqualTo("MARKET_STATE_STALE");
    assertThat(early.getLookups())
        .filteredOn(lookup -> lookup.getTable().equals(Topic.MARKET_STATE.topicName()))
        .singleElement()
        .satisfies(lookup -> assertThat(lookup.getAgeMs()).isEqualTo(3 * Records.MINUTE));
    assertThat(world.decision(account, "late").getVerdict()).isEqualTo(Verdict.GRANTED);
    ApplyPlan plan = world.plan(account);
    assertThat(plan.getPrice()).isEqualByComparingTo("101");
  }

  @Test
  void shouldDenyAbsurdTimesAndGoOn() throws Exception {
    // given
    long farFuture = nowMs + 10L * 365 * 24 * 3600 * 1000;
    int deadBefore = pipeline.read(Topic.DEAD_LETTER).size();

    // when
    pipeline.send(
        Topic.TRADE_INTENT,
        account,
        Records.intent("negative-made", account, ETH, IntentAction.OPEN_LONG, -5).build(),
        nowMs);
    pipeline.send(
        Topic.TRADE_INTENT,
        account,
        Records.intent("future-made", account, ETH, IntentAction.OPEN_LONG, Long.MAX_VALUE).build(),
        nowMs);
    pipeline.send(
        Topic.TRADE_INTENT,
        account,
        Records.intent("future-record", account, ETH, IntentAction.OPEN_LONG, nowMs).build(),
        farFuture);
    world.intend("sane", account, ETH, IntentAction.OPEN_LONG, nowMs);
    pipeline.settle();

    // then
    for (String id : List.of("negative-made", "future-made", "future-record")) {
      assertThat(world.decision(account, id).getCode()).as(id).isEqualTo("TIME_INVALID");
    }
    assertThat(world.decision(account, "sane").getVerdict()).isEqualTo(Verdict.GRANTED);
    assertThat(pipeline.read(Topic.DECISION))
        .filteredOn(record -> account.equals(new String(record.key(), UTF_8)))
        .hasSize(4)
        .allSatisfy(record -> assertThat(record.timestamp()).isEqualTo(nowMs));
    assertThat(pipeline.read(Topic.DEAD_LETTER)).hasSize(deadBefore);
  }

  @Test
  void shouldDeadLetterAKeyThatDisagreesWithItsValue() throws Exception {
    // given
    int deadBefore = pipeline.read(Topic.DEAD_LETTER).size();

    // when
    pipeline.send(
        Topic.TRADE_INTENT,
        account,
        Records.intent("i-1", "other", BTC, IntentAction.OPEN_LONG, nowMs).build(),
        nowMs);
    world.intend("i-2", account, ETH, IntentAction.OPEN_LONG, nowMs);
    pipeline.settle();

    // then
    assertThat(pipeline.read(Topic.DEAD_LETTER)).hasSize(deadBefore + 1);
    world.decision(account, "i-2");
  }

  /**
   * A limit that no plan keeps, but a transaction's own marker does: the broker has to abort it.
   */
  private void alterPlanTopic(AlterConfigOp.OpType operation) throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, Topic.APPLY_PLAN.topicName());
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry("max.message.bytes", "128"), operation);
    pipeline
        .admin()
        .incrementalAlterConfigs(Map.of(topic, List.of(change)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  private KafkaProducer<byte[], byte[]> transactional() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            pipeline.stack().bootstrapServers(),
            "transactional.id",
            "a-writer-that-takes-its-time"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
