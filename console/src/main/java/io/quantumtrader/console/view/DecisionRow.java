package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;

/** What a stage decided about one input. */
public record DecisionRow(
    @Means("unique id") String decisionId,
    @Means("exchange account; * for what is about none") String account,
    @Means("stage that decided") String stage,
    @Means("GRANTED, DENIED or RECORDED") String verdict,
    @Means("reason code") String code,
    @Means("what the code means") String meaning,
    @Means("the numbers that led to it, in reading order") List<NumberRow> numbers,
    @Means("kind of input it is about") String causeType,
    @Means("id of that input") String causeId,
    @Means("plan that came of it or would have; empty where there is none") String planId,
    @Means("instrument; empty where it is about none") String symbol,
    @Means("side of the order: BUY or SELL; empty where there is none") String side,
    @Means("quantity asked for or granted, base units; null where there is none")
        BigDecimal quantity,
    @Means("policy it was decided under; empty where none was asked") String policyName,
    @Means("version of that policy") long policyVersion,
    @Means("rows it looked up, with their ages") List<LookupRow> lookups,
    @Means("when, on the clock, epoch ms UTC") long atMs,
    @Means("all of it in one sentence") String words) {

  /** A number by its name. */
  public record NumberRow(@Means("what it is") String name, @Means("its value") String value) {}

  /** A row that was looked at. */
  public record LookupRow(
      @Means("topic that the table is made from") String table,
      @Means("key of the row") String key,
      @Means("its age on the clock, ms; null where there was no row") Long ageMs) {}

  /** Returns a decision as a row. */
  public static DecisionRow of(Decision decision) {
    return new DecisionRow(
        decision.getDecisionId(),
        decision.getAccount(),
        decision.getStage(),
        decision.getVerdict().name(),
        decision.getCode(),
        ReasonCode.named(decision.getCode()).map(ReasonCode::meaning).orElse(""),
        decision.getNumbers().stream()
            .map(number -> new NumberRow(number.getName(), number.getValue()))
            .toList(),
        decision.getCauseType().name(),
        decision.getCauseId(),
        orEmpty(decision.getPlanId()),
        orEmpty(decision.getSymbol()),
        decision.getSide() == null ? "" : decision.getSide().name(),
        decision.getQuantity(),
        decision.getPolicyName(),
        decision.getPolicyVersion(),
        decision.getLookups().stream()
            .map(each -> new LookupRow(each.getTable(), each.getKey(), each.getAgeMs()))
            .toList(),
        decision.getAtMs(),
        DecisionWords.of(decision));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
