package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.execution.twin.core.Refused;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.ListenKeys;
import io.quantumtrader.execution.twin.engine.QueryText;
import io.quantumtrader.execution.twin.engine.RateLimits;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.stream.TwinStreams;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The twin's own addresses, below {@code /twin/}: what the real exchange does not let anyone do.
 * {@code POST /twin/WHAT} with a JSON object, {@code GET /twin/state?account=NAME}. No key, since
 * the twin is no exchange; it listens on the loopback interface unless told otherwise.
 */
public final class TwinControl {
  /** What these addresses begin with. */
  public static final String PREFIX = "/twin/";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TwinEngine engine;
  private final Map<String, Action> actions = new TreeMap<>();

  /** What a command does. */
  @FunctionalInterface
  interface Action {
    void run(JsonNode arguments);
  }

  /** Creates it. */
  public TwinControl(
      TwinEngine engine, TwinStreams streams, ListenKeys listenKeys, RateLimits limits) {
    this.engine = engine;
    actions.putAll(new MarketCommands(engine).actions());
    actions.putAll(new FaultCommands(engine, streams, listenKeys, limits).actions());
  }

  /** Returns the names of the commands. */
  Set<String> commands() {
    return Set.copyOf(actions.keySet());
  }

  RestAnswer answer(String method, String path, String query, String body) {
    Map<String, String> headers = new TreeMap<>();
    String name = path.substring(PREFIX.length());
    try {
      if (method.equals("GET") && name.equals("state")) {
        String account = QueryText.parse(query).getOrDefault("account", "");
        return RestAnswer.success(StateJson.of(engine, account), headers);
      }
      Action action = actions.get(name);
      if (action == null || !method.equals("POST")) {
        throw TwinError.NO_SUCH_PATH.refused(path, method);
      }
      action.run(body.isBlank() ? Json.object() : MAPPER.readTree(body));
      return RestAnswer.success(Json.done(), headers);
    } catch (Refused refused) {
      return RestAnswer.error(refused, headers);
    } catch (IllegalArgumentException | JsonProcessingException wrong) {
      return RestAnswer.error(TwinError.MANDATORY.refused(wrong.getMessage()), headers);
    }
  }
}
