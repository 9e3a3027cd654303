package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Denials;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was decided lately, and what was denied. */
public final class DecisionView {

  private DecisionView() {}

  /**
   * Which decisions are asked for; an empty text asks for all.
   *
   * @param scope account and symbol; decisions about no account are of every one
   * @param about an intent, a plan, or the id of anything else that was decided about
   * @param stage stage that decided
   * @param verdict GRANTED, DENIED or RECORDED
   * @param code reason code
   */
  public record Filter(Scope scope, String about, String stage, String verdict, String code) {

    boolean takes(Decision decision) {
      String symbol = decision.getSymbol() == null ? "" : decision.getSymbol();
      boolean ofAccount =
          scope.has(decision.getAccount()) || decision.getAccount().equals(Accounts.ALL);
      return ofAccount
          && (scope.symbol().isEmpty() || scope.symbol().equals(symbol))
          && (about.isEmpty()
              || about.equals(decision.getCauseId())
              || about.equals(decision.getPlanId()))
          && (stage.isEmpty() || stage.equals(decision.getStage()))
          && (verdict.isEmpty() || verdict.equals(decision.getVerdict().name()))
          && (code.isEmpty() || code.equals(decision.getCode()));
    }
  }

  /**
   * Returns the last decisions, the newest first.
   *
   * @param most how many, 1 or more
   */
  public static List<DecisionRow> rows(Pages pages, Filter filter, int most) {
    return decisions(pages).filter(filter::takes).limit(most).map(DecisionRow::of).toList();
  }

  /**
   * Returns the last decisions that say something, the newest first: those to hold left out.
   *
   * @param most how many, 1 or more
   */
  public static List<DecisionRow> withoutHolds(Pages pages, Filter filter, int most) {
    return decisions(pages)
        .filter(filter::takes)
        .filter(decision -> !Denials.isHold(decision))
        .limit(most)
        .map(DecisionRow::of)
        .toList();
  }

  /** Returns denials counted by code and symbol, the most frequent first. */
  public static List<DenialRow> denials(Pages pages, Filter filter) {
    Map<String, DenialRow> counted = new LinkedHashMap<>();
    decisions(pages)
        .filter(Denials::isDenial)
        .filter(filter::takes)
        .forEach(decision -> count(counted, decision));
    List<DenialRow> rows = new ArrayList<>(counted.values());
    rows.sort(Comparator.comparingLong(DenialRow::count).reversed());
    return rows;
  }

  private static void count(Map<String, DenialRow> counted, Decision decision) {
    String symbol = decision.getSymbol() == null ? "" : decision.getSymbol();
    DenialRow before = counted.get(decision.getCode() + " " + symbol);
    counted.put(
        decision.getCode() + " " + symbol,
        new DenialRow(
            decision.getCode(),
            ReasonCode.named(decision.getCode()).map(ReasonCode::meaning).orElse(""),
            symbol,
            before == null ? 1 : before.count() + 1,
            before == null ? decision.getAtMs() : before.lastAtMs(),
            before == null ? decision.getDecisionId() : before.lastDecisionId()));
  }

  private static Stream<Decision> decisions(Pages pages) {
    return pages
        .streams()
        .newestFirst(Topic.DECISION)
        .flatMap(record -> record.as(Decision.class).stream());
  }
}
