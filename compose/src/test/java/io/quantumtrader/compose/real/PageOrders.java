package io.quantumtrader.compose.real;

import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.control.ApprovalDesk;
import io.quantumtrader.app.control.ControlOrders;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.order.ApprovalAnswer;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.console.view.ApprovalRow;
import io.quantumtrader.console.view.ApprovalView;
import io.quantumtrader.console.view.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Orders as the console gives them, held against a book of the pipeline's topics. */
final class PageOrders implements AutoCloseable {

  private static final Duration SOON = Duration.ofMinutes(2);

  private final Book book = new Book(System::currentTimeMillis);
  private final Admin admin;
  private final TopicTail tail;
  private final ControlOrders orders;
  private final ApprovalDesk approvals;

  private PageOrders(RealPipeline pipeline) {
    Map<String, Object> clients = Map.of("bootstrap.servers", pipeline.stack().bootstrapServers());
    admin = Admin.create(clients);
    tail = new TopicTail(clients, pipeline.serdes(), this::take);
    orders = new ControlOrders(clients, pipeline.serdes(), book);
    approvals = new ApprovalDesk(clients, pipeline.serdes(), book);
  }

  /** Opens them; the book has read everything. */
  static PageOrders of(RealPipeline pipeline) {
    PageOrders page = new PageOrders(pipeline);
    page.tail.start();
    await().atMost(SOON).until(new CaughtUp(page.tail, page.admin)::isThere);
    return page;
  }

  private void take(TappedRecord record) {
    if (record.readable()) {
      book.accept(BookRecord.of(record));
    }
  }

  /** Gives an order, and says that it is the page's. */
  String give(Order.Kind kind, String account, String symbol, String value) {
    return orders.give(new Order(kind, account, symbol, value, "by the page"), "console");
  }

  /** Returns the entries that wait, as the page shows them. */
  List<ApprovalRow> waiting() {
    return book.read(pages -> ApprovalView.rows(pages, Scope.ALL));
  }

  /** Answers an entry that waits. */
  String answer(String planId, boolean granted) {
    return approvals.answer(new ApprovalAnswer(planId, granted, "by the page"), "console");
  }

  @Override
  public void close() {
    orders.close();
    tail.close();
    admin.close(Duration.ofSeconds(2));
  }
}
