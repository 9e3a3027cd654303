package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.engine.ListenKeys;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.util.List;

/** Listen keys: with an API key, without a signature. */
final class ListenKeyRoutes {
  private static final String PATH = "/fapi/v1/listenKey";

  private final TwinEngine engine;
  private final ListenKeys keys;

  ListenKeyRoutes(TwinEngine engine, ListenKeys keys) {
    this.engine = engine;
    this.keys = keys;
  }

  List<Route> routes() {
    return List.of(
        route("POST", this::create), route("PUT", this::keepAlive), route("DELETE", this::delete));
  }

  private static Route route(String method, Route.Endpoint endpoint) {
    return new Route(method, PATH, Route.Access.KEY, request -> 1, false, endpoint);
  }

  private JsonNode create(RestRequest request, String account) {
    return Json.object().put("listenKey", keys.create(account, engine.nowMs()));
  }

  private JsonNode keepAlive(RestRequest request, String account) {
    return Json.object().put("listenKey", keys.keepAlive(account, engine.nowMs()));
  }

  private JsonNode delete(RestRequest request, String account) {
    keys.delete(account);
    return Json.object();
  }
}
