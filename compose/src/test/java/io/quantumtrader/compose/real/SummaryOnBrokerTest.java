package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.app.console.Console;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A console whose clock passes midnight, on a real broker. */
@Tag("real")
final class SummaryOnBrokerTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Today, or tomorrow where it is late: what has ended a day ago is sent to nobody. */
  private static final LocalDate TODAY = DayBook.day(System.currentTimeMillis() + 3_600_000);

  private static final long MIDNIGHT = DayBook.beginMs(TODAY);

  private final List<AutoCloseable> parts = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text).setScale(18);
  }

  private static PortfolioState portfolio(String account, String equity) {
    return PortfolioState.newBuilder()
        .setAccount(account)
        .setAsOfMs(MIDNIGHT - 1)
        .setUnrealizedPnl(number("0"))
        .setEquity(number(equity))
        .setOpenPositions(0)
        .setReservations(0)
        .setMarginInUse(number("0"))
        .setMarginReserved(number("0"))
        .setGrossNotional(number("0"))
        .setDayFirstEquity(number("1000"))
        .setRealizedPnl(number("0"))
        .setFees(number("0"))
        .build();
  }

  private void openConsole(RealPipeline pipeline, HttpStandIn alertmanager) {
    Endpoints endpoints =
        new Endpoints(pipeline.stack().bootstrapServers(), pipeline.stack().schemaRegistryUrl());
    Admin admin = Admin.create(endpoints.kafka());
    parts.add(admin);
    CaughtUp[] caughtUp = new CaughtUp[1];
    Console console =
        Console.open(
            CommandLine.populateCommand(
                new ConsoleOptions(), "--console-port", "0", "--alertmanager", alertmanager.url()),
            "a token that nobody knows",
            endpoints,
            Optional.empty(),
            () -> caughtUp[0] != null && caughtUp[0].isThere());
    parts.add(console);
    TopicTail tail = new TopicTail(endpoints.kafka(), endpoints.serdes(), console::take);
    parts.add(tail);
    caughtUp[0] = new CaughtUp(tail, admin);
    tail.start();
  }

  @Test
  void shouldSendTheDayThatEndedOnceItsClockHasPassedMidnight() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh();
        HttpStandIn alertmanager = new HttpStandIn(() -> "")) {
      // given two accounts, and a clock that is not there yet
      pipeline.send(Topic.PORTFOLIO_STATE, "anna", portfolio("anna", "1250"), MIDNIGHT - 1);
      pipeline.send(Topic.PORTFOLIO_STATE, "bert", portfolio("bert", "900"), MIDNIGHT - 1);
      pipeline.clock(MIDNIGHT + 59_999);
      openConsole(pipeline, alertmanager);

      // when
      pipeline.clock(MIDNIGHT + 60_000);

      // then
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(told(alertmanager, TODAY)).hasSize(1));
      JsonNode alert = told(alertmanager, TODAY).getFirst();
      assertThat(alert.at("/annotations/summary").asText())
          .startsWith(
              "Summary of %s: anna +250.00, bert -100.00; health ".formatted(TODAY.minusDays(1)));
      assertThat(alert.at("/annotations/text").asText())
          .contains("\nanna: equity 1,000.00 to 1,250.00 (+250.00), drawdown 0.0 %\n")
          .contains("\nbert: equity 1,000.00 to 900.00 (-100.00), drawdown 10.0 %\n");
      assertThat(alertmanager.requests())
          .allMatch(request -> request.path().equals("/api/v2/alerts"));
    }
  }

  private static List<JsonNode> told(HttpStandIn alertmanager, LocalDate next) throws Exception {
    List<JsonNode> alerts = new ArrayList<>();
    for (HttpStandIn.Request request : alertmanager.requests()) {
      JsonNode alert = new JsonMapper().readTree(request.body()).get(0);
      if (alert.at("/labels/day").asText().equals(next.minusDays(1).toString())) {
        alerts.add(alert);
      }
    }
    return alerts;
  }
}
