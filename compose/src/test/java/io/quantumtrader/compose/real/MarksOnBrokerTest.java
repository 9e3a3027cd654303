package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mark on a real broker: two accounts of different partitions hold the same symbol. */
@Tag("real")
final class MarksOnBrokerTest {

  private static final String SYMBOL = "\u5e01\u5b89\u4eba\u751fUSDT";
  private static final String NEAR = "near";

  @Test
  void shouldCloseByAMarkTheAccountWhoseStopItHits() throws Exception {
    // given: one bought at 100, the other at 97, each with a stop 2 % below; no market state yet
    String far = accountElsewhere();
    long nowMs = Records.NOW + Records.MINUTE;
    try (RealPipeline pipeline = RealPipeline.fresh().startStages()) {
      pipeline.send(Topic.CONTROL, Accounts.ALL, Records.control(TradingState.ACTIVE), Records.NOW);
      for (String account : List.of(NEAR, far)) {
        pipeline.send(
            Topic.EXCHANGE_ACCOUNT, account, Records.wallet(account, "10000", nowMs), nowMs);
      }
      pipeline.clock(nowMs);
      pipeline.send(Topic.CANDLE, SYMBOL, price("100", nowMs, Records.MINUTE), nowMs);
      pipeline.settle();
      pipeline.send(Topic.APPLY_RESULT, NEAR, adopted(NEAR, "100", nowMs), nowMs);
      pipeline.send(Topic.APPLY_RESULT, far, adopted(far, "97", nowMs), nowMs);
      pipeline.settle();
      BigDecimal stop =
          pipeline
              .table(Topic.POSITION_LEDGER, PositionLedger.class)
              .get(Accounts.key(NEAR, SYMBOL))
              .getRisk()
              .getInitialStop();

      // when: no candle
      pipeline.send(Topic.MARK, SYMBOL, price(stop.toPlainString(), nowMs + 500, 1), nowMs + 500);
      pipeline.settle();

      // then
      List<ApplyPlan> plans = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class);
      assertThat(plans).hasSize(1);
      assertThat(plans.getFirst().getAccount()).isEqualTo(NEAR);
      assertThat(plans.getFirst().getSymbol()).isEqualTo(SYMBOL);
      assertThat(plans.getFirst().getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
      Map<String, PositionSnapshot> valued =
          pipeline.table(Topic.POSITION_SNAPSHOT, PositionSnapshot.class);
      assertThat(valued).containsOnlyKeys(Accounts.key(NEAR, SYMBOL), Accounts.key(far, SYMBOL));
      assertThat(valued.values())
          .allSatisfy(value -> assertThat(value.getMarkPrice()).isEqualByComparingTo(stop));
    }
  }

  private static String accountElsewhere() {
    int partitions = PartitionCounts.DEFAULT.account();
    for (int i = 0; i < 100; i++) {
      if (Accounts.partitionOf("far-" + i, partitions) != Accounts.partitionOf(NEAR, partitions)) {
        return "far-" + i;
      }
    }
    throw new AssertionError("one partition only: " + partitions);
  }

  private static Candle price(String price, long closesMs, long lengthMs) {
    BigDecimal one = new BigDecimal(price).setScale(18);
    return new Candle(
        SYMBOL, closesMs - lengthMs, lengthMs, one, one, one, one, BigDecimal.ZERO.setScale(18));
  }

  private static ApplyResult adopted(String account, String price, long atMs) {
    Fill fill =
        Fill.newBuilder()
            .setFillId("adopted-" + account)
            .setQuantity(new BigDecimal("2").setScale(18))
            .setPrice(new BigDecimal(price).setScale(18))
            .setFee(BigDecimal.ZERO.setScale(18))
            .setAtMs(atMs)
            .build();
    return ApplyResult.newBuilder()
        .setResultId("adopted-" + account)
        .setAccount(account)
        .setSymbol(SYMBOL)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(fill.getQuantity())
        .setFilledQuantity(fill.getQuantity())
        .setFill(fill)
        .setLeverage(2)
        .setOrigin(ResultOrigin.ADOPTED)
        .setAtMs(atMs)
        .build();
  }
}
