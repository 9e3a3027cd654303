package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
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
  private final int page;
  private final int pages;
  private final UnreadableRows unreadable;

  IncomeReader(SignedRest rest) {
    this(rest, PAGE, PAGES);
  }

  /**
   * Creates it with other limits.
   *
   * @param page most that one request returns, 1 to 1000
   * @param pages most requests of one span, 1 or more
   */
  IncomeReader(SignedRest rest, int page, int pages) {
    this.rest = rest;
    this.page = page;
    this.pages = pages;
    this.unreadable = new UnreadableRows(rest.account(), "row of cash");
  }

  /**
   * Returns what there was, each once, in the exchange's order; of very much only the first.
   *
   * @param fromMs exchange time, epoch milliseconds UTC
   * @param toMs exchange time, at or after {@code fromMs}
   */
  Optional<Rows<Income>> between(long fromMs, long toMs) {
    Map<String, Income> found = new LinkedHashMap<>();
    long startMs = fromMs;
    for (int i = 0; i < pages; i++) {
      Optional<Page<Income>> read = page(startMs, toMs);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      List<Income> incomes = read.get().rows();
      int before = found.size();
      incomes.forEach(each -> found.putIfAbsent(each.id() + ":" + each.asset(), each));
      if (read.get().listed() < page) {
        return Optional.of(new Rows<>(List.copyOf(found.values()), true));
      }
      // Several have the same millisecond; only where a page brings nothing new is it passed over.
      long lastMs = incomes.isEmpty() ? startMs : incomes.getLast().atMs();
      startMs = found.size() == before ? lastMs + 1 : lastMs;
    }
    LOG.warn(
        "{}: the list of cash is longer than is asked for at once, the rest follows",
        rest.account());
    return Optional.of(new Rows<>(List.copyOf(found.values()), false));
  }

  private Optional<Page<Income>> page(long startMs, long endMs) {
    Reply reply =
        rest.send(
            Call.get("/fapi/v1/income", WEIGHT)
                .with("startTime", startMs)
                .with("endTime", endMs)
                .with("limit", page));
    if (!(reply instanceof Success success)) {
      Replies.log(LOG, rest.account(), "no list of cash", reply);
      return Optional.empty();
    }
    return Optional.of(unreadable.page(success.body(), IncomeReader::income));
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
