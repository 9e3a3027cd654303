package io.quantumtrader.app.watch;

import io.quantumtrader.app.alerting.AlertmanagerClient;
import io.quantumtrader.app.alerting.SummaryAlert;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.app.control.PipelineClock;
import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.summary.DailySummary;
import io.quantumtrader.console.text.SummaryText;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what a day came to, and sends it to the receivers of alerts where that is wanted. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tell what a UTC day on the pipeline's clock came to, account by account: equity, profit,",
      "fees, trades, denials; and what is open and how well the pipeline is now. With --send it",
      "also goes to the receivers of alerts, by Alertmanager. The console sends that of each day by",
      "itself, once its midnight has passed."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum summary",
      "  ./quantum summary --day 2026-11-30 --json",
      "  ./quantum summary --send --alertmanager http://localhost:9093"
    })
public final class SummaryCommand implements Callable<Integer> {

  @Option(
      names = "--day",
      paramLabel = "YYYY-MM-DD",
      description = "The day, UTC. Default: that of the pipeline's clock, so far.")
  private String day;

  @Mixin private Look look = new Look();

  @Option(
      names = "--send",
      description = "Send it to the receivers of alerts, too; each time it is asked for.")
  private boolean send;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      defaultValue = "${env:QUANTUM_ALERTMANAGER}",
      description =
          "Alertmanager that --send goes to, for example http://localhost:9093. Default:"
              + " $QUANTUM_ALERTMANAGER.")
  private String alertmanager;

  /** Creates it; picocli does. */
  public SummaryCommand() {}

  @Override
  public Integer call() {
    LocalDate given = given();
    AlertmanagerClient to = send ? receiver() : null;
    LocalDate[] of = {given};
    try (LiveBook book =
        look.open(
            pipeline -> {
              of[0] = asked(given, pipeline);
              return LiveBook.openSince(pipeline, DayBook.beginMs(of[0]));
            })) {
      LocalDate wanted = of[0];
      Scope scope = look.scope(book.book(), null);
      if (!book.read(pages -> DailySummary.isKnown(pages, wanted))) {
        throw new CommandFailure(
            "nothing is known of %s: nothing happened, or it is no longer on the topics"
                .formatted(wanted));
      }
      HealthRow health = book.settledHealth();
      DailySummary summary = book.read(pages -> DailySummary.of(pages, scope, wanted, health));
      look.print(Json.tree(summary), SummaryText.lines(summary, Wrap.COLUMNS));
      if (to != null) {
        send(summary, to);
      }
      return 0;
    }
  }

  private LocalDate given() {
    try {
      return day == null ? null : LocalDate.parse(day.strip());
    } catch (DateTimeParseException notOne) {
      throw look.usage("'" + day + "' is not a day; give one like 2026-11-30");
    }
  }

  private AlertmanagerClient receiver() {
    return AlertmanagerClient.at(alertmanager)
        .orElseThrow(
            () ->
                look.usage(
                    "--send needs --alertmanager URL, or QUANTUM_ALERTMANAGER in the environment"));
  }

  private LocalDate asked(LocalDate given, RunningPipeline pipeline) {
    LocalDate today;
    try (RecordSerdes serdes = pipeline.serdes()) {
      today = DayBook.day(PipelineClock.nowMs(pipeline.kafka(), serdes));
    }
    if (given != null && given.isAfter(today)) {
      throw look.usage("%s is not yet: the pipeline's clock is at %s".formatted(given, today));
    }
    return given == null ? today : given;
  }

  private void send(DailySummary summary, AlertmanagerClient to) {
    look.talk("Sends it to Alertmanager at " + to.address() + ".");
    try {
      to.send(SummaryAlert.asked(summary, System.currentTimeMillis()));
    } catch (IOException e) {
      throw new CommandFailure(
          "the summary was not sent: Alertmanager at %s does not take it (%s); look whether it runs"
              .formatted(to.address(), e.getMessage() == null ? "no answer" : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
    look.talk("Alertmanager took it, and hands it on to its receivers.");
  }
}
