package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinKeys;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import io.quantumtrader.execution.twin.stream.ApiConnection;
import io.quantumtrader.execution.twin.stream.ApiDoor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The exchange's WebSocket API: each method is a request to the address that does the same, through
 * the same gate, with the same weights, limits and faults. Answers may come in another order.
 */
final class WebSocketApi implements ApiDoor, AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int THREADS = 4;

  private static final Map<String, String> METHODS =
      Map.ofEntries(
          Map.entry("ping", "GET /fapi/v1/ping"),
          Map.entry("time", "GET /fapi/v1/time"),
          Map.entry("ticker.price", "GET /fapi/v1/ticker/price"),
          Map.entry("ticker.book", "GET /fapi/v1/ticker/bookTicker"),
          Map.entry("order.place", "POST /fapi/v1/order"),
          Map.entry("order.status", "GET /fapi/v1/order"),
          Map.entry("order.cancel", "DELETE /fapi/v1/order"),
          Map.entry("algoOrder.place", "POST /fapi/v1/algoOrder"),
          Map.entry("algoOrder.cancel", "DELETE /fapi/v1/algoOrder"),
          Map.entry("account.status", "GET /fapi/v3/account"),
          Map.entry("account.balance", "GET /fapi/v3/balance"),
          Map.entry("account.position", "GET /fapi/v3/positionRisk"),
          Map.entry("v2/account.status", "GET /fapi/v3/account"),
          Map.entry("v2/account.balance", "GET /fapi/v3/balance"),
          Map.entry("v2/account.position", "GET /fapi/v3/positionRisk"),
          Map.entry("userDataStream.start", "POST /fapi/v1/listenKey"),
          Map.entry("userDataStream.ping", "PUT /fapi/v1/listenKey"),
          Map.entry("userDataStream.stop", "DELETE /fapi/v1/listenKey"));

  private final TwinEngine engine;
  private final TwinKeys keys;
  private final TwinLimits limits;
  private final RestGate gate;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "twin-api"));

  WebSocketApi(TwinEngine engine, TwinKeys keys, TwinLimits limits, RestGate gate) {
    this.engine = engine;
    this.keys = keys;
    this.limits = limits;
    this.gate = gate;
  }

  /** Returns the methods there are, beside those of the session. */
  static Set<String> methods() {
    return METHODS.keySet();
  }

  @Override
  public void take(ApiConnection connection, String text) {
    try {
      threads.execute(() -> serve(connection, text));
    } catch (RejectedExecutionException closing) {
      connection.cut();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void serve(ApiConnection connection, String text) {
    JsonNode request = read(text);
    RestAnswer answer = answer(connection, request);
    if (!RestServer.waited(engine.faults().latencyMs() + answer.waitMs())) {
      return;
    }
    if (answer.isCut()) {
      connection.cut();
    } else {
      connection.answer(wrapped(request.path("id"), answer).toString());
    }
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      return Json.object();
    }
  }

  private RestAnswer answer(ApiConnection connection, JsonNode request) {
    String method = request.path("method").asText();
    SortedMap<String, String> parameters = new TreeMap<>();
    request
        .path("params")
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
    String target = METHODS.getOrDefault(method, "");
    if (!target.isEmpty()) {
      return gate.answer(request(connection, target, parameters));
    }
    return switch (method) {
      case "session.logon" -> logon(connection, parameters);
      case "session.status" -> RestAnswer.success(session(connection), Map.of());
      case "session.logout" -> {
        connection.session(null);
        yield RestAnswer.success(session(connection), Map.of());
      }
      default -> RestAnswer.error(TwinError.NO_SUCH_PATH.refused("ws-fapi/v1", method), Map.of());
    };
  }

  private static RestRequest request(
      ApiConnection connection, String target, SortedMap<String, String> parameters) {
    int space = target.indexOf(' ');
    Optional<String> session = connection.session().map(ApiConnection.Session::apiKey);
    return new RestRequest(
        target.substring(0, space),
        target.substring(space + 1),
        parameters,
        session,
        connection.address());
  }

  private RestAnswer logon(ApiConnection connection, SortedMap<String, String> parameters) {
    RestRequest request = request(connection, "POST session.logon", parameters);
    return gate.checked(
        request,
        () -> {
          if (!keys.isEd25519(request.apiKey())) {
            throw TwinError.SESSION_KEY.refused();
          }
          connection.session(new ApiConnection.Session(request.apiKey(), engine.nowMs()));
          return session(connection);
        });
  }

  private ObjectNode session(ApiConnection connection) {
    Optional<ApiConnection.Session> session = connection.session();
    ObjectNode answer = Json.object();
    answer.put("apiKey", session.map(ApiConnection.Session::apiKey).orElse(null));
    answer.put("authorizedSince", session.map(ApiConnection.Session::sinceMs).orElse(null));
    return answer
        .put("connectedSince", connection.openedMs())
        .put("returnRateLimits", true)
        .put("serverTime", engine.nowMs());
  }

  private ObjectNode wrapped(JsonNode id, RestAnswer answer) {
    ObjectNode wrapped = Json.object();
    wrapped.set("id", id.isMissingNode() ? wrapped.nullNode() : id);
    wrapped.put("status", answer.httpStatus());
    wrapped.set(answer.httpStatus() == 200 ? "result" : "error", answer.body());
    ArrayNode told = wrapped.putArray("rateLimits");
    Map<String, String> used = answer.headers();
    limit(told, used.get("X-MBX-USED-WEIGHT-1M"), "REQUEST_WEIGHT", 1, limits.weightPerMinute());
    limit(told, used.get("X-MBX-ORDER-COUNT-10S"), "ORDERS", 10, limits.ordersPer10s());
    limit(told, used.get("X-MBX-ORDER-COUNT-1M"), "ORDERS", 1, limits.ordersPerMinute());
    return wrapped;
  }

  private static void limit(ArrayNode told, String count, String type, int number, int most) {
    if (count != null) {
      told.addObject()
          .put("rateLimitType", type)
          .put("interval", number == 1 ? "MINUTE" : "SECOND")
          .put("intervalNum", number)
          .put("limit", most)
          .put("count", Integer.parseInt(count));
    }
  }
}
