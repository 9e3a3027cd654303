package io.quantumtrader.compose.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resolved project.
 *
 * @param name of the project
 * @param services those that the active profiles start, by name
 * @param volumes names of declared volumes
 * @param networks names of declared networks
 */
record ComposeProject(
    String name, Map<String, ComposeService> services, Set<String> volumes, Set<String> networks) {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path FOLDER = ROOT.resolve("compose");
  static final Path BASE = FOLDER.resolve("docker-compose.yml");
  static final Path SCALE = FOLDER.resolve("docker-compose.scale.yml");
  static final Path CONNECT_PORT = FOLDER.resolve("docker-compose.connect.yml");
  static final Path EXAMPLE = FOLDER.resolve(".env.example");
  static final String APP = "compose/images/app/Dockerfile";
  static final String CONNECT = "compose/images/connect/Dockerfile";

  static ComposeProject of(List<Path> files, Set<String> profiles, Map<String, String> environment)
      throws IOException {
    Map<String, Object> read = new ComposeYaml(environment).read(files);
    Map<String, ComposeService> services = new LinkedHashMap<>();
    ComposeYaml.map(read, "services")
        .forEach(
            (name, fields) -> {
              ComposeService service = new ComposeService(name, ComposeYaml.asMap(fields));
              List<String> wanted = service.list("profiles");
              if (wanted.isEmpty() || wanted.stream().anyMatch(profiles::contains)) {
                services.put(name, service);
              }
            });
    Set<String> there = Set.copyOf(services.keySet());
    services.replaceAll((key, service) -> service.waitingOnlyFor(there));
    return new ComposeProject(
        read.get("name").toString(),
        services,
        ComposeYaml.map(read, "volumes").keySet(),
        ComposeYaml.map(read, "networks").keySet());
  }

  /** Returns every set of profiles that the files' services can be started under. */
  static Set<Set<String>> profiles(List<Path> files) throws IOException {
    Set<Set<String>> sets = new LinkedHashSet<>(Set.of(Set.of()));
    Map<String, Object> read = new ComposeYaml(Map.of()).read(files);
    for (Object fields : ComposeYaml.map(read, "services").values()) {
      for (String profile : new ComposeService("", ComposeYaml.asMap(fields)).list("profiles")) {
        for (Set<String> set : List.copyOf(sets)) {
          Set<String> more = new TreeSet<>(set);
          more.add(profile);
          sets.add(more);
        }
      }
    }
    return sets;
  }

  /** Returns the whole as one file would say it. */
  Map<String, Object> asFile() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", name);
    Map<String, Object> fields = new LinkedHashMap<>();
    services.forEach((key, service) -> fields.put(key, service.fields()));
    all.put("services", fields);
    Map<String, Object> declared = new LinkedHashMap<>();
    volumes.forEach(volume -> declared.put(volume, Map.of()));
    all.put("volumes", declared);
    Map<String, Object> between = new LinkedHashMap<>();
    networks.forEach(network -> between.put(network, Map.of()));
    all.put("networks", between);
    return all;
  }

  /** Returns the settings of the example, as Docker reads them. */
  static Map<String, String> example() throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (String line : Files.readAllLines(EXAMPLE)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split("=", 2);
        if (all.put(parts[0], parts[1]) != null) {
          throw new IOException(EXAMPLE + " says twice: " + parts[0]);
        }
      }
    }
    return all;
  }

  /** Returns the services in an order in which each comes after what it waits for. */
  List<ComposeService> inOrder() {
    Map<String, ComposeService> left = new LinkedHashMap<>(services);
    List<ComposeService> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      ComposeService next =
          left.values().stream()
              .filter(one -> one.dependsOn().keySet().stream().noneMatch(left::containsKey))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("they wait for each other: " + left));
      ordered.add(next);
      left.remove(next.name());
    }
    return ordered;
  }
}
