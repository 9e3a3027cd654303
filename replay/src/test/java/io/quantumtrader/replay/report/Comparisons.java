package io.quantumtrader.replay.report;

import io.quantumtrader.replay.compare.Comparison;
import io.quantumtrader.replay.compare.DecisionBook;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.result.EquityCurve;
import io.quantumtrader.replay.result.EquityPoint;
import io.quantumtrader.replay.result.Figures;
import io.quantumtrader.replay.result.Results;
import io.quantumtrader.replay.result.Trade;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A comparison with something in each part, and with names that would break a careless page. */
final class Comparisons {

  static final String EVIL = "</script><script>document.title='broken'</script><b>&\"'";

  private Comparisons() {}

  static Comparison some() {
    return Comparison.of(
        List.of(
            run("base", List.of(), "CHURN_COOLDOWN", 1),
            run(EVIL, List.of("maxPositions=3"), "PERMIT_GRANTED", -2)));
  }

  private static VariantRun run(String name, List<String> thresholds, String code, double perStep) {
    return new VariantRun(
        new Variant(
            name, PolicyChange.of(thresholds).on(Policies.initial(1_748_736_000_000L)).policy()),
        results(perStep),
        decisions(code),
        new StateHash("ab".repeat(32), new TreeMap<>(), new TreeMap<>()));
  }

  private static DecisionBook decisions(String code) {
    DecisionBook book = new DecisionBook();
    book.add(
        Decision.newBuilder()
            .setDecisionId("d")
            .setStage("bridge")
            .setVerdict(Verdict.DENIED)
            .setCode(code)
            .setCauseType(CauseType.INTENT)
            .setCauseId("intent-" + EVIL)
            .setSymbol("BTCUSDT")
            .setAtMs(1_748_736_000_000L)
            .build());
    return book;
  }

  private static Results results(double perStep) {
    Trade trade =
        new Trade(
            "main",
            "BTCUSDT",
            "main:BTCUSDT:1",
            PositionSide.LONG,
            "trend",
            0,
            1,
            BigDecimal.valueOf(100 * perStep),
            BigDecimal.ONE,
            BigDecimal.ZERO,
            BigDecimal.TEN,
            "STOP_HIT");
    Figures figures = Figures.of(List.of(trade));
    List<EquityPoint> points = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      double equity = 10_000 + perStep * i + 40 * Math.sin(i / 50.0);
      points.add(
          new EquityPoint(
              1_748_736_000_000L + i * 60_000L,
              equity,
              Math.abs(Math.sin(i / 50.0)) / 100,
              0.3 + 0.1 * Math.cos(i / 90.0),
              0.5,
              1));
    }
    return new Results(
        1,
        figures,
        new TreeMap<>(Map.of("BTCUSDT", figures)),
        new TreeMap<>(Map.of("", figures)),
        new TreeMap<>(Map.of("STOP_HIT", 1L)),
        BigDecimal.ONE,
        BigDecimal.ZERO,
        new EquityCurve(points),
        List.of(trade));
  }
}
