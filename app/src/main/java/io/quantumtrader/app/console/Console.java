package io.quantumtrader.app.console;

import io.quantumtrader.app.control.ControlOrders;
import io.quantumtrader.app.metrics.OutsideWatch;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.policy.PolicyScheduler;
import io.quantumtrader.app.policy.ScheduleOrders;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.health.HealthScore;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.http.ConsoleServer;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.console.view.PipelineView;
import io.quantumtrader.console.view.Scope;
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

  private Console(
      Book book,
      OutsideWatch outside,
      ControlOrders orders,
      PolicyScheduler scheduler,
      ConsoleServer server,
      String host) {
    this.book = book;
    this.outside = outside;
    this.orders = orders;
    this.scheduler = scheduler;
    this.server = server;
    this.host = host;
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
                          ready)));
      PolicyScheduler scheduler =
          PolicyScheduler.start(endpoints.kafka(), endpoints.serdes(), book, ready);
      return new Console(book, outside, orders, scheduler, server, options.host());
    } catch (RuntimeException e) {
      orders.close();
      outside.close();
      throw e;
    }
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

  /** Returns the address of the page. */
  public String url() {
    return "http://" + host + ":" + server.port() + "/";
  }

  @Override
  public void close() {
    server.close();
    scheduler.close();
    outside.close();
    orders.close();
  }
}
