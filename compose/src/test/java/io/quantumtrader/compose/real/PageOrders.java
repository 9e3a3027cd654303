package io.quantumtrader.compose.real;

import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.control.ControlOrders;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.tap.TopicTail;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Orders as the console gives them, held against a book of the pipeline's topics. */
final class PageOrders implements AutoCloseable {

  private static final Duration SOON = Duration.ofMinutes(2);

  private final Book book = new Book(System::currentTimeMillis);
  private final Admin admin;
  private final TopicTail tail;
  private final ControlOrders orders;

  private PageOrders(RealPipeline pipeline) {
    Map<String, Object> clients = Map.of("bootstrap.servers", pipeline.stack().bootstrapServers());
    admin = Admin.create(clients);
    tail = new TopicTail(clients, pipeline.serdes(), this::take);
    orders = new ControlOrders(clients, pipeline.serdes(), book);
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

  @Override
  public void close() {
    orders.close();
    tail.close();
    admin.close(Duration.ofSeconds(2));
  }
}
