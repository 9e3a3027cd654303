package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes out with a plan and with a new price, in which order, and when. */
final class PublicationsTest extends WiringTest {

  private static final long NOW = NOON + 1000;

  /** Each way to a plan: the permit inside it lies on its own topic too. */
  @ParameterizedTest
  @CsvSource({
    "entry, P33",
    "close, P26",
    "exit, P26",
    "stop, P26",
    "manual, P26",
    "guard, P26",
  })
  void shouldPublishThePermitOfEachPlan(String way, PermitKind kind) {
    // given
    if (!way.equals("entry")) {
      pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    }

    // when
    Outputs outputs = pipeline.when(it -> go(it, way));

    // then
    ApplyPlan plan = outputs.plan();
    List<Outputs.Out<Permit>> permits = outputs.of(Topic.PERMIT, Permit.class);
    assertThat(permits).hasSize(1);
    assertThat(permits.get(0).key()).isEqualTo(plan.getPlanId());
    assertThat(permits.get(0).value()).isEqualTo(plan.getPermit());
    assertThat(permits.get(0).value().getKind()).isEqualTo(kind);
    assertThat(permits.get(0).timeMs()).isEqualTo(plan.getCreatedAtMs());
    assertThat(permits.get(0).value().getExpiresAtMs()).isEqualTo(plan.getCreatedAtMs() + 60_000);
  }

  @ParameterizedTest
  @CsvSource({"entry", "close", "exit", "stop", "manual", "guard"})
  void shouldKeyAPlanByItsAccountAtTheTimeOfTheClock(String way) {
    // given
    if (!way.equals("entry")) {
      pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    }
    // when
    Outputs outputs = pipeline.when(it -> go(it, way));

    // then
    Outputs.Out<ApplyPlan> plan = outputs.of(Topic.APPLY_PLAN, ApplyPlan.class).get(0);
    assertThat(plan.key()).isEqualTo(MAIN);
    assertThat(plan.timeMs()).isBetween(NOON, NOW).isEqualTo(plan.value().getCreatedAtMs());
    assertThat(outputs.decisions())
        .filteredOn(decision -> plan.value().getPlanId().equals(decision.getPlanId()))
        .as("decisions that grant it")
        .hasSize(1);
  }

  /** Who acts on the proposal finds its value in the snapshot. */
  @Test
  void shouldPublishTheSnapshotBeforeTheProposal() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.pass(MINUTE).candle(BTC, "71000");
    pipeline.pass(MINUTE);

    // when
    Outputs outputs = pipeline.when(it -> it.candle(BTC, "76000"));

    // then
    assertThat(outputs.topics())
        .containsSubsequence("quantum.position.snapshot", "quantum.harvest.proposal")
        .containsOnlyOnce("quantum.position.snapshot", "quantum.harvest.proposal");
    Outputs.Out<PositionSnapshot> snapshot =
        outputs.of(Topic.POSITION_SNAPSHOT, PositionSnapshot.class).get(0);
    Outputs.Out<HarvestProposal> proposal =
        outputs.of(Topic.HARVEST_PROPOSAL, HarvestProposal.class).get(0);
    assertThat(snapshot.key()).isEqualTo("main:BTCUSDT").isEqualTo(proposal.key());
    assertThat(snapshot.value().getMarkPrice())
        .isEqualTo(dec("76000"))
        .isEqualTo(proposal.value().getMarkPrice());
    assertThat(snapshot.timeMs()).isEqualTo(pipeline.nowMs()).isEqualTo(proposal.timeMs());
  }

  @Test
  void shouldPublishTheCalibratedProposalUnderItsPosition() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC)));

    // then
    Outputs.Out<HarvestProposal> calibrated =
        outputs.of(Topic.HARVEST_CALIBRATED, HarvestProposal.class).get(0);
    assertThat(calibrated.key()).isEqualTo("main:BTCUSDT");
    assertThat(calibrated.timeMs()).isEqualTo(NOON);
    assertThat(calibrated.value().getCalibration().getAtMs()).isEqualTo(NOON);
  }

  @Test
  void shouldTakeSnapshotAndProposalsAwayWithThePosition() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.pass(MINUTE).candle(BTC, "71000");

    // when
    Outputs outputs = pipeline.when(it -> it.adopt(MAIN, BTC, OrderSide.SELL, "0.02", "71000"));

    // then
    for (Topic topic :
        List.of(Topic.POSITION_SNAPSHOT, Topic.HARVEST_PROPOSAL, Topic.HARVEST_CALIBRATED)) {
      assertThat(outputs.all())
          .filteredOn(record -> record.topic().equals(topic.topicName()))
          .as(topic.topicName())
          .hasSize(1)
          .allSatisfy(record -> assertThat(record.value()).isNull())
          .allSatisfy(record -> assertThat(record.partition()).isZero());
    }
  }

  private static void go(Pipeline pipeline, String way) {
    switch (way) {
      case "entry" -> pipeline.intent(Pipeline.buy(MAIN, "i1", ETH));
      case "close" -> pipeline.intent(Pipeline.buy(MAIN, "c1", BTC).setAction(IntentAction.CLOSE));
      case "exit" -> pipeline.proposal(Pipeline.closeAll(MAIN, BTC));
      case "stop" ->
          pipeline.proposal(
              Pipeline.closeAll(MAIN, BTC)
                  .setAction("UPDATE_SL")
                  .setStopTrigger(ExitTrigger.TRAILING_STOP)
                  .setNewStop(dec("70500")));
      case "manual" ->
          pipeline
              .control(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON))
              .clock(NOW);
      case "guard" -> pipeline.wallet(MAIN, "100").clock(NOW);
      default -> throw new IllegalArgumentException(way);
    }
  }
}
