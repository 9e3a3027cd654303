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
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of orders to reduce and to tighten a stop. */
final class OrderProgressTest {

  private static final String ORDER = "order-1";

  private final ReduceProgress reduce = new ReduceProgress(ORDER, 0.6, List.of("main", "main2"));
  private final PositionLedger btc = CloseProgressTest.row("BTCUSDT", PositionSide.LONG, 1);
  private final StopProgress stop = new StopProgress(ORDER, decimal("70500.04"), List.of(btc));

  @Test
  void shouldSayWhatWasClosedAndWhatExposureCameOfIt() {
    // given: the exchange's answer may be read before the decision that names its plan
    assertThat(reduce.take(filled("p1", "0.3", "90000.10"))).isFalse();
    assertThat(reduce.take(granted("main", "BTCUSDT", "p1", "0.5"))).isFalse();
    assertThat(reduce.take(ended("main2", "EXPOSURE_REACHED", "0.41"))).isFalse();
    assertThat(reduce.take(ended("main", "EXPOSURE_REACHED", "0.5987"))).isTrue();

    // then
    assertThat(reduce.left()).isEmpty();
    assertThat(reduce.toLines())
        .containsExactly(
            "main BTCUSDT 0.5: closed 0.3 at 90000.1",
            "main: exposure 59.87 %, at most 60 % was ordered",
            "main2: exposure 41 %, at most 60 % was ordered");
    assertThat(reduce.toJson())
        .hasToString(
            "{\"order\":\"order-1\",\"toExposure\":0.6,\"accounts\":["
                + "{\"account\":\"main\",\"reached\":true,\"exposure\":0.5987},"
                + "{\"account\":\"main2\",\"reached\":true,\"exposure\":0.41}],"
                + "\"closes\":[{\"account\":\"main\",\"symbol\":\"BTCUSDT\",\"open\":\"0.5\","
                + "\"planned\":\"0.3\",\"closed\":\"0.3\",\"price\":\"90000.1\"}]}");
  }

  @Test
  void shouldWaitForTheResultOfEachPlanAndOfItsRest() {
    reduce.take(granted("main", "BTCUSDT", "p1", "0.5"));
    reduce.take(filled("p1", "0.3", "90000"));
    reduce.take(
        Decision.newBuilder(granted("main", "BTCUSDT", "p2", "0.2"))
            .setCauseType(CauseType.PLAN)
            .setCauseId("p1/rest")
            .build());
    reduce.take(ended("main2", "EXPOSURE_REACHED", "0.1"));

    assertThat(reduce.take(ended("main", "EXPOSURE_REACHED", "0.1"))).isFalse();
    assertThat(reduce.take(filled("p2", "0.1", "90001"))).isTrue();
    assertThat(reduce.toLines()).contains("main BTCUSDT 0.2: closed 0.1 at 90001");
  }

  @Test
  void shouldSayWhatIsNotReachedAndWhy() {
    // given
    reduce.take(granted("main", "BTCUSDT", "p1", "0.5"));
    reduce.take(ended("main2", "EQUITY_UNKNOWN", null));
    reduce.take(
        Decision.newBuilder(granted("main2", "ETHUSDT", null, "1"))
            .setVerdict(Verdict.DENIED)
            .setCode("EXIT_IN_FLIGHT")
            .build());

    // then
    assertThat(reduce.left()).containsExactly("main", "main2");
    assertThat(reduce.toLines())
        .containsExactly(
            "main BTCUSDT 0.5: not closed: plan p1 has no result yet; does the executor run?",
            "main2 ETHUSDT: not closed: EXIT_IN_FLIGHT (quantity=0.3, open=1)",
            "main: the exposure has not been reached yet",
            "main2: not reduced: at most 60 % was ordered: EQUITY_UNKNOWN");
    assertThat(new ReduceProgress(ORDER, 0.6, List.of("main")).toLines())
        .containsExactly(
            "main: the stages have not answered; do they run, and does the feed's clock?");
  }

  @Test
  void shouldTakeNobodyElsesDecisions() {
    reduce.take(
        Decision.newBuilder(granted("main", "BTCUSDT", "p1", "0.5"))
            .setCauseId("order-11/main:BTCUSDT:1")
            .build());
    reduce.take(
        Decision.newBuilder(ended("main", "EXPOSURE_REACHED", "0.1"))
            .setCauseId("order-11")
            .build());

    assertThat(reduce.toLines()).hasSize(2);
    assertThat(reduce.left()).containsExactly("main", "main2");
  }

