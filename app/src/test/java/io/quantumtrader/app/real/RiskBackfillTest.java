package io.quantumtrader.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code quantum backfill risk} against stages that run on a real broker. */
final class RiskBackfillTest {

  /** What a command came to. */
  private record Ended(int code, String out, String err) {}

  @Test
  void shouldFindTheRiskOfAnAdoptedPositionAnewAndSayWhatCameOfIt() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh().startStages()) {
      // given: nothing to do yet
      World world = World.open(pipeline, List.of("main"), List.of("BTCUSDT"));
      world.begin();
      assertThat(run(pipeline))
          .isEqualTo(
              new Ended(
                  0,
                  "",
                  "No adopted position is open: every open one has the risk data of its plan."
                      + System.lineSeparator()));

      // given: an intent of the day before, and a position without market state or plan
      pipeline.send(
          Topic.TRADE_INTENT,
          "main",
          Records.intent("i-eth", "main", "ETHUSDT", IntentAction.OPEN_LONG, Records.NOW - 1)
              .setAtr(40.0)
              .setVolatilityFactor(2.0)
              .build(),
          Records.NOW);
      pipeline.send(Topic.APPLY_RESULT, "main", adopted(), Records.NOW);
      pipeline.settle();
      assertThat(row(pipeline).getRisk().getSource()).isEqualTo(RiskSource.DEFAULT);

      // when nobody moves the clock
      Ended unanswered = run(pipeline, "--wait", "1");

      // then it says so, and that the order stands
      assertThat(unanswered.code()).isEqualTo(1);
      assertThat(unanswered.err()).hasLineCount(1).contains("1 of 1 positions").contains("stands");

      // when it is asked for again and the clock goes on
      CompletableFuture<Ended> command =
          CompletableFuture.supplyAsync(() -> run(pipeline, "--symbol", "ethusdt"));
      awaitOrders(pipeline, 2);
      pipeline.settle();
      pipeline.clock(Records.NOW + 1_000);

      // then
      Ended ended = command.get(60, TimeUnit.SECONDS);
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out())
          .isEqualToIgnoringNewLines(
              "main ETHUSDT: initial stop 2920 (INTENT_ATR) instead of 2920 (INTENT_ATR), stop in"
                  + " place 2940");
      pipeline.settle();
      assertThat(row(pipeline).getRisk().getInitialStop()).isEqualByComparingTo("2920");
    }
  }

  private static PositionLedger row(RealPipeline pipeline) {
    return pipeline.table(Topic.POSITION_LEDGER, PositionLedger.class).get("main:ETHUSDT");
  }

  private static ApplyResult adopted() {
    return ApplyResult.newBuilder()
        .setResultId("adopted-1")
        .setAccount("main")
        .setSymbol("ETHUSDT")
        .setOutcome(ResultOutcome.FILLED)
        .setOrigin(ResultOrigin.ADOPTED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(BigDecimal.ONE)
        .setFilledQuantity(BigDecimal.ONE)
        .setFill(
            Fill.newBuilder()
                .setFillId("adopted-1")
                .setQuantity(BigDecimal.ONE)
                .setPrice(new BigDecimal("3000"))
                .setFee(BigDecimal.ZERO)
                .setAtMs(Records.NOW)
                .build())
        .setLeverage(2)
        .setAtMs(Records.NOW)
        .build();
  }

  private static void awaitOrders(RealPipeline pipeline, int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      Control control = pipeline.table(Topic.CONTROL, Control.class).get("*");
      if (control.getBackfills().size() == count) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the order was not written");
  }

  private static Ended run(RealPipeline pipeline, String... arguments) {
    List<String> all = new ArrayList<>(List.of("backfill", "risk"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", pipeline.stack().bootstrapServers()));
    all.addAll(List.of("--schema-registry", pipeline.stack().schemaRegistryUrl()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Quantum.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }
}
