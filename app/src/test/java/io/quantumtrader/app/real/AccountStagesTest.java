package io.quantumtrader.app.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each account stage on a real broker, with exactly-once transactions. */
final class AccountStagesTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";

  private RealPipeline pipeline;
  private World world;

  @BeforeEach
  void startTheStages() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
    world = World.open(pipeline, List.of("main"), List.of(BTC, ETH));
    world.begin();
  }

  @AfterEach
  void stopTheStages() throws Exception {
    pipeline.close();
  }

  @Test
  void bridgeShouldDenyASymbolOutsideTheUniverse() throws Exception {
    // when
    world.intend("i-1", "main", "DOGEUSDT", IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();

    // then
    Decision decision = only(pipeline.values(Topic.DECISION, Decision.class), "i-1");
    assertThat(decision.getVerdict()).isEqualTo(Verdict.DENIED);
    assertThat(decision.getCode()).isIn("INSTRUMENT_UNKNOWN", "SYMBOL_NOT_IN_UNIVERSE");
    assertThat(pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class)).isEmpty();
  }

  @Test
  void governorShouldCapTheNotionalOfAnOrder() throws Exception {
    // given 1000 of margin at leverage 5: 5000 of notional where 3000 are allowed
    var intent =
        Records.intent("i-1", "main", BTC, IntentAction.OPEN_LONG, Records.NOW)
            .setAmount(new BigDecimal("1000"))
            .setLeverage(5.0)
            .build();

    // when
    pipeline.send(Topic.TRADE_INTENT, "main", intent, Records.NOW);
    pipeline.settle();

    // then
    ApplyPlan plan = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).getFirst();
    assertThat(plan.getQuantity()).isEqualByComparingTo("30");
    assertThat(plan.getNotional()).isEqualByComparingTo("3000");
    assertThat(plan.getNotes()).contains("QUANTITY_CAPPED_NOTIONAL");
  }

  @Test
  void portfolioGateShouldGrantPlanAndPermitAndReserve() throws Exception {
    // when
    world.intend("i-1", "main", BTC, IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();
    pipeline.clock(Records.NOW + 1000);
    pipeline.settle();

    // then
    ApplyPlan plan = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).getFirst();
    assertThat(plan.getQuantity()).isEqualByComparingTo("2");
    Permit permit = pipeline.table(Topic.PERMIT, Permit.class).get(plan.getPlanId());
    assertThat(permit).isEqualTo(plan.getPermit());
    assertThat(permit.getKind()).isEqualTo(PermitKind.P33);
    assertThat(permit.getExpiresAtMs() - permit.getGrantedAtMs()).isEqualTo(60_000);
    assertThat(portfolio().getReservations()).isEqualTo(1);
    assertThat(portfolio().getMarginReserved()).isEqualByComparingTo("100");
  }

  @Test
  void ledgerShouldBookAFillOnceAndEndTheReservation() throws Exception {
    // given
    world.intend("i-1", "main", BTC, IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();
    ApplyPlan plan = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).getFirst();

    // when the same result arrives twice
    for (int i = 0; i < 2; i++) {
      pipeline.send(Topic.APPLY_RESULT, "main", Records.filled(plan, Records.NOW), Records.NOW);
    }
    pipeline.settle();
    pipeline.clock(Records.NOW + 1000);
    pipeline.settle();

    // then
    PositionLedger row =
        pipeline.table(Topic.POSITION_LEDGER, PositionLedger.class).get("main:" + BTC);
    assertThat(row.getSide()).isEqualTo(PositionSide.LONG);
    assertThat(row.getQuantity()).isEqualByComparingTo("2");
    assertThat(row.getFees()).isEqualByComparingTo("0.08");
    assertThat(portfolio().getReservations()).isZero();
    assertThat(portfolio().getOpenPositions()).isEqualTo(1);
  }

  @Test
  void applyLayerShouldCloseWhatTheLedgerHolds() throws Exception {
    // given
    world.intend("i-1", "main", BTC, IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();
    ApplyPlan entry = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).getFirst();
    pipeline.send(Topic.APPLY_RESULT, "main", Records.filled(entry, Records.NOW), Records.NOW);
    pipeline.settle();

    // when
    world.intend("i-2", "main", BTC, IntentAction.CLOSE, Records.NOW);
    pipeline.settle();

    // then
    ApplyPlan close = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).get(1);
    assertThat(close.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(close.getReduceOnly()).isTrue();
    assertThat(close.getQuantity()).isEqualByComparingTo("2");
    assertThat(close.getPermit().getKind()).isEqualTo(PermitKind.P26);
  }

  @Test
  void portfolioShouldKnowEquityFromTheExchangesWallet() throws Exception {
    // when
    pipeline.clock(Records.NOW + 60_000);
    world.wallets(List.of("main"), Records.NOW + 60_000);
    pipeline.settle();
    pipeline.clock(Records.NOW + 120_000);
    pipeline.settle();

    // then
    assertThat(portfolio().getEquity()).isEqualByComparingTo("10000");
    assertThat(portfolio().getEquityAsOfMs()).isEqualTo(Records.NOW + 60_000);
  }

  @Test
  void shouldRollBackTheReservationWhenThePlanCannotBeWritten() throws Exception {
    // given a plan topic that takes nothing: the stage fails after it reserved, before the plan
    alterPlanTopic(AlterConfigOp.OpType.SET);
    world.intend("i-1", "main", BTC, IntentAction.OPEN_LONG, Records.NOW);
    pipeline.flush();
    await()
        .pollDelay(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(30))
        .until(() -> pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).isEmpty());
    assertThat(pipeline.values(Topic.DECISION, Decision.class))
        .noneMatch(decision -> decision.getCauseId().equals("i-1"));

    // when it takes plans again
    alterPlanTopic(AlterConfigOp.OpType.DELETE);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).isEmpty());
    pipeline.settle();
    pipeline.clock(Records.NOW + 1000);
    pipeline.settle();

    // then
    assertThat(pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class)).hasSize(1);
    only(pipeline.values(Topic.DECISION, Decision.class), "i-1");
    assertThat(portfolio().getReservations()).isEqualTo(1);
  }

  @Test
  void shouldJudgeByWhatALaggingTableShowsAndSaySo() throws Exception {
    // given a clock that went on, and a newer state that is written but not committed
    long later = Records.NOW + 3 * Records.MINUTE;
    pipeline.clock(later - 1000);
    world.wallets(List.of("main"), later);
    pipeline.settle();
    pipeline.clock(later);
    pipeline.settle();
    try (KafkaProducer<byte[], byte[]> open = transactional()) {
      open.initTransactions();
      open.beginTransaction();
      byte[] state = pipeline.serialize(Topic.MARKET_STATE, Records.state(BTC, "101", later));
      open.send(
              new ProducerRecord<>(
                  Topic.MARKET_STATE.topicName(),
                  null,
                  later,
                  BTC.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                  state))
          .get(30, TimeUnit.SECONDS);

      // when an intent comes before and one after the table has caught up
      world.intend("early", "main", BTC, IntentAction.OPEN_LONG, later);
      pipeline.flush();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  pipeline.values(Topic.DECISION, Decision.class).stream()
                      .anyMatch(decision -> decision.getCauseId().equals("early")));
      open.commitTransaction();
    }
    pipeline.settle();
    world.intend("late", "main", BTC, IntentAction.OPEN_LONG, later);
    pipeline.settle();

    // then
    List<Decision> decisions = pipeline.values(Topic.DECISION, Decision.class);
    Decision early = only(decisions, "early");
    assertThat(early.getCode()).isEqualTo("MARKET_STATE_STALE");
    assertThat(early.getLookups())
        .filteredOn(lookup -> lookup.getTable().equals(Topic.MARKET_STATE.topicName()))
        .singleElement()
        .satisfies(lookup -> assertThat(lookup.getAgeMs()).isEqualTo(3 * Records.MINUTE));
    assertThat(only(decisions, "late").getVerdict()).isEqualTo(Verdict.GRANTED);
    ApplyPlan plan = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).getFirst();
    assertThat(plan.getPrice()).isEqualByComparingTo("101");
  }

  @Test
  void shouldDenyAbsurdTimesAndGoOn() throws Exception {
    // given
    long farFuture = Records.NOW + 10L * 365 * 24 * 3600 * 1000;

    // when
    pipeline.send(
        Topic.TRADE_INTENT,
        "main",
        Records.intent("negative-made", "main", ETH, IntentAction.OPEN_LONG, -5).build(),
        Records.NOW);
    pipeline.send(
        Topic.TRADE_INTENT,
        "main",
        Records.intent("future-made", "main", ETH, IntentAction.OPEN_LONG, Long.MAX_VALUE).build(),
        Records.NOW);
    pipeline.send(
        Topic.TRADE_INTENT,
        "main",
        Records.intent("future-record", "main", ETH, IntentAction.OPEN_LONG, Records.NOW).build(),
        farFuture);
    world.intend("sane", "main", ETH, IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();

    // then
    List<Decision> decisions = pipeline.values(Topic.DECISION, Decision.class);
    for (String id : List.of("negative-made", "future-made", "future-record")) {
      assertThat(only(decisions, id).getCode()).as(id).isEqualTo("TIME_INVALID");
    }
    assertThat(only(decisions, "sane").getVerdict()).isEqualTo(Verdict.GRANTED);
    assertThat(pipeline.read(Topic.DECISION))
        .allSatisfy(record -> assertThat(record.timestamp()).isEqualTo(Records.NOW));
    assertThat(pipeline.read(Topic.DEAD_LETTER)).isEmpty();
  }

  @Test
  void shouldDeadLetterAKeyThatDisagreesWithItsValue() throws Exception {
    // when
    pipeline.send(
        Topic.TRADE_INTENT,
        "main",
        Records.intent("i-1", "other", BTC, IntentAction.OPEN_LONG, Records.NOW).build(),
        Records.NOW);
    world.intend("i-2", "main", ETH, IntentAction.OPEN_LONG, Records.NOW);
    pipeline.settle();

    // then
    assertThat(pipeline.read(Topic.DEAD_LETTER)).hasSize(1);
    only(pipeline.values(Topic.DECISION, Decision.class), "i-2");
  }

  private PortfolioState portfolio() {
    return pipeline.table(Topic.PORTFOLIO_STATE, PortfolioState.class).get(Accounts.MAIN);
  }

  private static Decision only(List<Decision> decisions, String causeId) {
    List<Decision> about =
        decisions.stream()
            .filter(decision -> decision.getCauseId().equals(causeId))
            .filter(decision -> decision.getVerdict() != Verdict.RECORDED)
            .toList();
    assertThat(about).as(causeId).hasSize(1);
    return about.getFirst();
  }

  private void alterPlanTopic(AlterConfigOp.OpType operation) throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, Topic.APPLY_PLAN.topicName());
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry("max.message.bytes", "1"), operation);
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
