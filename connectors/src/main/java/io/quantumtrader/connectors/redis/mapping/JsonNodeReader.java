package io.quantumtrader.connectors.redis.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One object of a mapping and its place in it; unknown attributes are errors. */
final class JsonNodeReader {

  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  JsonNodeReader(String path, JsonNode node) {
    if (!node.isObject()) {
      throw new MappingException(path, "expected an object");
    }
    this.path = path;
    this.node = node;
    asked.add("doc");
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  MappingException problem(String name, String problem) {
    return new MappingException(path(name), problem);
  }

  boolean has(String name) {
    return node.has(name);
  }

  Optional<JsonNode> optional(String name) {
    asked.add(name);
    return Optional.ofNullable(node.get(name));
  }

  JsonNode required(String name) {
    return optional(name).orElseThrow(() -> problem(name, "is required"));
  }

  Optional<String> optionalText(String name) {
    return optional(name).map(value -> asText(path(name), value));
  }

  String text(String name) {
    return asText(path(name), required(name));
  }

  boolean truth(String name, boolean otherwise) {
    Optional<JsonNode> value = optional(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw problem(name, "expected true or false");
    }
    return value.map(JsonNode::booleanValue).orElse(otherwise);
  }

  OptionalLong positive(String name) {
    Optional<JsonNode> value = optional(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!value.get().canConvertToExactIntegral() || value.get().longValue() < 1) {
      throw problem(name, "expected a whole number above 0");
    }
    return OptionalLong.of(value.get().longValue());
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Item item : items(name)) {
      texts.add(asText(item.path(), item.node()));
    }
    return texts;
  }

  /** The items of a list that must not be empty. */
  List<Item> items(String name) {
    return items(path(name), required(name));
  }

  static List<Item> items(String path, JsonNode list) {
    if (!list.isArray() || list.isEmpty()) {
      throw new MappingException(path, "expected a list that is not empty");
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      items.add(new Item(path + "[" + i + "]", list.get(i)));
    }
    return items;
  }

  /** The members of an object, in the order they are written; none where it is absent. */
  Map<String, Item> members(String name) {
    Map<String, Item> members = new LinkedHashMap<>();
    Optional<JsonNode> object = optional(name);
    if (object.isEmpty()) {
      return members;
    }
    if (!object.get().isObject()) {
      throw problem(name, "expected an object");
    }
    for (Map.Entry<String, JsonNode> member : object.get().properties()) {
      String memberPath = path(name) + "[\"" + member.getKey() + "\"]";
      members.put(member.getKey(), new Item(memberPath, member.getValue()));
    }
    return members;
  }

  void rejectUnknown() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                throw problem(name, "is not a known name here");
              }
            });
  }

  static String asText(String path, JsonNode value) {
    if (!value.isTextual()) {
      throw new MappingException(path, "expected a text");
    }
    return value.textValue();
  }

  /**
   * A node and its place.
   *
   * @param path place in the mapping
   * @param node what stands there
   */
  record Item(String path, JsonNode node) {
    JsonNodeReader reader() {
      return new JsonNodeReader(path, node);
    }
  }
}
