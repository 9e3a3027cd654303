package io.quantumtrader.app.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Thresholds in a file: a JSON object of them, or what {@code policy show --json} prints, or lines
 * of KEY=VALUE, where # begins a comment.
 */
public final class PolicyFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a shown policy carries beside its thresholds. */
  private static final Set<String> WRITTEN = Set.of("name", "version", "createdAtMs", "note");

  private PolicyFile() {}

  /**
   * Returns the thresholds as words of the form KEY=VALUE.
   *
   * @throws CommandFailure if the file cannot be read, or is not JSON although it begins so
   */
  public static List<String> read(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.startsWith("{") ? ofJson(text) : ofLines(text);
    } catch (JsonProcessingException e) {
      throw new CommandFailure(PolicyDesk.WRONG, file + " is not a JSON object", e);
    } catch (IOException e) {
      throw new CommandFailure(
          PolicyDesk.WRONG, file + " cannot be read; give a file, or KEY=VALUE", e);
    }
  }

  private static List<String> ofJson(String text) throws JsonProcessingException {
    JsonNode given = JSON.readTree(text);
    JsonNode policy = given.path("policy").isObject() ? given.get("policy") : given;
    List<String> words = new ArrayList<>();
    policy
        .properties()
        .forEach(
            field -> {
              if (!WRITTEN.contains(field.getKey())) {
                words.add(field.getKey() + "=" + value(field.getValue()));
              }
            });
    return words;
  }

  private static String value(JsonNode node) {
    if (!node.isArray()) {
      return node.isValueNode() ? node.asText() : node.toString();
    }
    List<String> items = new ArrayList<>();
    node.forEach(item -> items.add(value(item)));
    return String.join(",", items);
  }

  private static List<String> ofLines(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
