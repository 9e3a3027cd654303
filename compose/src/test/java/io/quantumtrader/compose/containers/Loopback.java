package io.quantumtrader.compose.containers;

import io.quantumtrader.compose.EmbeddedRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Docker's network and file systems would do, on this machine: each port of a container is a
 * free one of the loopback interface, each volume a directory, each file of an image the one that
 * the image is built from.
 */
final class Loopback {

  /** The ports that services listen on in their containers. */
  private static final Map<String, List<Integer>> LISTENS =
      Map.of(
          "kafka", List.of(19092, 9092, 9093),
          "registry", List.of(8080),
          "redis", List.of(6379),
          "connect", List.of(8083, 9404),
          "stages", List.of(9400),
          "executor", List.of(9400),
          "feed", List.of(9400),
          "console", List.of(8787, 9400));

  private final Path directory;
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  Loopback(Path directory) {
    this.directory = directory;
    LISTENS.forEach((name, all) -> all.forEach(port -> ports.put(name + ":" + port, free())));
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port here of a port of a service. */
  int port(String service, int port) {
    return ports.get(service + ":" + port);
  }

  /** Returns the directory of a volume. */
  Path volume(String name) throws IOException {
    return Files.createDirectories(directory.resolve("volumes").resolve(name));
  }

  /** Returns a text of the file with the addresses and paths of this machine. */
  String here(ComposeService service, String text) throws IOException {
    String here = text.equals("0.0.0.0") ? "127.0.0.1" : text;
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      here = replaced(here, "(?<![\\w.-])" + port.getKey() + "\\b", "127.0.0.1:" + port.getValue());
    }
    for (int port : LISTENS.getOrDefault(service.name(), List.of())) {
      int free = port(service.name(), port);
      here = replaced(here, "://(0\\.0\\.0\\.0)?:" + port + "\\b", "://127.0.0.1:" + free);
      here = replaced(here, "/127\\.0\\.0\\.1/" + port + "\\b", "/127.0.0.1/" + free);
      // A variable that is the port alone, and the agent's, which stands before its file.
      here = replaced(here, "^" + port + "$", Integer.toString(free));
      here = replaced(here, "=" + port + ":", "=127.0.0.1:" + free + ":");
    }
    // In one pass: what stands for a path may begin with another.
    Map<String, Path> paths = paths(service);
    String any =
        paths.keySet().stream()
            .sorted(Comparator.comparing(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?<![\\w./-])(", ")(?![\\w.-])"));
    return Pattern.compile(any)
        .matcher(here)
        .replaceAll(found -> Matcher.quoteReplacement(paths.get(found.group()).toString()));
  }

  private static String replaced(String text, String pattern, String by) {
    return text.replaceAll(pattern, Matcher.quoteReplacement(by));
  }

  private Map<String, Path> paths(ComposeService service) throws IOException {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String volume : service.list("volumes")) {
      String[] parts = volume.split(":", -1);
      paths.put(
          parts[1],
          parts[0].startsWith("./")
              ? ComposeProject.FOLDER.resolve(parts[0]).normalize()
              : volume(parts[0]));
    }
    for (String temporary : service.list("tmpfs")) {
      Path own = directory.resolve("tmp").resolve(service.name());
      paths.put(temporary.split(":", -1)[0], Files.createDirectories(own));
    }
    paths.put("/opt/quantum/bin", images(service));
    paths.put("/opt/quantum/agent/jmx_prometheus_javaagent.jar", metricsAgent());
    paths.put(
        "/opt/quantum/connect/jmx-exporter.yml",
        ComposeProject.FOLDER.resolve("connect/jmx-exporter.yml"));
    return paths;
  }

  /** Returns the agent that the image of Connect gets by Maven, as Maven gave it to the tests. */
  private static Path metricsAgent() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.contains("jmx_prometheus_javaagent"))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  private static Path images(ComposeService service) {
    return ComposeProject.FOLDER
        .resolve("images")
        .resolve(service.isBuiltFrom(ComposeProject.CONNECT) ? "connect" : "app");
  }

  /** Returns the environment that Docker would give, and where programs are found. */
  Map<String, String> environment(ComposeService service) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (Map.Entry<String, String> variable : service.environment().entrySet()) {
      all.put(variable.getKey(), here(service, variable.getValue()));
    }
    Path java = Path.of(System.getProperty("java.home"), "bin");
    all.put("PATH", java + ":" + directory.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin");
    return all;
  }

  /** Returns the health check. */
  List<String> health(ComposeService service) throws IOException {
    return all(service, service.healthCommand());
  }

  /** Returns each word with the addresses and paths of this machine. */
  List<String> all(ComposeService service, List<String> words) throws IOException {
    List<String> here = new ArrayList<>();
    for (String word : words) {
      here.add(here(service, word));
    }
    return here;
  }

  /** Returns the registry's own program. */
  static Path registry() {
    return EmbeddedRegistry.home().resolve("quarkus-run.jar");
  }
}
