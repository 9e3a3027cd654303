package io.quantumtrader.execution.twin.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** Small things that many answers are made of. */
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static <T> ArrayNode array(List<T> values, Function<T, ObjectNode> body) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> array.add(body.apply(value)));
    return array;
  }

  /** Returns the answer to a request that only had to be done. */
  static ObjectNode done() {
    return object().put("code", 200).put("msg", "success");
  }

  /** Returns the last of a list, at most so many. */
  static <T> List<T> last(List<T> values, int count) {
    return values.subList(Math.max(0, values.size() - count), values.size());
  }

  /** Returns the first of a list, at most so many. */
  static <T> List<T> first(List<T> values, int count) {
    return values.subList(0, Math.min(values.size(), count));
  }
}
