package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.NOW_MS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;

/** For a captured write, the record of the pipeline that says the same. */
final class GoldenRecords {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SYMBOL = "BTCUSDT";
  private static final Set<String> WRITES = Set.of("HSET", "XADD", "SETEX", "EXPIRE", "DEL");

  private GoldenRecords() {}

  /**
   * A record.
   *
   * @param value null for a tombstone
   */
  record Said(Topic topic, String key, IndexedRecord value) {}

  /** Returns the record, or empty where the pipeline has none that says this. */
  static Optional<Said> of(List<String> write) {
    String key = write.get(1);
    if (!WRITES.contains(write.get(0))) {
      return Optional.empty();
    }
    if (key.contains("marketstate")) {
      return Optional.of(new Said(Topic.MARKET_STATE, SYMBOL, LegacyRecords.marketState().build()));
    }
    if (key.startsWith("quantum:position:ledger:")) {
      return Optional.of(ledger(write));
    }
    if (key.matches("quantum:(state:positions|position:snapshot|position):[A-Z0-9]+")) {
      return Optional.of(snapshot(write));
    }
    if (key.startsWith("quantum:permit:p")) {
      return permit(write);
    }
    if (key.equals("quantum:stream:apply.result")) {
      return Optional.of(result(write));
    }
    if (key.equals("quantum:stream:apply.plan")) {
      return plan(GoldenWire.fields(write));
    }
    if (key.matches("quantum:(stream:)?harvest[:.]proposal.*")) {
      Topic topic = key.contains("stream") ? Topic.HARVEST_PROPOSAL : Topic.HARVEST_CALIBRATED;
      return Optional.of(new Said(topic, "main:" + SYMBOL, proposal(GoldenWire.fields(write))));
    }
    return Optional.empty();
  }

  private static String positionKey(List<String> write) {
    return "main:" + write.get(1).substring(write.get(1).lastIndexOf(':') + 1);
  }

  private static Said ledger(List<String> write) {
    if (!write.get(0).equals("HSET")) {
      return new Said(Topic.POSITION_LEDGER, positionKey(write), null);
    }
    Map<String, String> fields = GoldenWire.fields(write);
    PositionSide side = PositionSide.valueOf(fields.get("ledger_side"));
    var record =
        (side == PositionSide.FLAT ? LegacyRecords.flatLedger() : LegacyRecords.ledger())
            .setSide(side)
            .setQuantity(decimal(fields.get("ledger_amt")).abs())
            .setUpdatedAtMs(ms(fields.get("updated_at")));
    if (fields.containsKey("entry_price")) {
      record
          .setEntryPrice(decimal(fields.get("entry_price")))
          .setLeverage(Integer.parseInt(fields.get("leverage")))
          .setLastOrderId(fields.get("last_order_id"))
          .setLastFillQuantity(decimal(fields.get("last_filled_qty")));
    }
    return new Said(Topic.POSITION_LEDGER, positionKey(write), record.build());
  }

  private static Said snapshot(List<String> write) {
    if (write.get(0).equals("DEL")) {
      return new Said(Topic.POSITION_SNAPSHOT, positionKey(write), null);
    }
    var record = LegacyRecords.snapshot();
    if (write.get(0).equals("HSET")) {
      Map<String, String> fields = GoldenWire.fields(write);
      record
          .setSide(PositionSide.valueOf(fields.get("side")))
          .setQuantity(decimal(fields.get("quantity")))
          .setEntryPrice(decimal(fields.get("entry_price")))
          .setMarkPrice(decimal(fields.get("mark_price")))
          .setUnrealizedPnl(decimal(fields.get("unrealized_pnl")))
          .setLeverage(Integer.parseInt(fields.get("leverage")))
          .setAsOfMs(ms(fields.get("ts_epoch")));
    }
    return new Said(Topic.POSITION_SNAPSHOT, positionKey(write), record.build());
  }

  /** A denial leaves no permit, and a permit is never a hash. */
  private static Optional<Said> permit(List<String> write) {
    String key = write.get(1);
    String planId = key.substring(key.lastIndexOf(':') + 1);
    if (key.startsWith("quantum:permit:p26:")) {
      IndexedRecord granted = LegacyRecords.permit(PermitKind.P26).setPlanId(planId).build();
      return Optional.of(new Said(Topic.PERMIT, planId, granted));
    }
    JsonNode value = write.get(0).equals("SETEX") ? json(write.get(3)) : JSON.nullNode();
    if (!value.path("allow").asBoolean()) {
      return Optional.empty();
    }
    return Optional.of(
        new Said(
            Topic.PERMIT,
            planId,
            LegacyRecords.permit(PermitKind.P33)
                .setQuantity(decimal(value.get("safe_qty").asText()))
                .setPositionQuantity(decimal(value.get("exchange_position_amt").asText()))
                .build()));
  }

