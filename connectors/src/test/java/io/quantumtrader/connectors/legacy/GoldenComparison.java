package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A captured write beside the one that the mapping makes.
 *
 * @param differing names of fields whose content is another, that are missing, or {@code MAXLEN} or
 *     {@code order} where the command differs in that
 * @param added names of fields that only the new write has
 */
record GoldenComparison(Set<String> differing, Set<String> added) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Whether the new write holds the captured one byte for byte. */
  boolean same() {
    return differing.isEmpty();
  }

  /**
   * Compares.
   *
   * @param captured a command
   * @param written all commands of one record
   * @return empty where none of them is this command for this key
   */
  static Optional<GoldenComparison> of(List<String> captured, List<List<String>> written) {
    return switch (captured.get(0)) {
      case "HSET", "XADD" ->
          find(written, captured.get(0), captured.get(1)).map(now -> fields(captured, now));
      case "SETEX" -> find(written, "SET", captured.get(1)).map(now -> expiring(captured, now));
      case "EXPIRE" ->
          find(written, "EXPIRE", captured.get(1)).map(now -> whole(captured.equals(now)));
      case "DEL" ->
          written.stream()
              .filter(now -> now.get(0).equals("DEL") && now.contains(captured.get(1)))
              .findFirst()
              .map(now -> whole(true));
      default -> Optional.empty();
    };
  }

  private static Optional<List<String>> find(
      List<List<String>> written, String command, String key) {
    return written.stream()
        .filter(now -> now.get(0).equals(command) && now.get(1).equals(key))
        .findFirst();
  }

  private static GoldenComparison whole(boolean same) {
    return new GoldenComparison(same ? Set.of() : Set.of("command"), Set.of());
  }

  /** SETEX key seconds content, and SET key content EX seconds. */
  private static GoldenComparison expiring(List<String> captured, List<String> now) {
    if (!now.subList(3, 5).equals(List.of("EX", captured.get(2)))) {
      return new GoldenComparison(Set.of("time to live"), Set.of());
    }
    if (!captured.get(3).startsWith("{")) {
      return whole(captured.get(3).equals(now.get(2)));
    }
    return compare(json("", captured.get(3)), json("", now.get(2)));
  }

  private static GoldenComparison fields(List<String> captured, List<String> now) {
    GoldenComparison fields = compare(flat(captured), flat(now));
    if (head(captured).equals(head(now))) {
      return fields;
    }
    Set<String> differing = new LinkedHashSet<>(fields.differing());
    differing.add("MAXLEN");
    return new GoldenComparison(differing, fields.added());
  }

  private static List<String> head(List<String> write) {
    return write.get(0).equals("XADD") ? write.subList(0, write.indexOf("*")) : List.of();
  }

  private static GoldenComparison compare(Map<String, String> captured, Map<String, String> now) {
    Set<String> differing = new LinkedHashSet<>();
    captured.forEach(
        (name, content) -> {
          if (!content.equals(now.get(name))) {
            differing.add(name);
          }
        });
    Set<String> added = new LinkedHashSet<>(now.keySet());
    added.removeAll(captured.keySet());
    if (!common(captured, now).equals(common(now, captured))) {
      differing.add("order");
    }
    return new GoldenComparison(differing, added);
  }

  private static List<String> common(Map<String, String> of, Map<String, String> with) {
    List<String> names = new ArrayList<>(of.keySet());
    names.retainAll(with.keySet());
    return names;
  }

  /** Fields by name; those of the JSON in {@code details} as {@code details.name}. */
  private static Map<String, String> flat(List<String> write) {
    Map<String, String> flat = new LinkedHashMap<>();
    GoldenWire.fields(write)
        .forEach(
            (name, content) -> {
              if (name.equals("details")) {
                flat.putAll(json("details.", content));
              } else {
                flat.put(name, content);
              }
            });
    return flat;
  }

  /** The members of an object as they are written, separators and digits included. */
  private static Map<String, String> json(String prefix, String text) {
    Map<String, String> members = new LinkedHashMap<>();
    StringBuilder again = new StringBuilder("{");
    for (Map.Entry<String, JsonNode> member : read(text).properties()) {
      int begin = text.indexOf("\"" + member.getKey() + "\": ", again.length() - 1);
      again.append(again.length() == 1 ? "" : ", ").append('"').append(member.getKey());
      again.append("\": ");
      if (begin < 0 || begin + member.getKey().length() + 4 != again.length()) {
        throw new IllegalArgumentException("not as Python writes it: " + text);
      }
      String raw = raw(text, again.length());
      members.put(prefix + member.getKey(), raw);
      again.append(raw);
    }
    if (!again.append('}').toString().equals(text)) {
      throw new IllegalArgumentException("not as Python writes it: " + text);
    }
    return members;
  }

  /** The text of the value that begins here. */
  private static String raw(String text, int begin) {
    int depth = 0;
    boolean quoted = false;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[')) {
        depth++;
      } else if (!quoted && depth == 0 && (c == ',' || c == '}')) {
        return text.substring(begin, i);
      } else if (!quoted && (c == '}' || c == ']')) {
        depth--;
      }
    }
    throw new IllegalArgumentException("no JSON: " + text);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }
}
