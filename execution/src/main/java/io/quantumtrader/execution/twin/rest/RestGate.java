package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.Refused;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.RateLimits;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a request goes through: limits, key, clock, signature, faults, and then its address. */
final class RestGate {
  private static final Logger LOG = LoggerFactory.getLogger(RestGate.class);
  private static final long AHEAD_MS = 1_000;
  private static final int SESSION_WEIGHT = 2;
  private static final long USUAL_WINDOW_MS = 5_000;
  private static final long LONGEST_WINDOW_MS = 60_000;
  private static final Pattern KEY_FORM = Pattern.compile("[A-Za-z0-9_-]{16,128}");

  private final TwinEngine engine;
  private final TwinKeys keys;
  private final RateLimits limits;
  private final Map<String, Route> routes = new HashMap<>();
  private final LateArrivals late = new LateArrivals();

  RestGate(TwinEngine engine, TwinKeys keys, RateLimits limits, List<Route> routes) {
    this.engine = engine;
    this.keys = keys;
    this.limits = limits;
    routes.forEach(route -> this.routes.put(route.method() + " " + route.path(), route));
  }

  /** Answers a request; never throws for what a client sent. */
  RestAnswer answer(RestRequest request) {
    Map<String, String> headers = new TreeMap<>();
    arrive();
    try {
      Route route = routes.get(request.method() + " " + request.path());
      int weight = route == null ? 1 : route.weight().applyAsInt(request);
      count(request, weight, headers);
      if (route == null) {
        throw TwinError.NO_SUCH_PATH.refused(request.path(), request.method());
      }
      return served(route, request, headers);
    } catch (Refused refused) {
      return RestAnswer.error(refused, headers);
    }
  }

  /** Checks a request that is answered elsewhere: counted, its key known, in time and signed. */
  RestAnswer checked(RestRequest request, Supplier<JsonNode> answer) {
    Map<String, String> headers = new TreeMap<>();
    try {
      count(request, SESSION_WEIGHT, headers);
      String unused = owner(request);
      clock(request);
      signature(request);
      return RestAnswer.success(answer.get(), headers);
    } catch (Refused refused) {
      return RestAnswer.error(refused, headers);
    }
  }

  private void count(RestRequest request, int weight, Map<String, String> headers) {
    RateLimits.Verdict verdict = limits.request(request.address(), weight, engine.nowMs());
    headers.put("X-MBX-USED-WEIGHT-1M", Integer.toString(verdict.weight()));
    if (verdict.isAllowed()) {
      return;
    }
    headers.put("Retry-After", Long.toString(verdict.retryAfterS()));
    throw verdict.httpStatus() == 418
        ? TwinError.BANNED.refused(engine.nowMs() + verdict.retryAfterS() * 1000)
        : TwinError.TOO_MANY_REQUESTS.refused(limits.limits().weightPerMinute());
  }

  private RestAnswer served(Route route, RestRequest request, Map<String, String> headers) {
    boolean exit = route.placesOrder() && isExit(request);
    Optional<RestFault> fault =
        engine.faults().take(route.method(), route.path(), route.placesOrder(), exit);
    if (fault.isPresent() && !fault.get().executes()) {
      if (fault.get().isLate()) {
        late.add(route, request, engine.nowMs() + fault.get().arrivesAfterMs());
      }
      return RestAnswer.fault(fault.get(), headers);
    }
    RestAnswer answer = executed(route, request, headers);
    // What is lost is the answer, be it a yes or a no.
    return fault.map(wrong -> RestAnswer.fault(wrong, headers)).orElse(answer);
  }

  private RestAnswer executed(Route route, RestRequest request, Map<String, String> headers) {
    String account = admit(route, request);
    if (route.placesOrder()) {
      countOrder(account, headers);
    }
    return answered(route, request, account, headers);
  }

  /** Executes the requests that were held up on their way until now; nobody hears the answers. */
  void arrive() {
    for (LateArrivals.Late each : late.due(engine.nowMs())) {
      try {
        RestAnswer unheard = executed(each.route(), each.request(), new TreeMap<>());
        LOG.debug("{} came late: {}", each.route().path(), unheard.httpStatus());
      } catch (Refused refused) {
        LOG.debug("{} came too late: {}", each.route().path(), refused.code());
      }
    }
  }

  private static RestAnswer answered(
      Route route, RestRequest request, String account, Map<String, String> headers) {
    try {
      return RestAnswer.success(route.endpoint().answer(request, account), headers);
    } catch (Refused refused) {
      return RestAnswer.error(refused, headers);
    }
  }

  private static boolean isExit(RestRequest request) {
    return request.text("reduceOnly", "").equalsIgnoreCase("true")
        || request.text("closePosition", "").equalsIgnoreCase("true");
  }

  private void countOrder(String account, Map<String, String> headers) {
    long waitS = limits.orderWaitS(account, engine.nowMs());
    if (waitS > 0) {
      headers.put("Retry-After", Long.toString(waitS));
      throw TwinError.TOO_MANY_ORDERS.refused(
          limits.limits().ordersPerMinute(), "1 MINUTE or per 10 SECONDS");
    }
    RateLimits.OrderCounts counts = limits.order(account, engine.nowMs());
    headers.put("X-MBX-ORDER-COUNT-10S", Integer.toString(counts.tenSeconds()));
    headers.put("X-MBX-ORDER-COUNT-1M", Integer.toString(counts.minute()));
  }

  /** Returns whose request it is, or refuses it. */
  private String admit(Route route, RestRequest request) {
    return switch (route.access()) {
      case PUBLIC -> "";
      case KEY -> owner(request);
      case SIGNED -> {
        String account = owner(request);
        clock(request);
        signature(request);
        yield account;
      }
    };
  }

  private String owner(RestRequest request) {
    if (!KEY_FORM.matcher(request.apiKey()).matches()) {
      throw TwinError.KEY_FORMAT.refused();
    }
    return keys.account(request.apiKey()).orElseThrow(TwinError.KEY_UNKNOWN::refused);
  }

  private void clock(RestRequest request) {
    long timestamp = request.number("timestamp");
    long window = request.number("recvWindow", USUAL_WINDOW_MS);
    if (window > LONGEST_WINDOW_MS) {
      throw TwinError.RECV_WINDOW.refused();
    }
    long nowMs = engine.nowMs();
    if (timestamp >= nowMs + AHEAD_MS) {
      throw TwinError.TIMESTAMP_AHEAD.refused();
    }
    if (nowMs - timestamp > window) {
      throw TwinError.TIMESTAMP.refused();
    }
  }

  private void signature(RestRequest request) {
    if (!request.isTrusted()
        && !keys.verifies(request.apiKey(), request.signed(), request.text("signature"))) {
      throw TwinError.SIGNATURE.refused();
    }
  }
}
