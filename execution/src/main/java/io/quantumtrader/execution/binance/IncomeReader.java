package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the cash that came and went. Empty means: the exchange did not answer. */
final class IncomeReader {

  private static final Logger LOG = LoggerFactory.getLogger(IncomeReader.class);

  private static final int WEIGHT = 30;
  private static final int PAGE = 1_000;
  private static final int PAGES = 50;

  private final SignedRest rest;

  IncomeReader(SignedRest rest) {
    this.rest = rest;
  }

  /**
   * Returns what there was, each once, in the exchange's order.
   *
   * @param fromMs exchange time, epoch milliseconds UTC
   * @param toMs exchange time, at or after {@code fromMs}
   */
  Optional<List<Income>> between(long fromMs, long toMs) {
    Map<String, Income> found = new LinkedHashMap<>();
    long startMs = fromMs;
    for (int i = 0; i < PAGES; i++) {
      Optional<List<Income>> page = page(startMs, toMs);
      if (page.isEmpty()) {
        return page;
      }
      int before = found.size();
      page.get().forEach(each -> found.putIfAbsent(each.id() + ":" + each.asset(), each));
      if (page.get().size() < PAGE) {
        break;
      }
      // Several have the same millisecond; only where a page brings nothing new is it passed over.
      long lastMs = page.get().getLast().atMs();
      startMs = found.size() == before ? lastMs + 1 : lastMs;
    }
    return Optional.of(List.copyOf(found.values()));
  }

  private Optional<List<Income>> page(long startMs, long endMs) {
    Reply reply =
        rest.send(
            Call.get("/fapi/v1/income", WEIGHT)
                .with("startTime", startMs)
                .with("endTime", endMs)
                .with("limit", PAGE));
    if (!(reply instanceof Success success)) {
      Replies.log(LOG, rest.account(), "no list of cash", reply);
      return Optional.empty();
    }
    try {
      List<Income> rows = new ArrayList<>();
      for (JsonNode row : success.body()) {
        rows.add(income(row));
      }
      return Optional.of(rows);
    } catch (Json.Unreadable e) {
      LOG.error("{}: the list of cash cannot be read: {}", rest.account(), e.getMessage());
      return Optional.empty();
    }
  }

  private static Income income(JsonNode row) {
    return new Income(
        Json.text(row, "incomeType"),
        row.path("symbol").asText(""),
        Json.decimal(row, "income"),
        Json.text(row, "asset"),
        Json.number(row, "time"),
        Json.number(row, "tranId"),
        row.path("tradeId").asText(""));
  }
}