  @Test
  void shouldSayWhereTheStopIs() {
    assertThat(stop.take(granted("main", "BTCUSDT", "p1", "0.5"))).isFalse();
    assertThat(stop.take(protectedAt("70500"))).isTrue();

    assertThat(stop.left()).isZero();
    assertThat(stop.toLines()).containsExactly("main BTCUSDT LONG 0.5: the stop is at 70500");
    assertThat(stop.toJson().at("/positions/0/stop").asText()).isEqualTo("70500");
  }

  @Test
  void shouldSayThatTheStopIsNotMovedAndWhy() {
    assertThat(
            stop.take(
                Decision.newBuilder(granted("main", "BTCUSDT", null, "0.5"))
                    .setVerdict(Verdict.DENIED)
                    .setCode("STOP_NOT_TIGHTER")
                    .setNumbers(
                        List.of(new NumberOf("newStop", "70500"), new NumberOf("stop", "70600")))
                    .build()))
        .isTrue();

    assertThat(stop.left()).isEqualTo(1);
    assertThat(stop.toLines())
        .containsExactly(
            "main BTCUSDT LONG 0.5: the stop is not moved: STOP_NOT_TIGHTER (newStop=70500,"
                + " stop=70600)");
  }

  @Test
  void shouldTellARefusedStopFromOneThatIsUnderWay() {
    stop.take(granted("main", "BTCUSDT", "p1", "0.5"));
    assertThat(stop.toLines().getFirst())
        .endsWith("plan p1 has no result yet; does the executor run?");
    assertThat(
            stop.take(
                ApplyResult.newBuilder(protectedAt("70500"))
                    .setOutcome(ResultOutcome.REJECTED)
                    .setCode("STOP_PASSED")
                    .build()))
        .isTrue();

    assertThat(stop.left()).isEqualTo(1);
    assertThat(stop.toLines().getFirst())
        .endsWith("the exchange's answer was REJECTED STOP_PASSED");
  }

  /** By the rule of the stages, and with their numbers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "70400 | STOP_NOT_TIGHTER (newStop=70400, stop=70400)",
        "70400.1 | ",
        "71999.9 | ",
        "72000 | STOP_BEYOND_MARKET (newStop=72000, price=72000)",
      })
  void shouldRefuseAStopWhereItCanBeSeenThatItWouldBeDenied(String price, String flaw) {
    PositionLedger row = PositionLedger.newBuilder(btc).setStopPrice(decimal("70400")).build();
    StopFlaws flaws = new StopFlaws(decimal(price), Map.of(row.getPositionId(), decimal("72000")));

    assertThat(flaws.of(row).orElse(null))
        .isEqualTo(flaw == null ? null : "main BTCUSDT LONG 0.5: " + flaw);
  }

  private static Decision granted(String account, String symbol, String plan, String open) {
    return Decision.newBuilder()
        .setDecisionId("d")
        .setAccount(account)
        .setStage("apply-layer")
        .setVerdict(Verdict.GRANTED)
        .setCode("MANUAL_CLOSE")
        .setCauseType(CauseType.CONTROL)
        .setCauseId(ORDER + "/" + account + ":" + symbol + ":1")
        .setPlanId(plan)
        .setSymbol(symbol)
        .setNumbers(List.of(new NumberOf("quantity", "0.3"), new NumberOf("open", open)))
        .setAtMs(1)
        .build();
  }

  private static Decision ended(String account, String code, String exposure) {
    return Decision.newBuilder(granted(account, "", null, "0"))
        .setVerdict(Verdict.RECORDED)
        .setCode(code)
        .setCauseId(ORDER)
        .setNumbers(exposure == null ? List.of() : List.of(new NumberOf("exposure", exposure)))
        .build();
  }

  private static ApplyResult filled(String plan, String quantity, String price) {
    return ApplyResult.newBuilder()
        .setResultId("result of " + plan)
        .setPlanId(plan)
        .setAccount("main")
        .setSymbol("BTCUSDT")
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.SELL)
        .setReduceOnly(true)
        .setRequestedQuantity(decimal(quantity))
        .setFilledQuantity(decimal(quantity))
        .setFill(
            Fill.newBuilder()
                .setFillId("fill of " + plan)
                .setQuantity(decimal(quantity))
                .setPrice(decimal(price))
                .setFee(decimal("0"))
                .setAtMs(1)
                .build())
        .setAtMs(1)
        .build();
  }

  private static ApplyResult protectedAt(String stop) {
    return ApplyResult.newBuilder(filled("p1", "0", "1"))
        .setOutcome(ResultOutcome.PROTECTED)
        .setFill(null)
        .setStopPrice(decimal(stop))
        .build();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }
}
