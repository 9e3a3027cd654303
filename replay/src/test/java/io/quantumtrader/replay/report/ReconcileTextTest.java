package io.quantumtrader.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.reconcile.ComparedFill;
import io.quantumtrader.replay.reconcile.EquityDifference;
import io.quantumtrader.replay.reconcile.FillFigures;
import io.quantumtrader.replay.reconcile.ReconcileReport;
import io.quantumtrader.replay.reconcile.StrayFill;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A reconciliation for people and for programs. */
final class ReconcileTextTest {

  private static final String PLAN = "0123456789abcdef";

  private static BigDecimal of(String number) {
    return new BigDecimal(number);
  }

  private static ComparedFill fill(ResultOrigin origin, String real, boolean seen) {
    boolean planned = origin == ResultOrigin.PLAN;
    return new ComparedFill(
        "main",
        "1000000MOGUSDT",
        PLAN,
        origin,
        planned ? ExitTrigger.NONE : ExitTrigger.STOP_HIT,
        OrderSide.SELL,
        of("123456789.123456789"),
        of("123456788"),
        planned ? Optional.empty() : Optional.of(of("0.000123456789012345")),
        of("0.0001234567"),
        of("0.0001234"),
        of("6.09"),
        of(real),
        of("7.09"),
        1,
        2,
        planned ? OptionalLong.of(86_399_999) : OptionalLong.empty(),
        seen);
  }

  private static ReconcileReport report(List<ComparedFill> fills) {
    StrayFill stray =
        new StrayFill(
            "main",
            "BTCUSDT",
            "alien-1",
            "",
            ResultOrigin.LIQUIDATION,
            OrderSide.SELL,
            of("1"),
            of("99999.99999999"),
            of("0"),
            60_000,
            StrayFill.Why.NO_PLAN);
    FillFigures all =
        new FillFigures(
            fills.size(), 12.345, 1, 12_345.67, of("-12345678.9"), of("1.5"), of("-3"), of("-2"));
    return new ReconcileReport(
        0,
        3_600_000,
        PaperSettings.DEFAULT,
        fills,
        List.of(),
        List.of(stray),
        new TreeMap<>(Map.of("1000000MOGUSDT", all)),
        all,
        new EquityDifference(
            List.of(
                new EquityDifference.Point(0, 1_234_567.89, 0),
                new EquityDifference.Point(60_000, 1_234_560, -7.5),
                new EquityDifference.Point(120_000, 1_234_561, -1))),
        new TreeMap<>(Map.of("main", of("0.25"))));
  }

  @Test
  void shouldPutAllOfItIntoEightyColumns() {
    List<String> lines =
        ReconcileText.lines(
            report(
                List.of(
                    fill(ResultOrigin.PLAN, "0.0001111", true),
                    fill(ResultOrigin.STOP, "0.0000012345678", false))));

    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(String.join("\n", lines))
        .contains(
            "from 1970-01-01T00:00:00Z to 1970-01-01T01:00:00Z",
            "model: paper exchange, slippage 1 bps, fee 0.0004, funding 0, latency 0 ms",
            "1000000MOGUSDT     2    12.35     1.00 12345.67 -12,345,678.90     1.50    -1.00",
            "fills of plans, the furthest from the model first (1)",
            PLAN,
            "bps, 996.76 worse",
            "1000000MOGUSDT STOP   0.000123457   0.0001234 0.000001235  9900.00  9899.95 *",
            "closes by stop and target (1)",
            "* no mark shows what set it off",
            "alien-1 BTCUSDT SELL 1 at 100000, 1970-01-01T00:01:00Z: LIQUIDATION",
            "1970-01-01T00:01:00Z          1,234,560.00      1,234,567.50             -7.50",
            "at the end the pipeline is -1.00 from the model; at the most -7.50, at",
            "the wallet of main has 0.25 more than its fills and incomes explain");
  }

  @Test
  void shouldShowTheWorstAndCountTheRest() {
    List<ComparedFill> fills = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      fills.add(fill(ResultOrigin.PLAN, "0.00012" + (10 + i), true));
    }

    List<String> lines = ReconcileText.lines(report(fills));

    assertThat(lines)
        .anyMatch(line -> line.endsWith("model first (10 of 12; --json has all)"))
        .filteredOn(line -> line.endsWith(" worse"))
        .hasSize(10)
        .first()
        .asString()
        .contains("0.000121 ");
  }

  @Test
  void shouldSayAllOfItToPrograms() {
    ObjectNode json = ReconcileJson.of(report(List.of(fill(ResultOrigin.STOP, "0.0001111", true))));

    assertThat(json.at("/all/slippageDifference").asText()).isEqualTo("-12345678.9");
    assertThat(json.at("/fills/0/triggerPrice").asText()).isEqualTo("0.000123456789012345");
    assertThat(json.at("/fills/0/model/price").asText()).isEqualTo("0.0001234");
    assertThat(json.at("/fills/0/fill/price").asText()).isEqualTo("0.0001111");
    assertThat(json.at("/fillsWithoutPlan/0/why").asText()).isEqualTo("NO_PLAN");
    assertThat(json.at("/equity/largest/difference").asDouble()).isEqualTo(-7.5);
    assertThat(json.at("/equity/end/atMs").asLong()).isEqualTo(120_000);
    assertThat(json.at("/equity/points")).hasSize(3);
    assertThat(json.at("/walletsUnexplained/main").asText()).isEqualTo("0.25");
  }
}
