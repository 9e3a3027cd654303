package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of the exchange's lists that cannot be read: each is left out and said once, however often
 * it is shown. What it would have told shows itself as a difference, of a position or of the
 * wallet, and stays one until the row can be read.
 */
final class UnreadableRows {

  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRows.class);
  private static final int KEPT = 1_000;
  private static final int LONGEST = 500;

  private final String account;
  private final String what;
  private final Set<String> said = new LinkedHashSet<>();
  private long count;

  /**
   * Creates it for one list of an account.
   *
   * @param what the rows are, for the log
   */
  UnreadableRows(String account, String what) {
    this.account = account;
    this.what = what;
  }

  /**
   * Reads a list row by row.
   *
   * @param row reads one; throws {@link Json.Unreadable} where it cannot
   */
  <T> Page<T> page(JsonNode list, Function<JsonNode, T> row) {
    List<T> rows = new ArrayList<>();
    for (JsonNode each : list) {
      try {
        rows.add(row.apply(each));
      } catch (Json.Unreadable e) {
        take(each, e);
      }
    }
    return new Page<>(rows, list.size());
  }

  /** Leaves a row out, and says so where it is a new one. */
  private void take(JsonNode row, Json.Unreadable why) {
    String text = row.toString();
    if (!said.add(text)) {
      return;
    }
    count++;
    if (said.size() > KEPT) {
      said.remove(said.iterator().next());
    }
    LOG.error(
        "{}: a {} cannot be read and is left out ({}; {} so far): {}",
        account,
        what,
        why.getMessage(),
        count,
        text.length() > LONGEST ? text.substring(0, LONGEST) : text);
  }
}
