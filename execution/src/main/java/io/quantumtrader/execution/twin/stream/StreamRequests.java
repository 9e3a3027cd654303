package io.quantumtrader.execution.twin.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What clients say on a connection: SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS. */
final class StreamRequests {
  /** The close code of a connection that asked too much. */
  static final int POLICY = 1008;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StreamRequests() {}

  static void answer(Subscriber subscriber, String text, StreamLimits limits, long nowMs) {
    if (subscriber.message(nowMs) > limits.messagesPerSecond()) {
      subscriber.end(POLICY, "Too many requests");
      return;
    }
    JsonNode request;
    try {
      request = MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      subscriber.text(error(3, "Invalid JSON", JsonNodeFactory.instance.nullNode()));
      return;
    }
    JsonNode id = request.path("id");
    List<String> names = names(request.path("params"));
    switch (request.path("method").asText()) {
      case "SUBSCRIBE" -> {
        subscriber.subscribe(names);
        subscriber.text(result(JsonNodeFactory.instance.nullNode(), id));
      }
      case "UNSUBSCRIBE" -> {
        subscriber.unsubscribe(names);
        subscriber.text(result(JsonNodeFactory.instance.nullNode(), id));
      }
      case "LIST_SUBSCRIPTIONS" -> subscriber.text(result(list(subscriber), id));
      default -> subscriber.text(error(2, "Invalid request: unknown method", id));
    }
    if (subscriber.count() > limits.streams()) {
      subscriber.end(POLICY, "too many streams");
    }
  }

  private static List<String> names(JsonNode params) {
    List<String> names = new ArrayList<>();
    params.forEach(each -> names.add(each.asText()));
    return names;
  }

  private static JsonNode list(Subscriber subscriber) {
    var list = JsonNodeFactory.instance.arrayNode();
    subscriber.streams().forEach(list::add);
    return list;
  }

  private static String result(JsonNode result, JsonNode id) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("result", result);
    answer.set("id", id.isMissingNode() ? JsonNodeFactory.instance.nullNode() : id);
    return answer.toString();
  }

  private static String error(int code, String message, JsonNode id) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("error").put("code", code).put("msg", message);
    answer.set("id", id.isMissingNode() ? JsonNodeFactory.instance.nullNode() : id);
    return answer.toString();
  }
}
