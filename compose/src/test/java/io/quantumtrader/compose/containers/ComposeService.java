package io.quantumtrader.compose.containers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service of a resolved compose file.
 *
 * @param name its name
 * @param fields what the file says
 */
record ComposeService(String name, Map<String, Object> fields) {

  /** What a service waits for. */
  enum Condition {
    service_healthy,
    service_completed_successfully
  }

  Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>();
    ComposeYaml.map(fields, "environment").forEach((key, value) -> all.put(key, value.toString()));
    return all;
  }

  List<String> list(String key) {
    Object found = fields.get(key);
    return found == null ? List.of() : ((List<?>) found).stream().map(Object::toString).toList();
  }

  String text(String key) {
    Object found = fields.get(key);
    return found == null ? "" : found.toString();
  }

  Map<String, Condition> dependsOn() {
    Map<String, Condition> all = new LinkedHashMap<>();
    ComposeYaml.map(fields, "depends_on")
        .forEach(
            (other, how) ->
                all.put(
                    other, Condition.valueOf(ComposeYaml.asMap(how).get("condition").toString())));
    return all;
  }

  /** Whether it starts without another one that no active profile starts. */
  boolean startsWithout(String other) {
    Object how = ComposeYaml.map(fields, "depends_on").get(other);
    return Boolean.FALSE.equals(ComposeYaml.asMap(how).get("required"));
  }

  /** Returns the service without what it waits for and does not need. */
  ComposeService waitingOnlyFor(Set<String> there) {
    Map<String, Object> waits = new LinkedHashMap<>(ComposeYaml.map(fields, "depends_on"));
    boolean changed =
        waits.keySet().removeIf(other -> !there.contains(other) && startsWithout(other));
    if (!changed) {
      return this;
    }
    Map<String, Object> left = new LinkedHashMap<>(fields);
    left.put("depends_on", waits);
    return new ComposeService(name, left);
  }

  /** Returns the command that says whether the service works, empty where there is none. */
  List<String> healthCommand() {
    Object test = ComposeYaml.map(fields, "healthcheck").get("test");
    if (test == null) {
      return List.of();
    }
    List<String> words = ((List<?>) test).stream().map(Object::toString).toList();
    if (!words.getFirst().equals("CMD")) {
      throw new IllegalArgumentException(name + ": a health check begins with CMD: " + words);
    }
    return words.subList(1, words.size());
  }

  /** Whether it ends by itself. */
  boolean isJob() {
    return text("restart").equals("no");
  }

  boolean isBuiltFrom(String dockerfile) {
    return dockerfile.equals(ComposeYaml.map(fields, "build").get("dockerfile"));
  }
}
