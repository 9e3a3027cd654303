package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.rest.Arguments.count;
import static io.quantumtrader.execution.twin.rest.Arguments.flag;
import static io.quantumtrader.execution.twin.rest.Arguments.number;
import static io.quantumtrader.execution.twin.rest.Arguments.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.CoreFaults;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.ListenKeys;
import io.quantumtrader.execution.twin.engine.RateLimits;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.execution.twin.engine.StreamFaults;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinFaults;
import io.quantumtrader.execution.twin.stream.TwinStreams;
import java.util.Map;

/** Commands about what goes wrong. */
final class FaultCommands {
  private static final long SECOND_MS = 1_000;

  private final TwinEngine engine;
  private final TwinStreams streams;
  private final ListenKeys listenKeys;
  private final RateLimits limits;

  FaultCommands(TwinEngine engine, TwinStreams streams, ListenKeys listenKeys, RateLimits limits) {
    this.engine = engine;
    this.streams = streams;
    this.listenKeys = listenKeys;
    this.limits = limits;
  }

  Map<String, TwinControl.Action> actions() {
    return Map.ofEntries(
        Map.entry("fault", this::fault),
        Map.entry("random", this::random),
        Map.entry("clear", arguments -> engine.faults().clear()),
        Map.entry("latency", this::latency),
        Map.entry("clock", arguments -> faults().clockOffsetMs(number(arguments, "offsetMs"))),
        Map.entry("matching", this::matching),
        Map.entry("streams", this::streams),
        Map.entry("cut", this::cut),
        Map.entry("listenKeyExpired", this::expire),
        Map.entry("ban", this::ban));
  }

  private TwinFaults faults() {
    return engine.faults();
  }

  private void fault(JsonNode arguments) {
    faults()
        .next(
            arguments.path("method").asText(""),
            text(arguments, "path"),
            restFault(arguments),
            Math.max(1, count(arguments, "times", 1)));
  }

  private static RestFault restFault(JsonNode arguments) {
    long lateMs = arguments.has("lateMs") ? number(arguments, "lateMs") : 0;
    RestFault fault = kindOf(arguments);
    return lateMs > 0 ? fault.arrivingAfter(lateMs) : fault;
  }

  private static RestFault kindOf(JsonNode arguments) {
    boolean executes = flag(arguments, "executes", false);
    return switch (text(arguments, "kind")) {
      case "cut" -> RestFault.cut(executes);
      case "silence" -> RestFault.silence(executes, number(arguments, "waitMs"));
      case "timeout" -> RestFault.timeout(executes);
      case "overload" -> RestFault.overload();
      case "limited" ->
          RestFault.limited(count(arguments, "status", 429), count(arguments, "retryAfter", 1));
      case "error" -> {
        int status = count(arguments, "status", 500);
        int code = count(arguments, "code", -1000);
        String message = arguments.path("message").asText("An unknown error occurred.");
        yield executes
            ? RestFault.lostAnswer(status, code, message)
            : RestFault.refusal(status, code, message);
      }
      default -> throw TwinError.MANDATORY.refused("kind");
    };
  }

  private void random(JsonNode arguments) {
    faults().random(arguments.path("share").asDouble(0));
    faults()
        .late(arguments.path("lateShare").asDouble(0), arguments.path("latestMs").asLong(5_000));
    faults()
        .streams()
        .random(arguments.path("twiceShare").asDouble(0), arguments.path("laterShare").asDouble(0));
  }

  private void latency(JsonNode arguments) {
    faults().latencyMs(arguments.path("restMs").asLong(faults().latencyMs()));
    faults().streamLatencyMs(arguments.path("streamMs").asLong(faults().streamLatencyMs()));
  }

  private void matching(JsonNode arguments) {
    engine.change(
        (core, now) -> {
          CoreFaults inner = core.faults();
          if (arguments.has("parts")) {
            inner.parts(count(arguments, "parts", 1));
          }
          if (arguments.has("rejectTriggers")) {
            inner.rejectTriggers(count(arguments, "rejectTriggers", 0));
          }
          if (arguments.has("fillBeforeTriggered")) {
            inner.fillBeforeTriggered(flag(arguments, "fillBeforeTriggered", false));
          }
          if (arguments.has("hideActualOrder")) {
            inner.hideActualOrder(flag(arguments, "hideActualOrder", false));
          }
          if (arguments.has("partEveryMs")) {
            inner.partEveryMs(number(arguments, "partEveryMs"));
          }
          if (arguments.has("expirePartly")) {
            inner.expirePartly(count(arguments, "expirePartly", 0));
          }
          if (arguments.has("siblingsStay")) {
            inner.siblingsStay(flag(arguments, "siblingsStay", false));
          }
          if (arguments.has("fillDelayMs")) {
            inner.fillDelayMs(number(arguments, "fillDelayMs"));
          }
        });
  }

  private void streams(JsonNode arguments) {
    StreamFaults wanted = faults().streams();
    if (arguments.has("silentUsers")) {
      wanted.silenceUsers(flag(arguments, "silentUsers", false));
    }
    if (arguments.has("silentMarket")) {
      wanted.silenceMarket(flag(arguments, "silentMarket", false));
    }
    if (arguments.has("twice")) {
      wanted.twice(count(arguments, "twice", 0));
    }
    if (arguments.has("later")) {
      wanted.later(count(arguments, "later", 0));
    }
    if (arguments.has("lose")) {
      wanted.lose(count(arguments, "lose", 0));
    }
    if (arguments.has("cutAt")) {
      wanted.cutAt(text(arguments, "cutAt"));
    }
  }

  private void cut(JsonNode arguments) {
    if (flag(arguments, "users", true)) {
      streams.cutUsers();
    }
    if (flag(arguments, "market", false)) {
      streams.cutMarket();
    }
  }

  private void expire(JsonNode arguments) {
    listenKeys.expire(text(arguments, "account"));
    streams.tick();
  }

  private void ban(JsonNode arguments) {
    String address = arguments.path("address").asText("127.0.0.1");
    limits.ban(address, engine.nowMs() + number(arguments, "seconds") * SECOND_MS);
  }
}
