package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.Refused;
import io.quantumtrader.execution.twin.engine.RestFault;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer.
 *
 * @param httpStatus 0: the connection is cut instead
 * @param waitMs how long it is held back, milliseconds
 */
record RestAnswer(int httpStatus, JsonNode body, Map<String, String> headers, long waitMs) {

  static RestAnswer success(JsonNode body, Map<String, String> headers) {
    return new RestAnswer(200, body, headers, 0);
  }

  static RestAnswer error(Refused refused, Map<String, String> headers) {
    JsonNode body = Json.object().put("code", refused.code()).put("msg", refused.getMessage());
    return new RestAnswer(refused.httpStatus(), body, headers, 0);
  }

  static RestAnswer fault(RestFault fault, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    if (fault.retryAfterS() > 0) {
      all.put("Retry-After", Integer.toString(fault.retryAfterS()));
    }
    JsonNode body = Json.object().put("code", fault.code()).put("msg", fault.message());
    return new RestAnswer(fault.cut() ? 0 : fault.httpStatus(), body, all, fault.waitMs());
  }

  boolean isCut() {
    return httpStatus == 0;
  }
}
