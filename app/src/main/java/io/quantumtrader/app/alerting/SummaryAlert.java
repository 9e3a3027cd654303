package io.quantumtrader.app.alerting;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.summary.DailySummary;
import io.quantumtrader.console.text.SummaryText;
import java.time.Instant;
import java.time.LocalDate;

/** A daily summary as an alert: the routes of Alertmanager bring it to the same receivers. */
public final class SummaryAlert {

  /** Its name, as the routes know it. */
  public static final String NAME = "DailySummary";

  private static final long HOUR_MS = 3_600_000;
  private static final JsonMapper JSON = new JsonMapper();

  private SummaryAlert() {}

  /**
   * Returns the alert of a day that has ended. It is the same alert whenever it is made, over a day
   * after that: who sends it again, after a restart perhaps, has nobody told twice.
   */
  public static String ofEndedDay(DailySummary summary) {
    LocalDate next = LocalDate.parse(summary.day()).plusDays(1);
    return list(summary, "", DayBook.beginMs(next), DayBook.beginMs(next.plusDays(1)));
  }

  /**
   * Returns the alert of a summary that somebody asked for: one of its own, told each time.
   *
   * @param nowMs wall time, epoch milliseconds
   */
  public static String asked(DailySummary summary, long nowMs) {
    return list(summary, Instant.ofEpochMilli(nowMs).toString(), nowMs, nowMs + HOUR_MS);
  }

  private static String list(DailySummary summary, String asked, long beginMs, long endMs) {
    ArrayNode list = JSON.createArrayNode();
    ObjectNode alert = list.addObject();
    ObjectNode labels = alert.putObject("labels");
    labels.put("alertname", NAME).put("severity", "info").put("day", summary.day());
    if (!asked.isEmpty()) {
      labels.put("asked", asked);
    }
    alert
        .putObject("annotations")
        .put("summary", SummaryText.headline(summary))
        .put("text", String.join("\n", SummaryText.lines(summary, Wrap.COLUMNS)))
        .put("json", Json.text(summary));
    alert.put("startsAt", Instant.ofEpochMilli(beginMs).toString());
    alert.put("endsAt", Instant.ofEpochMilli(endMs).toString());
    return list.toString();
  }
}
