package io.quantumtrader.compose.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An expression of a panel or an alert rule.
 *
 * @param where file and title
 * @param expression as it stands there
 * @param named labels that the legend or the messages name
 */
public record Asked(String where, String expression, List<String> named) {

  private static final Pattern NAMED =
      Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");

  /** Returns the compose folder of the source tree. */
  public static Path compose() {
    return GeneratedPage.directory().resolveSibling("compose");
  }

  /** Returns every expression of every dashboard. */
  public static List<Asked> ofDashboards() throws IOException {
    List<Asked> asked = new ArrayList<>();
    try (Stream<Path> files = Files.list(compose().resolve("grafana/dashboards"))) {
      for (Path file : files.sorted().toList()) {
        for (JsonNode panel : new JsonMapper().readTree(file.toFile()).get("panels")) {
          for (JsonNode target : panel.get("targets")) {
            asked.add(
                new Asked(
                    file.getFileName() + ": " + panel.get("title").asText(),
                    target.get("expr").asText(),
                    named(target.get("legendFormat").asText())));
          }
        }
      }
    }
    return asked;
  }

  /** Returns every alert rule. */
  public static List<Asked> ofAlerts() throws IOException {
    List<Asked> asked = new ArrayList<>();
    Path file = compose().resolve("prometheus/alerts.yml");
    for (JsonNode group : new YAMLMapper().readTree(file.toFile()).get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        asked.add(
            new Asked(
                "alerts.yml: " + rule.get("alert").asText(),
                rule.get("expr").asText(),
                named(
                    rule.at("/annotations/summary").asText()
                        + rule.at("/annotations/action").asText())));
      }
    }
    return asked;
  }

  private static List<String> named(String text) {
    return NAMED.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /**
   * Returns why it would stay empty or leave a label blank, a line each; none where all is there.
   */
  public List<String> missing(Exposition shown) {
    List<String> missing = new ArrayList<>();
    for (PromQl.Selector selector : PromQl.selectors(expression)) {
      selector.labels().addAll(named);
      shown.missing(selector).ifPresent(why -> missing.add(where + ": " + why));
    }
    return missing;
  }
}