  /** What was refused with a decision is a decision now, the rest is the executor's. */
  private static Said result(List<String> write) {
    Map<String, String> fields = GoldenWire.fields(write);
    JsonNode details = json(fields.getOrDefault("details", "{}"));
    String error = fields.getOrDefault("error", details.path("error").asText());
    long atMs = ms(fields.get("timestamp"));
    if (!error.isEmpty() && (fields.containsKey("decision") || details.has("decision"))) {
      return new Said(
          Topic.DECISION,
          "main",
          LegacyRecords.decision()
              .setPlanId(fields.get("plan_id"))
              .setCode(error)
              .setAtMs(atMs)
              .build());
    }
    boolean executed = fields.get("executed").equalsIgnoreCase("true");
    var record =
        LegacyRecords.result()
            .setPlanId(fields.get("plan_id"))
            .setOutcome(executed ? ResultOutcome.FILLED : ResultOutcome.REJECTED)
            .setCode(error)
            .setAtMs(atMs)
            .setRequestedQuantity(decimal(details.path("qty").asText("0.003")))
            .setFilledQuantity(decimal(details.path("filled_qty").asText("0")))
            .setOrderId(details.path("order_id").asText(""));
    if (details.path("side").asText().equals("SELL")) {
      record.setSide(OrderSide.SELL);
    }
    if (details.has("order_status")) {
      record.setOutcome(ResultOutcome.valueOf(details.get("order_status").asText()));
    }
    return new Said(Topic.APPLY_RESULT, "main", record.build());
  }

  /** Only what is to be executed is a plan. */
  private static Optional<Said> plan(Map<String, String> fields) {
    if (!fields.get("decision").equals("EXECUTE")) {
      return Optional.empty();
    }
    PlanAction action = action(fields.getOrDefault("action", "PARTIAL_25"));
    ApplyPlan.Builder plan =
        LegacyRecords.plan()
            .setPlanId(fields.get("plan_id"))
            .setAction(action)
            .setSide(OrderSide.SELL)
            .setReduceOnly(true)
            .setQuantity(decimal("0.01"))
            .setPrice(decimal("61500"))
            .setIntentId("")
            .setTargetPrice(null)
            .setConfidence(null)
            .setRegime(null)
            .setReason(fields.getOrDefault("reason", ""))
            .setStopPrice(null)
            .setKillScore(number(fields.get("kill_score")))
            .setRNet(number(fields.get("R_net")))
            .setCreatedAtMs(ms(fields.get("timestamp")));
    String notes = fields.getOrDefault("reason_codes", "");
    plan.setNotes(notes.isEmpty() ? List.of() : List.of(notes.split(",")));
    if (action == PlanAction.UPDATE_SL) {
      plan.setStopPrice(decimal(fields.get("new_sl_proposed")));
    }
    return Optional.of(new Said(Topic.APPLY_PLAN, "main", plan.build()));
  }

  private static PlanAction action(String legacy) {
    return switch (legacy.toUpperCase(Locale.ROOT)) {
      case "FULL_CLOSE_PROPOSED", "EXIT" -> PlanAction.FULL_CLOSE;
      case "UNKNOWN" -> PlanAction.UPDATE_SL;
      default -> PlanAction.valueOf(legacy.toUpperCase(Locale.ROOT));
    };
  }

  private static HarvestProposal proposal(Map<String, String> fields) {
    HarvestProposal.Builder proposal = LegacyHarvestTest.proposal().setAsOfMs(NOW_MS);
    if (!fields.containsKey("harvest_action")) {
      return proposal.setAsOfMs(ms(fields.get("last_update_epoch"))).build();
    }
    return proposal
        .setSide(PositionSide.valueOf(fields.get("position_side")))
        .setEntryPrice(decimal(fields.get("position_entry_price")))
        .setMarkPrice(decimal(fields.get("position_current_price")))
        .setUnrealizedPnl(decimal(fields.get("position_unrealized_pnl")))
        .setRNet(number(fields.get("R_net")))
        .setRiskUnit(number(fields.get("risk_unit")))
        .setCostEstimate(number(fields.get("cost_est")))
        .setKillScore(number(fields.get("kill_score")))
        .setKRegimeFlip(number(fields.get("k_regime_flip")))
        .setKSigmaSpike(number(fields.get("k_sigma_spike")))
        .setKTsDrop(number(fields.get("k_ts_drop")))
        .setKAgePenalty(number(fields.get("k_age_penalty")))
        .setSigma(number(fields.get("sigma")))
        .setTs(number(fields.get("ts")))
        .setPTrend(number(fields.get("p_trend")))
        .setPMr(number(fields.get("p_mr")))
        .setPChop(number(fields.get("p_chop")))
        .setAgeMs(new BigDecimal(fields.get("position_age_sec")).movePointRight(3).longValueExact())
        .build();
  }

  private static Double number(String text) {
    return text == null ? null : Double.valueOf(text);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }

  /** The captured clock stood at a quarter of a second. */
  private static long ms(String epochSeconds) {
    return Long.parseLong(epochSeconds) * 1_000 + 250;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }
}
