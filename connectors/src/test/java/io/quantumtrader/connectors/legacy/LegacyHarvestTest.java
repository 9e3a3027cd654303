package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.NOW_MS;
import static io.quantumtrader.connectors.legacy.LegacyRecords.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The old keys that show how positions are closed: proposals, calibration, plans and results. */
@Tag("real")
final class LegacyHarvestTest extends LegacySinkOnRedis {

  private static final String POSITION = "main:BTCUSDT";
  private static final String PROPOSAL_HASH = "quantum:harvest:proposal:BTCUSDT";
  private static final String PROPOSALS = "quantum:stream:harvest.proposal";
  private static final String CALIBRATED = "quantum:stream:harvest.calibrated";

  @Test
  void shouldWriteAProposalByteForByteAsItsPublisherDid() {
    // given
    Map<String, String> captured =
        GoldenWire.fields(
            GoldenWire.write("harvest_proposal_publisher", "typical", "XADD", PROPOSALS));

    // when
    put(Topic.HARVEST_PROPOSAL, POSITION, proposal().build());

    // then
    assertThat(entries(PROPOSALS)).hasSize(1);
    assertThat(List.copyOf(entries(PROPOSALS).getFirst().entrySet()))
        .isEqualTo(List.copyOf(captured.entrySet()));
  }

  @Test
  void shouldShowTheFirstProposalBeforeTheHeatGateHasSpoken() {
    // given
    Map<String, String> captured =
        GoldenWire.fields(
            GoldenWire.write("harvest_proposal_publisher", "typical", "HSET", PROPOSAL_HASH));

    // when
    put(Topic.HARVEST_PROPOSAL, POSITION, proposal().build());

    // then: what the publisher wrote, and what the documents name behind it
    List<Map.Entry<String, String>> fields = List.copyOf(hash(PROPOSAL_HASH).entrySet());
    assertThat(fields.subList(0, captured.size())).isEqualTo(List.copyOf(captured.entrySet()));
    assertThat(fields.subList(captured.size(), fields.size()))
        .containsExactly(
            Map.entry("action", captured.get("harvest_action")),
            Map.entry("original_action", captured.get("harvest_action")),
            Map.entry("calibrated", "0"),
            Map.entry("reason", captured.get("reason_codes")));
    assertThat(ttl(PROPOSAL_HASH)).isEqualTo(-1);
  }

  @Test
  void shouldLetACalibratedProposalStandWhicheverTopicIsReadFirst() {
    // given
    put(Topic.HARVEST_CALIBRATED, POSITION, fullClose().setCalibration(stopInstead(true)).build());
    Map<String, String> calibrated = hash(PROPOSAL_HASH);

    // when the proposal that it was made of comes behind it, and then the next round in order
    put(Topic.HARVEST_PROPOSAL, POSITION, proposal().build());
    Map<String, String> late = hash(PROPOSAL_HASH);
    put(Topic.HARVEST_PROPOSAL, POSITION, proposal().build());
    put(Topic.HARVEST_CALIBRATED, POSITION, proposal().setCalibration(stopInstead(false)).build());

    // then
    assertThat(late).isEqualTo(calibrated).containsEntry("calibrated", "1");
    assertThat(hash(PROPOSAL_HASH))
        .containsEntry("harvest_action", proposal().getAction())
        .containsEntry("calibrated", "0")
        .containsEntry("calibrated_by", "p26_heat_gate");
  }

  @Test
  void shouldForgetAProposalThatTheHeatGateNeverSawOnceThePositionIsGone() {
    put(Topic.HARVEST_PROPOSAL, POSITION, proposal().build());
    assertThat(keys("quantum:harvest:*")).containsExactly(PROPOSAL_HASH);

    put(Topic.HARVEST_PROPOSAL, POSITION, null);

    assertThat(keys("quantum:harvest:*")).isEmpty();
  }

