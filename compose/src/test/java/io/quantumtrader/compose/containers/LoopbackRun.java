package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All services of the compose file as plain processes, some of which may be killed and come back.
 */
final class LoopbackRun implements AutoCloseable {

  private static final Duration ALL_START_WITHIN = Duration.ofMinutes(10);
  private static final long PAUSE_MS = 200;

  private final ComposeProject project;
  private final Loopback loopback;
  private final LoopbackStart start;
  private final Map<String, LoopbackService> started = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  LoopbackRun(ComposeProject project, Path directory) throws IOException {
    this.project = project;
    this.loopback = new Loopback(directory);
    this.start = new LoopbackStart(directory, loopback);
  }

  Loopback loopback() {
    return loopback;
  }

  /** Starts each when what it waits for is there, and returns when all are. */
  void startAll() throws IOException, InterruptedException {
    List<ComposeService> waiting = new ArrayList<>(project.inOrder());
    Set<String> ready = new TreeSet<>();
    long end = System.nanoTime() + ALL_START_WITHIN.toNanos();
    while (ready.size() < project.services().size()) {
      for (ComposeService service : List.copyOf(waiting)) {
        if (ready.containsAll(service.dependsOn().keySet())) {
          started.put(service.name(), start.start(service));
          waiting.remove(service);
        }
      }
      assertNoneHasFailed();
      for (LoopbackService service : started.values()) {
        if (!ready.contains(service.name()) && isThere(service)) {
          ready.add(service.name());
        }
      }
      assertThat(System.nanoTime())
          .as(() -> "ready: " + ready + " of " + started.values())
          .isLessThan(end);
      Thread.sleep(PAUSE_MS);
    }
  }

  private static boolean isThere(LoopbackService service) throws IOException, InterruptedException {
    return service.isJob() ? service.hasCompleted() : service.isHealthy();
  }

  /** Fails with the output of the first that ended though nobody ended it. */
  void assertNoneHasFailed() {
    for (LoopbackService service : started.values()) {
      assertThat(service.hasFailed()).as(() -> service + ":\n" + tail(service)).isFalse();
    }
  }

  private static String tail(LoopbackService service) {
    try {
      List<String> lines = service.output();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Kills one without a word. */
  void kill(String name) {
    started.remove(name).kill();
  }

  /** Starts one that was killed, on the same ports and data. */
  void startAgain(String name) throws IOException {
    ComposeService service = project.services().get(name);
    started.put(name, start.start(service, name + "-again-" + System.nanoTime()));
  }

  /** Whether the health checks of the compose file pass for all. */
  List<String> unhealthy() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (LoopbackService service : List.copyOf(started.values())) {
      if (!isThere(service)) {
        names.add(service.name());
      }
    }
    return names;
  }

  /** Returns whether the health check of the compose file passes for one. */
  boolean isHealthy(String name) throws IOException, InterruptedException {
    return started.get(name).isHealthy();
  }

  /** Returns what one answers to /health. */
  String health(String name) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + loopback.port(name, 9400) + "/health");
    try {
      return http.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "no answer: " + e;
    }
  }

  @Override
  public void close() {
    started.values().forEach(LoopbackService::kill);
    http.close();
  }
}
