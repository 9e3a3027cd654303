package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code quantum replay --live} on a broker whose topics hold one entry filled as the model does,
 * and a stop that was not. What a whole paper run differs by is in {@code UpReplayTest}.
 */
@Tag("real")
final class ReconcileLiveTest {

  private static final long NOON = 1_763_553_600_000L;
  private static final long MINUTE = 60_000;
  private static final String PLAN = "00000000000000aa";
  private static final String BTC = "BTCUSDT";

  private static RealPipeline pipeline;

  @BeforeAll
  static void trade() {
    pipeline = RealPipeline.fresh();
  }

  @AfterAll
  static void close() {
    pipeline.close();
  }

  private static BigDecimal of(String number) {
    return new BigDecimal(number);
  }

  @Test
  void shouldNameTheFillThatLeftTheModel() throws Exception {
    CommandRun before = pipeline.run(List.of("replay", "--live"));
    assertThat(before.code()).isEqualTo(1);
    assertThat(before.err()).contains("no clock yet");

    // The clock goes on after the trading.
    pipeline.send(Topic.INSTRUMENT, BTC, Records.instrument(BTC, "0.001"), NOON);
    mark(NOON, "100");
    plan();
    fill(PLAN, ResultOrigin.PLAN, "", OrderSide.BUY, "100.01", NOON + 100);
    mark(NOON + MINUTE, "94");
    String order = ClientOrderIds.of(PLAN, Kind.STOP);
    fill("", ResultOrigin.STOP, order, OrderSide.SELL, "93.50", NOON + MINUTE);
    pipeline.clock(NOON + 30 * MINUTE);

    CommandRun run =
        pipeline.run(List.of("replay", "--live", "--hours", "1", "--fee-rate", "0", "--json"));

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("fills")).hasSize(2);
    assertThat(json.at("/fills/0/planId").asText()).isEqualTo(PLAN);
    assertThat(json.at("/fills/0/differenceBps").asDouble()).isZero();
    assertThat(json.at("/fills/0/fill/latencyMs").asLong()).isEqualTo(100);
    // The stop at 95, set off by a close of 94, sells at 94.99 on the tick, one basis point lower.
    assertThat(json.at("/fills/1/origin").asText()).isEqualTo("STOP");
    assertThat(json.at("/fills/1/triggerPrice").asText()).isEqualTo("95");
    assertThat(json.at("/fills/1/model/price").asText()).isEqualTo("94.99");
    assertThat(json.at("/all/slippageDifference").asText()).isEqualTo("1.49");

    CommandRun text = pipeline.run(List.of("replay", "--live", "--hours", "0.75"));
    assertThat(text.code()).isZero();
    assertThat(text.out()).contains("closes by stop and target (1)", "93.5");
    CommandRun late = pipeline.run(List.of("replay", "--live", "--hours", "0.25"));
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.err()).contains("look further back with --hours");
    assertThat(late.out()).isEmpty();
  }

  private static void mark(long closeMs, String close) {
    Candle mark =
        Candle.newBuilder()
            .setSymbol(BTC)
            .setOpenTimeMs(closeMs - MINUTE)
            .setIntervalMs(MINUTE)
            .setOpen(of("100.01"))
            .setHigh(of("100.01"))
            .setLow(of(close))
            .setClose(of(close))
            .setVolume(BigDecimal.ONE)
            .build();
    pipeline.send(Topic.MARK, BTC, mark, closeMs);
  }

  private static void plan() {
    ApplyPlan plan =
        ApplyPlan.newBuilder()
            .setPlanId(PLAN)
            .setSymbol(BTC)
            .setSide(OrderSide.BUY)
            .setAction(PlanAction.ENTRY)
            .setReduceOnly(false)
            .setQuantity(BigDecimal.ONE)
            .setPrice(of("100"))
            .setLeverage(1)
            .setStopPrice(of("95"))
            .setMargin(BigDecimal.ONE)
            .setNotional(BigDecimal.ONE)
            .setPermit(
                Permit.newBuilder()
                    .setPlanId(PLAN)
                    .setAccount("main")
                    .setSymbol(BTC)
                    .setKind(PermitKind.P33)
                    .setGrantedAtMs(NOON)
                    .setExpiresAtMs(NOON + 1)
                    .setQuantity(BigDecimal.ONE)
                    .setPositionQuantity(BigDecimal.ZERO)
                    .setReason("GRANTED")
                    .build())
            .setCreatedAtMs(NOON)
            .build();
    pipeline.send(Topic.APPLY_PLAN, "main", plan, NOON);
  }

  private static void fill(
      String planId, ResultOrigin origin, String order, OrderSide side, String price, long atMs) {
    String id = planId + order + "-1";
    ApplyResult result =
        ApplyResult.newBuilder()
            .setResultId(id)
            .setPlanId(planId)
            .setSymbol(BTC)
            .setOrigin(origin)
            .setOutcome(ResultOutcome.FILLED)
            .setFinalResult(true)
            .setSide(side)
            .setReduceOnly(origin == ResultOrigin.STOP)
            .setRequestedQuantity(BigDecimal.ONE)
            .setFilledQuantity(BigDecimal.ONE)
            .setFill(new Fill(id, BigDecimal.ONE, of(price), BigDecimal.ZERO, atMs, "", null))
            .setClientOrderId(order)
            .setTrigger(origin == ResultOrigin.STOP ? ExitTrigger.STOP_HIT : ExitTrigger.NONE)
            .setAtMs(atMs)
            .build();
    pipeline.send(Topic.APPLY_RESULT, "main", result, atMs);
  }
}
