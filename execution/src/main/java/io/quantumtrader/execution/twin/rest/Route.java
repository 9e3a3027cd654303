package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.ToIntFunction;

/**
 * One address.
 *
 * @param weight what a request costs
 * @param placesOrder whether it counts as an order
 */
record Route(
    String method,
    String path,
    Access access,
    ToIntFunction<RestRequest> weight,
    boolean placesOrder,
    Endpoint endpoint) {

  /** Who may ask. */
  enum Access {
    /** Everybody. */
    PUBLIC,
    /** Who has a key. */
    KEY,
    /** Who has a key, and signs. */
    SIGNED
  }

  /** What answers. */
  @FunctionalInterface
  interface Endpoint {
    /**
     * Answers.
     *
     * @param account whose key it is; empty for public addresses
     */
    JsonNode answer(RestRequest request, String account);
  }

  static Route open(String path, ToIntFunction<RestRequest> weight, Endpoint endpoint) {
    return new Route("GET", path, Access.PUBLIC, weight, false, endpoint);
  }

  static Route signed(String method, String path, int weight, Endpoint endpoint) {
    return signed(method, path, request -> weight, endpoint);
  }

  static Route signed(
      String method, String path, ToIntFunction<RestRequest> weight, Endpoint endpoint) {
    return new Route(method, path, Access.SIGNED, weight, false, endpoint);
  }

  static Route order(String path, Endpoint endpoint) {
    return new Route("POST", path, Access.SIGNED, request -> 0, true, endpoint);
  }

  /** Returns the weight of asking for one symbol or for all. */
  static ToIntFunction<RestRequest> bySymbol(int one, int all) {
    return request -> request.has("symbol") ? one : all;
  }
}
