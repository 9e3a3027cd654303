package io.quantumtrader.console.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.letter.Letters;
import io.quantumtrader.console.order.Approvals;
import io.quantumtrader.console.order.Orders;
import io.quantumtrader.console.order.PolicyOrders;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console over HTTP: the page at {@code /}, everything that can be asked for below {@code
 * /api}, orders at {@code /api/orders} and beside it, health at {@code /health}. It reads the book
 * and nothing else, so that it is complete wherever a key of the stages lives.
 */
public final class ConsoleServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final String OPENAPI = "/api/openapi.json";
  private static final String EVENTS = "/api/events";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Access access;
  private final Settings settings;
  private final ApiRoutes api;
  private final Commands commands;
  private final EventStream events;
  private final PageFiles page = new PageFiles();
  private final Map<String, Route> routes = new HashMap<>();
  private final String openApi = OpenApi.text();

  /**
   * What it shows, and who may change something.
   *
   * @param address where it listens; port 0 takes a free one
   * @param names names under which it may be asked, beside localhost and addresses in numbers
   * @param token what an operator has to show, 16 characters or more
   * @param book what is shown
   * @param outside what cannot be read from the topics
   * @param orders who carries out what an operator orders
   * @param policies who schedules an operator's changes of the policy
   * @param letters who looks at dead letters, and sends their records again
   * @param approvals who takes what a person says of an entry
   * @param ready whether the topics have been read to their ends once
   */
  public record Settings(
      InetSocketAddress address,
      List<String> names,
      String token,
      Book book,
      Supplier<Outside> outside,
      Orders orders,
      PolicyOrders policies,
      Letters letters,
      Approvals approvals,
      BooleanSupplier ready) {

    private static final int SHORTEST_TOKEN = 16;

    /** Refuses a token that can be guessed. */
    public Settings {
      if (token.length() < SHORTEST_TOKEN) {
        throw new IllegalArgumentException(
            "the token of the console must have " + SHORTEST_TOKEN + " characters or more");
      }
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
      return "Settings[" + address + "]";
    }
  }

  private ConsoleServer(Settings settings, HttpServer server) {
    this.settings = settings;
    this.server = server;
    access = new Access(settings.names(), settings.token());
    api = new ApiRoutes(settings.book(), settings.outside(), settings.letters());
    commands = new Commands(access, settings);
    events = new EventStream(settings.book(), settings.outside());
    api.all().forEach(route -> routes.put(route.path(), route));
    threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("quantum-console-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Opens it.
   *
   * @throws IOException if the address is taken or not of this machine
   */
  public static ConsoleServer open(Settings settings) throws IOException {
    return new ConsoleServer(settings, HttpServer.create(settings.address(), 64));
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        access.requireOwnHost(exchange);
        answer(exchange);
      } catch (BadRequestException bad) {
        bad.allowed().ifPresent(method -> exchange.getResponseHeaders().set("Allow", method));
        Answer.error(exchange, bad.status(), bad.getMessage());
      } catch (RuntimeException failed) {
        LOG.warn("{} failed", exchange.getRequestURI().getPath(), failed);
        Answer.error(exchange, 500, "this could not be answered; the log says why");
      }
    } catch (IOException gone) {
      LOG.debug("the browser left", gone);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (commands.takes(path)) {
      requireMethod(method, "POST");
      commands.take(exchange, path);
      return;
    }
    requireMethod(method, "GET");
    Route route = routes.get(path);
    Optional<PageFiles.PageFile> file = page.at(path);
    if (route != null) {
      answer(exchange, route);
    } else if (file.isPresent()) {
      send(exchange, file.get());
    } else {
      other(exchange, path);
    }
  }

  private void other(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case EVENTS -> events.serve(exchange);
      case OPENAPI -> Answer.send(exchange, 200, Answer.JSON, openApi);
      case "/health" -> health(exchange);
      case "/health/live" -> Answer.send(exchange, 200, Answer.JSON, "{\"live\":true}\n");
      case "/health/ready" -> {
        boolean ready = settings.ready().getAsBoolean();
        Answer.send(
            exchange, ready ? 200 : 503, Answer.JSON, Json.text(Map.of("ready", ready)) + "\n");
      }
      default -> throw new BadRequestException(404, "there is nothing here; the page is at /");
    }
  }

  /** A critical pipeline is not well: whoever asks only for the status sees it, too. */
  private void health(HttpExchange exchange) throws IOException {
    HealthRow health = api.health();
    int status = health.level() == HealthRow.Level.CRITICAL ? 503 : 200;
    Answer.send(exchange, status, Answer.JSON, Json.text(health) + "\n");
  }

  private static void requireMethod(String method, String wanted) {
    boolean head = wanted.equals("GET") && method.equals("HEAD");
    if (!method.equals(wanted) && !head) {
      throw BadRequestException.method(wanted);
    }
  }

  private static void answer(HttpExchange exchange, Route route) throws IOException {
    Query query = new Query(exchange.getRequestURI(), route.known());
    String format = query.text(Parameter.FORMAT.label()).toLowerCase(Locale.ROOT);
    Object rows = route.answer().apply(query);
    if (format.equals("csv")) {
      String name = route.path().substring("/api/".length()).replace('/', '-');
      exchange
          .getResponseHeaders()
          .set("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
      Answer.send(exchange, 200, Answer.CSV, Csv.of(route.row(), (Collection<?>) rows));
    } else if (format.isEmpty() || format.equals("json")) {
      Answer.send(exchange, 200, Answer.JSON, Json.text(rows) + "\n");
    } else {
      throw new BadRequestException("format is json or csv");
    }
  }

  private static void send(HttpExchange exchange, PageFiles.PageFile file) throws IOException {
    exchange.getResponseHeaders().set("ETag", file.tag());
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    boolean known = file.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    Answer.send(exchange, known ? 304 : 200, file.type(), known ? new byte[0] : file.body());
  }

  /** Closes it; whoever listens is let go. */
  @Override
  public void close() {
    events.stop();
    server.stop(0);
    threads.shutdownNow();
  }
}
