package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;
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

  /** Takes a row; says so where it is a new one. */
  void take(JsonNode row, Json.Unreadable why) {
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