  @Test
  void shouldShowTheCalibratedActionBesideTheOriginal() {
    // given
    Map<String, String> captured =
        GoldenWire.fields(
            GoldenWire.write("harvest_proposal_publisher", "typical", "HSET", PROPOSAL_HASH));
    captured.put("harvest_action", "FULL_CLOSE_PROPOSED");
    captured.put("new_sl_proposed", "60120.5");
    captured.put("reason_codes", "profit_lock,kill_score_triggered");

    // when
    put(Topic.HARVEST_CALIBRATED, POSITION, fullClose().setCalibration(stopInstead(true)).build());

    // then: what the publisher wrote, and the gate's own fields behind it
    List<Map.Entry<String, String>> fields = List.copyOf(hash(PROPOSAL_HASH).entrySet());
    assertThat(fields.subList(0, captured.size())).isEqualTo(List.copyOf(captured.entrySet()));
    assertThat(fields.subList(captured.size(), fields.size()))
        .containsExactly(
            Map.entry("action", "UPDATE_SL"),
            Map.entry("original_action", "FULL_CLOSE_PROPOSED"),
            Map.entry("heat_value", "0.7"),
            Map.entry("heat_bucket", "HOT"),
            Map.entry("calibrated", "1"),
            Map.entry("calibrated_by", "p26_heat_gate"),
            Map.entry("downgrade_reason", "HEAT_STOP_INSTEAD"),
            Map.entry("mode", "enforce"),
            Map.entry("reason", "profit_lock,kill_score_triggered"));
    assertThat(ttl(PROPOSAL_HASH)).isEqualTo(-1);
  }

  @Test
  void shouldStreamWhatTheHeatGateMadeOfAProposal() {
    // when
    put(Topic.HARVEST_CALIBRATED, POSITION, fullClose().setCalibration(stopInstead(true)).build());

    // then
    List<Map.Entry<String, String>> entry =
        new ArrayList<>(entries(CALIBRATED).getFirst().entrySet());
    assertThat(entry.subList(0, 11))
        .containsExactly(
            Map.entry("trace_id", "main:BTCUSDT:1:" + NOW_MS),
            Map.entry("plan_id", ""),
            Map.entry("symbol", "BTCUSDT"),
            Map.entry("original_action", "FULL_CLOSE_PROPOSED"),
            Map.entry("calibrated_action", "UPDATE_SL"),
            Map.entry("heat_value", "0.7"),
            Map.entry("heat_bucket", "HOT"),
            Map.entry("mode", "enforce"),
            Map.entry("calibrated", "true"),
            Map.entry("reason", "HEAT_STOP_INSTEAD"),
            Map.entry("timestamp", "1773500000"));
    assertThat(entry.get(11)).isEqualTo(Map.entry("harvest_action", "FULL_CLOSE_PROPOSED"));
    assertThat(entry).hasSize(11 + 23);
  }

  @Test
  void shouldSayInShadowModeThatTheOriginalHolds() {
    put(
        Topic.HARVEST_CALIBRATED,
        POSITION,
        fullClose()
            .setCalibration(
                Calibration.newBuilder(stopInstead(false))
                    .setHeat(null)
                    .setLevel("UNKNOWN")
                    .setMode("shadow")
                    .build())
            .build());

    assertThat(hash(PROPOSAL_HASH))
        .containsEntry("calibrated", "0")
        .containsEntry("harvest_action", "FULL_CLOSE_PROPOSED")
        .containsEntry("heat_value", "None")
        .containsEntry("heat_bucket", "UNKNOWN")
        .containsEntry("mode", "shadow");
    assertThat(entries(CALIBRATED).getFirst()).containsEntry("calibrated", "false");
  }

  @Test
  void shouldForgetTheProposalOfAPositionThatIsGone() {
    // given
    put(Topic.HARVEST_PROPOSAL, POSITION, proposal().build());
    put(Topic.HARVEST_CALIBRATED, POSITION, fullClose().setCalibration(stopInstead(true)).build());
    put(
        Topic.HARVEST_CALIBRATED,
        "alpha:BTCUSDT",
        fullClose().setAccount("alpha").setCalibration(stopInstead(true)).build());

    // when
    put(Topic.HARVEST_PROPOSAL, POSITION, null);
    put(Topic.HARVEST_CALIBRATED, POSITION, null);

    // then: the streams keep what was, another account keeps its own
    assertThat(keys(PROPOSAL_HASH)).isEmpty();
    assertThat(entries(PROPOSALS)).hasSize(1);
    assertThat(hash("quantum:alpha:harvest:proposal:BTCUSDT")).containsEntry("calibrated", "1");
    assertThat(entries("quantum:alpha:stream:harvest.calibrated")).hasSize(1);
  }

