package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Verdict;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CloseProgressTest {

  private static final String ORDER = "order-1";

  private final CloseProgress progress =
      new CloseProgress(
          ORDER,
          List.of(row("BTCUSDT", PositionSide.LONG, 3), row("ETHUSDT", PositionSide.SHORT, 1)));

  @Test
  void shouldCountWhatTheLedgerSaysIsClosedWithPriceAndProfit() {
    assertThat(progress.take(granted("BTCUSDT", 3, "plan-b"))).isFalse();
    // The exchange's answer may be read before the decision that names its plan.
    assertThat(progress.take(filled("plan-e", "2500.5"))).isFalse();
    assertThat(progress.take(granted("ETHUSDT", 1, "plan-e"))).isFalse();
    assertThat(progress.take(filled("plan-b", "90000.10"))).isFalse();
    assertThat(progress.take(row("BTCUSDT", PositionSide.FLAT, 3))).isFalse();
    assertThat(progress.left()).isEqualTo(1);
    assertThat(progress.take(row("ETHUSDT", PositionSide.FLAT, 1))).isTrue();

    assertThat(progress.toLines())
        .containsExactly(
            "main BTCUSDT LONG 0.5: closed at 90000.1, profit -12.35 before fees",
            "main ETHUSDT SHORT 0.5: closed at 2500.5, profit -12.35 before fees",
            "2 positions found, 2 closed, 0 left");
    assertThat(progress.toJson().get("closed").asInt()).isEqualTo(2);
    assertThat(progress.toJson().at("/positions/0/price").asText()).isEqualTo("90000.1");
  }

  @Test
  void shouldNotTakeAnOlderRowForTheEndOfThePosition() {
    progress.take(row("BTCUSDT", PositionSide.FLAT, 2));
    progress.take(row("BTCUSDT", PositionSide.LONG, 3));
    progress.take(row("SOLUSDT", PositionSide.FLAT, 9));

    assertThat(progress.left()).isEqualTo(2);

    progress.take(row("BTCUSDT", PositionSide.LONG, 4));
    assertThat(progress.left()).isEqualTo(1);
    assertThat(progress.toLines().getFirst()).isEqualTo("main BTCUSDT LONG 0.5: closed");
  }

  @Test
  void shouldSayWhichIsNotClosedAndWhy() {
    progress.take(granted("BTCUSDT", 3, "plan-b"));
    progress.take(
        ApplyResult.newBuilder(filled("plan-b", "1"))
            .setOutcome(ResultOutcome.REJECTED)
            .setFill(null)
            .setCode("EXCHANGE_REJECTED")
            .setMessage("no liquidity")
            .build());
    progress.take(denied("ETHUSDT", 1));

    assertThat(progress.toLines())
        .containsExactly(
            "main BTCUSDT LONG 0.5: not closed: the exchange's answer was REJECTED"
                + " EXCHANGE_REJECTED (no liquidity)",
            "main ETHUSDT SHORT 0.5: not closed: TRADING_HALTED (state=HALTED)",
            "2 positions found, 0 closed, 2 left");
    assertThat(progress.toJson().at("/positions/1/why").asText()).startsWith("TRADING_HALTED");
    assertThat(progress.toJson().get("left").asInt()).isEqualTo(2);
  }

  @Test
  void shouldCountThePartsThatFollowByThemselves() {
    progress.take(granted("BTCUSDT", 3, "part-1"));
    progress.take(filled("part-1", "90000"));
    progress.take(
        Decision.newBuilder(granted("BTCUSDT", 3, "part-2"))
            .setCauseType(CauseType.PLAN)
            .setCauseId("part-1/rest")
            .build());
    progress.take(filled("part-2", "90001"));
    progress.take(
        Decision.newBuilder(denied("BTCUSDT", 3))
            .setCauseType(CauseType.PLAN)
            .setCauseId("part-2/rest")
            .build());

    assertThat(progress.toLines().getFirst())
        .isEqualTo("main BTCUSDT LONG 0.5: not closed: TRADING_HALTED (state=HALTED)");

    progress.take(row("BTCUSDT", PositionSide.FLAT, 3));
    assertThat(progress.toLines().getFirst())
        .isEqualTo("main BTCUSDT LONG 0.5: closed at 90001, profit -12.35 before fees");
  }

  @Test
  void shouldTellStagesThatDoNotAnswerFromAnExecutorThatDoesNot() {
    progress.take(granted("BTCUSDT", 3, "plan-b"));
    // Another order's decision is none of ours.
    progress.take(
        Decision.newBuilder(granted("ETHUSDT", 1, "plan-x"))
            .setCauseId("order-2/main:ETHUSDT:1")
            .build());

    assertThat(progress.toLines())
        .contains(
            "main BTCUSDT LONG 0.5: not closed: plan plan-b has no result yet; does the executor"
                + " run?",
            "main ETHUSDT SHORT 0.5: not closed: the stages have not answered; do they run?");
  }

  static PositionLedger row(String symbol, PositionSide side, long sequence) {
    boolean open = side != PositionSide.FLAT;
    return PositionLedger.newBuilder()
        .setAccount("main")
        .setSymbol(symbol)
        .setPositionId(open ? "main:" + symbol + ":" + sequence : "")
        .setOpenSequence(sequence)
        .setSide(side)
        .setQuantity(decimal(open ? "0.5" : "0"))
        .setEntryPrice(decimal(open ? "100" : "0"))
        .setLeverage(2)
        .setRealizedPnl(decimal("-12.345"))
        .setFees(decimal("0"))
        .setPositionRealizedPnl(decimal("-12.3456"))
        .setPositionFees(decimal("0"))
        .setTradeCount(open ? sequence - 1 : sequence)
        .setUpdatedAtMs(1)
        .build();
  }

  private static Decision granted(String symbol, long sequence, String plan) {
    return decision(symbol, sequence, Verdict.GRANTED, "MANUAL_CLOSE").setPlanId(plan).build();
  }

  private static Decision denied(String symbol, long sequence) {
    return decision(symbol, sequence, Verdict.DENIED, "TRADING_HALTED")
        .setNumbers(List.of(new NumberOf("state", "HALTED")))
        .build();
  }

  private static Decision.Builder decision(
      String symbol, long sequence, Verdict verdict, String code) {
    return Decision.newBuilder()
        .setDecisionId("d")
        .setStage("apply-layer")
        .setVerdict(verdict)
        .setCode(code)
        .setCauseType(CauseType.CONTROL)
        .setCauseId(ORDER + "/main:" + symbol + ":" + sequence)
        .setSymbol(symbol)
        .setAtMs(1);
  }

  static ApplyResult filled(String plan, String price) {
    return ApplyResult.newBuilder()
        .setResultId("r-" + plan)
        .setPlanId(plan)
        .setSymbol("ANY")
        .setOrigin(ResultOrigin.PLAN)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.SELL)
        .setReduceOnly(true)
        .setRequestedQuantity(decimal("0.5"))
        .setFilledQuantity(decimal("0.5"))
        .setFill(
            Fill.newBuilder()
                .setFillId("f-" + plan)
                .setQuantity(decimal("0.5"))
                .setPrice(decimal(price))
                .setFee(decimal("0"))
                .setAtMs(1)
                .build())
        .setLeverage(2)
        .setAtMs(1)
        .build();
  }

  static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }
}
