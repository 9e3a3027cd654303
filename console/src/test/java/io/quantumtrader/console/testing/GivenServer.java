package io.quantumtrader.console.testing;

import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.http.ConsoleServer;
import io.quantumtrader.console.view.PipelineRow.ReaderRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server on a free port of the loopback interface, over a book that a test tells. */
public final class GivenServer implements AutoCloseable {

  public static final String TOKEN = "planted-token-4f2a9c";

  private final GivenOrders orders = new GivenOrders();
  private final GivenDesk desk;
  private final AtomicBoolean ready = new AtomicBoolean();
  private final ConsoleServer server;

  private GivenServer(GivenBook book, int port) throws IOException {
    desk = new GivenDesk(book.book());
    server =
        ConsoleServer.open(
            new ConsoleServer.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                List.of("desk.example"),
                TOKEN,
                book.book(),
                () -> new Outside(List.of(new ReaderRow("quantum-streams", 3L)), Map.of()),
                orders,
                orders::give,
                desk,
                desk,
                ready::get));
  }

  /** Opens it. */
  public static GivenServer of(GivenBook book) throws IOException {
    return new GivenServer(book, 0);
  }

  /** Opens it at a port, as after a restart. */
  public static GivenServer at(GivenBook book, int port) throws IOException {
    return new GivenServer(book, port);
  }

  /** Returns the address of something. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** Returns the port. */
  public int port() {
    return server.port();
  }

  /** Returns the orders. */
  public GivenOrders orders() {
    return orders;
  }

  /** Returns what was said of letters and entries. */
  public GivenDesk desk() {
    return desk;
  }

  /** Says that the topics have been read to their ends. */
  public void becomeReady() {
    ready.set(true);
  }

  @Override
  public void close() {
    server.close();
  }
}