  @Test
  void shouldShowAMovedStopFromPlanToPosition() {
    // when
    put(
        Topic.APPLY_PLAN,
        "main",
        LegacyRecords.plan()
            .setSide(OrderSide.SELL)
            .setAction(PlanAction.UPDATE_SL)
            .setReduceOnly(true)
            .setIntentId("")
            .setStopPrice(decimal("60120.5"))
            .setPermit(LegacyRecords.permit(PermitKind.P26).build())
            .setTrigger(ExitTrigger.PROFIT_LOCK)
            .setRNet(1.75)
            .build());
    put(
        Topic.APPLY_RESULT,
        "main",
        LegacyRecords.result()
            .setOutcome(ResultOutcome.PROTECTED)
            .setFilledQuantity(decimal("0"))
            .setFill(null)
            .setOrderId("")
            .setReduceOnly(true)
            .setTrigger(ExitTrigger.PROFIT_LOCK)
            .setStopPrice(decimal("60120.5"))
            .build());
    put(
        Topic.POSITION_SNAPSHOT,
        POSITION,
        LegacyRecords.snapshot().setStopPrice(decimal("60120.5")).build());

    // then
    assertThat(entries("quantum:stream:apply.plan").getFirst())
        .containsEntry("action", "UPDATE_SL")
        .containsEntry("source", "apply_layer")
        .containsEntry("R_net", "1.75")
        .containsEntry("new_sl_proposed", "60120.5")
        .containsEntry("trigger", "PROFIT_LOCK")
        .containsKey("steps")
        .doesNotContainKey("rung");
    assertThat(entries("quantum:stream:apply.result").getFirst())
        .containsEntry("executed", "true")
        .hasEntrySatisfying(
            "details",
            details ->
                assertThat(details)
                    .endsWith(
                        "\"filled_qty\": 0.0, \"order_status\": \"PROTECTED\", \"trigger\":"
                            + " \"PROFIT_LOCK\", \"stop_price\": 60120.5}"));
    assertThat(hash("quantum:position:BTCUSDT"))
        .containsEntry("stop_loss", "60120.5")
        .containsEntry("risk_price", "900.0");
  }

  @Test
  void shouldSayWhichRungAFillCarries() {
    put(
        Topic.APPLY_RESULT,
        "main",
        LegacyRecords.result().setTrigger(ExitTrigger.RUNG).setRung(2).build());
    put(
        Topic.APPLY_RESULT,
        "main",
        LegacyRecords.result()
            .setPlanId("")
            .setOrigin(ResultOrigin.STOP)
            .setTrigger(ExitTrigger.STOP_HIT)
            .build());

    assertThat(entries("quantum:stream:apply.result"))
        .extracting(result -> result.get("details"))
        .satisfiesExactly(
            rung -> assertThat(rung).endsWith("\"trigger\": \"RUNG\", \"rung\": 2}"),
            stop -> assertThat(stop).endsWith("\"origin\": \"STOP\", \"trigger\": \"STOP_HIT\"}"));
  }

  private static HarvestProposal.Builder fullClose() {
    return proposal()
        .setAction("FULL_CLOSE_PROPOSED")
        .setTrigger(ExitTrigger.KILL_SCORE)
        .setShare(1.0)
        .setNewStop(decimal("60120.5"))
        .setStopTrigger(ExitTrigger.PROFIT_LOCK)
        .setReasons(List.of("profit_lock", "kill_score_triggered"));
  }

  private static Calibration stopInstead(boolean calibrated) {
    return Calibration.newBuilder()
        .setCalibrated(calibrated)
        .setAction("UPDATE_SL")
        .setCode("HEAT_STOP_INSTEAD")
        .setLevel("HOT")
        .setHeat(0.7)
        .setMode("enforce")
        .setClosePolicy("profit_override")
        .setUnstable(true)
        .setAtMs(NOW_MS)
        .build();
  }

  /** The values behind the captured write. */
  static HarvestProposal.Builder proposal() {
    return HarvestProposal.newBuilder()
        .setSymbol("BTCUSDT")
        .setPositionId("main:BTCUSDT:1")
        .setSide(PositionSide.LONG)
        .setAction("NONE")
        .setQuantity(decimal("0.05"))
        .setEntryPrice(decimal("60000"))
        .setMarkPrice(decimal("61500"))
        .setUnrealizedPnl(decimal("75"))
        .setRNet(0.0125)
        .setRiskUnit(1200)
        .setCostEstimate(60)
        .setKillScore(0.522053681767921)
        .setKRegimeFlip(0)
        .setKSigmaSpike(0)
        .setKTsDrop(0.17654399999999998)
        .setKAgePenalty(0)
        .setSigma(0.00123456)
        .setTs(0.123456)
        .setPTrend(0.412345)
        .setPMr(0.1)
        .setPChop(0.487655)
        .setAgeMs(0)
        .setAsOfMs(NOW_MS);
  }
}
