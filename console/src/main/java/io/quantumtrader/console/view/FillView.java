package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was bought and sold lately. */
public final class FillView {

  private FillView() {}

  /**
   * Returns the last fills, the newest first; one that was told twice is there once.
   *
   * @param most how many, 1 or more
   */
  public static List<FillRow> rows(Pages pages, Scope scope, int most) {
    Set<String> seen = new HashSet<>();
    return pages.streams().newestFirst(Topic.APPLY_RESULT, ApplyResult.class).stream()
        .filter(result -> result.getFill() != null)
        .filter(result -> scope.has(result.getAccount(), result.getSymbol()))
        .filter(result -> seen.add(result.getAccount() + ":" + result.getFill().getFillId()))
        .limit(most)
        .map(FillView::row)
        .toList();
  }

  private static FillRow row(ApplyResult result) {
    Fill fill = result.getFill();
    return new FillRow(
        fill.getFillId(),
        result.getAccount(),
        result.getSymbol(),
        result.getSide().name(),
        fill.getQuantity(),
        fill.getPrice(),
        fill.getFee(),
        result.getReduceOnly(),
        result.getOrigin().name(),
        result.getTrigger().name(),
        result.getPlanId(),
        fill.getAtMs());
  }
}
