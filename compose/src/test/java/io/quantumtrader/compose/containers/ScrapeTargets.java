package io.quantumtrader.compose.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whom Prometheus asks for metrics. */
final class ScrapeTargets {

  private ScrapeTargets() {}

  /**
   * Returns the addresses of each job, as {@code host:port}, with the lists of targets that the
   * project's Prometheus mounts.
   */
  static Map<String, List<String>> of(ComposeProject project) throws IOException {
    ComposeService prometheus = project.services().get("prometheus");
    JsonNode config = read(mounted(prometheus, "/etc/prometheus/prometheus.yml"));
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (JsonNode job : config.get("scrape_configs")) {
      List<String> targets = new ArrayList<>();
      addTargets(job.path("static_configs"), targets);
      for (JsonNode lists : job.path("file_sd_configs")) {
        for (JsonNode file : lists.get("files")) {
          addTargets(read(mounted(prometheus, file.asText())), targets);
        }
      }
      all.put(job.get("job_name").asText(), targets);
    }
    return all;
  }

  private static void addTargets(JsonNode groups, List<String> targets) {
    for (JsonNode group : groups) {
      group.get("targets").forEach(target -> targets.add(target.asText()));
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }

  /** Returns the file of the source tree that a path in the container is. */
  private static Path mounted(ComposeService service, String path) {
    for (String volume : service.list("volumes")) {
      String[] parts = volume.split(":", -1);
      if (parts[0].startsWith("./") && path.startsWith(parts[1] + "/")) {
        return ComposeProject.FOLDER
            .resolve(parts[0])
            .normalize()
            .resolve(path.substring(parts[1].length() + 1));
      }
    }
    throw new IllegalArgumentException(service.name() + " mounts nothing that has " + path);
  }
}
