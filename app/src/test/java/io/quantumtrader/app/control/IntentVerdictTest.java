package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IntentVerdictTest {

  private final IntentVerdict verdict =
      new IntentVerdict(
          TradeIntent.newBuilder()
              .setIntentId("mine")
              .setSymbol("BTCUSDT")
              .setAction(IntentAction.BUY)
              .setCreatedAtMs(1)
              .build());

  private static Decision.Builder decision(Verdict made, String code) {
    return Decision.newBuilder()
        .setDecisionId("d")
        .setStage("portfolio-gate")
        .setVerdict(made)
        .setCode(code)
        .setCauseType(CauseType.INTENT)
        .setCauseId("mine")
        .setNumbers(List.of(new NumberOf("stop", "79372.4")))
        .setPolicyName("default")
        .setPolicyVersion(3)
        .setAtMs(1);
  }

  @Test
  void shouldShowAGrantWithItsNumbersAndTheExchangesAnswer() {
    Decision granted =
        decision(Verdict.GRANTED, "PERMIT_GRANTED")
            .setPlanId("plan-b")
            .setSide(OrderSide.BUY)
            .setQuantity(CloseProgressTest.decimal("0.5"))
            .build();

    assertThat(verdict.isDecidedBy(granted)).isTrue();
    assertThat(verdict.isFinal()).isFalse();
    assertThat(verdict.toLines()).contains("  exchange             no answer yet");
    assertThat(verdict.isFinishedBy(CloseProgressTest.filled("plan-x", "1"))).isFalse();
    assertThat(verdict.isFinishedBy(CloseProgressTest.filled("plan-b", "90000"))).isTrue();

    assertThat(verdict.isGranted()).isTrue();
    assertThat(verdict.toLines())
        .startsWith("GRANTED PERMIT_GRANTED: The entry is granted; slot and margin are reserved.")
        .contains(
            "  plan                 plan-b",
            "  order                BUY 0.5",
            "  stop                 79372.4",
            "  policy               default version 3",
            "  exchange             FILLED 0.5 at 90000");
    assertThat(verdict.toJson().at("/decision/code").asText()).isEqualTo("PERMIT_GRANTED");
    assertThat(verdict.toJson().at("/result/outcome").asText()).isEqualTo("FILLED");
  }

  @Test
  void shouldTellWhatLetsASymbolBeOpened() {
    assertThat(verdict.isDecidedBy(decision(Verdict.DENIED, "SYMBOL_NOT_IN_UNIVERSE").build()))
        .isTrue();

    assertThat(verdict.toLines())
        .contains(
            "  to open it           ./quantum policy set allowedSymbols=BTCUSDT --reason TEXT: then"
                + " nothing else is");
  }

  @Test
  void shouldShowADenialWithItsNumbers() {
    assertThat(verdict.isDecidedBy(decision(Verdict.DENIED, "CHURN_COOLDOWN").build())).isTrue();

    assertThat(verdict.isGranted()).isFalse();
    assertThat(verdict.toLines())
        .startsWith("DENIED CHURN_COOLDOWN: The symbol became flat too recently.")
        .contains("  stop                 79372.4")
        .noneMatch(line -> line.contains("exchange"));
    assertThat(verdict.toJson().get("verdict").asText()).isEqualTo("DENIED");
    assertThat(verdict.toJson().get("result").isNull()).isTrue();
  }

  @Test
  void shouldWaitForItsOwnVerdict() {
    assertThat(verdict.isDecidedBy(decision(Verdict.RECORDED, "QUANTITY_CAPPED_SHARE").build()))
        .isFalse();
    assertThat(
            verdict.isDecidedBy(
                decision(Verdict.DENIED, "INTENT_HOLD").setCauseId("another").build()))
        .isFalse();
    assertThat(
            verdict.isDecidedBy(
                decision(Verdict.DENIED, "INTENT_HOLD").setAccount("second").build()))
        .isFalse();
    assertThat(
            verdict.isDecidedBy(
                decision(Verdict.DENIED, "INTENT_HOLD").setCauseType(CauseType.PLAN).build()))
        .isFalse();
    assertThat(verdict.toJson().get("verdict").isNull()).isTrue();
  }
}
