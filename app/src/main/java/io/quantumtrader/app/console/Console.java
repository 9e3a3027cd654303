package io.quantumtrader.app.console;

import io.quantumtrader.app.alerting.AlertmanagerClient;
import io.quantumtrader.app.alerting.SummarySender;
import io.quantumtrader.app.control.ApprovalDesk;
import io.quantumtrader.app.control.ControlOrders;
import io.quantumtrader.app.letters.LetterDesk;
import io.quantumtrader.app.metrics.OutsideWatch;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.policy.PolicyScheduler;
import io.quantumtrader.app.policy.ScheduleOrders;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.HealthScore;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.http.ConsoleServer;
import io.quantumtrader.console.summary.DailySummary;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.console.view.PipelineView;
import io.quantumtrader.console.view.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * The console in a process: a book that is handed every committed record, a server that shows it,
 * and what applies scheduled changes of the policy by it.
 */
public final class Console implements AutoCloseable {

  private static final int LAST_DECISIONS = 5;

  private final Book book;
  private final OutsideWatch outside;
  private final ControlOrders orders;
  private final PolicyScheduler scheduler;
  private final ConsoleServer server;
  private final String host;
  private final BooleanSupplier ready;
  private final Optional<SummarySender> summaries;

  private Console(
      Book book,
      OutsideWatch outside,
      ControlOrders orders,
      PolicyScheduler scheduler,
      ConsoleServer server,
      String host,
      BooleanSupplier ready,
      Optional<AlertmanagerClient> alertmanager) {
    this.book = book;
    this.outside = outside;
    this.orders = orders;
    this.scheduler = scheduler;
    this.server = server;
    this.host = host;
    this.ready = ready;
    this.summaries =
        alertmanager.map(client -> SummarySender.start(client, this::clockMs, this::summary));
  }

  /**
   * Opens it.
   *
   * @param token what orders need
   * @param redis asks Redis, throws where it does not answer; empty where there is none
   * @param ready whether the topics have been read to their ends once
   * @throws io.quantumtrader.app.cli.CommandFailure if it cannot listen there
   */
  public static Console open(
      ConsoleOptions options,
      String token,
      Endpoints endpoints,
      Optional<Callable<?>> redis,
      BooleanSupplier ready) {
    Optional<AlertmanagerClient> alertmanager = options.alertmanager();
    // Wall time alone says whether something moves now; nothing is decided by it.
    Book book = new Book(System::currentTimeMillis);
    OutsideWatch outside = new OutsideWatch(endpoints.kafka(), endpoints.serdes(), redis);
    ControlOrders orders = new ControlOrders(endpoints.kafka(), endpoints.serdes(), book);
    ScheduleOrders policies = new ScheduleOrders(endpoints.kafka(), endpoints.serdes(), book);
    try {
      ConsoleServer server =
          options.open(
              address ->
                  ConsoleServer.open(
                      new ConsoleServer.Settings(
                          address,
                          options.names(),
                          token,
                          book,
                          outside,
                          orders,
                          policies,
                          letters(endpoints, book),
                          new ApprovalDesk(endpoints.kafka(), endpoints.serdes(), book),
                          ready)));
      PolicyScheduler scheduler =
          PolicyScheduler.start(endpoints.kafka(), endpoints.serdes(), book, ready);
      return new Console(
          book, outside, orders, scheduler, server, options.host(), ready, alertmanager);
    } catch (RuntimeException e) {
      orders.close();
      outside.close();
      throw e;
    }
  }

  private static LetterDesk letters(Endpoints endpoints, Book book) {
    return new LetterDesk(
        endpoints.kafka(),
        endpoints.serdes(),
        () -> book.read(pages -> pages.clock().nowMs()),
        account -> book.read(pages -> pages.policy(account).policy()));
  }

  /** Takes a committed record; one that cannot be read leaves everything as it is. */
  public void take(TappedRecord record) {
    if (record.readable()) {
      book.accept(BookRecord.of(record));
    }
  }

  /**
   * Returns how everything is, as one block of lines; empty before the first step of the clock.
   *
   * @param width characters of a line
   */
  public List<String> block(int width) {
    Outside known = outside.get();
    long nowMs = book.wallMs();
    return book.read(
        pages ->
            pages.clock().nowMs() == 0
                ? List.of()
                : StatusText.block(
                    pages,
                    Scope.ALL,
                    PipelineView.of(pages, known.readers(), nowMs),
                    HealthScore.of(pages, known, nowMs),
                    true,
                    width,
                    LAST_DECISIONS));
  }

  /** Returns how well the pipeline is; empty until the topics have been read to their ends once. */
  public Optional<HealthRow> health() {
    if (!ready.getAsBoolean()) {
      return Optional.empty();
    }
    Outside known = outside.get();
    return Optional.of(book.read(pages -> HealthScore.of(pages, known, book.wallMs())));
  }

  /** Of what is still read to its end, the clock says nothing about now. */
  private long clockMs() {
    return ready.getAsBoolean() ? book.read(pages -> pages.clock().nowMs()) : 0;
  }

  private Optional<DailySummary> summary(LocalDate day) {
    return health()
        .filter(any -> book.read(pages -> DailySummary.isKnown(pages, day)))
        .map(health -> book.read(pages -> DailySummary.of(pages, Scope.ALL, day, health)));
  }

  /** Returns the address of the page. */
  public String url() {
    return "http://" + host + ":" + server.port() + "/";
  }

  @Override
  public void close() {
    summaries.ifPresent(SummarySender::close);
    server.close();
    scheduler.close();
    outside.close();
    orders.close();
  }
}
