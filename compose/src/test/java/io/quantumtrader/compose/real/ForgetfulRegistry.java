package io.quantumtrader.compose.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The registry of the stack, but for some schema ids, which it has not heard of yet. */
final class ForgetfulRegistry implements AutoCloseable {

  private static final String API = "/apis/ccompat/v7";
  private static final String NOT_FOUND = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

  private final String behind;
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** Opens it before the registry at an address. */
  ForgetfulRegistry(String behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext(API, this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + API;
  }

  /** From now on this id is not known. */
  void forget(int id) {
    unknown.add("/schemas/ids/" + id);
  }

  /** From now on everything is known, as after a schema was registered. */
  void remember() {
    unknown.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString().substring(API.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = 404;
      byte[] answer = NOT_FOUND.getBytes(StandardCharsets.UTF_8);
      if (!unknown.contains(path)) {
        HttpResponse<byte[]> real = passedOn(exchange.getRequestMethod(), path, body);
        status = real.statusCode();
        answer = real.body();
      }
      exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private HttpResponse<byte[]> passedOn(String method, String path, byte[] body)
      throws IOException {
    HttpRequest.BodyPublisher sent =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(behind + path))
              .header("Content-Type", "application/vnd.schemaregistry.v1+json")
              .method(method, sent)
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }
}
