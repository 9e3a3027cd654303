package io.quantumtrader.app.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.metrics.ConnectorWatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The REST interface of a Connect cluster, as far as connectors are set up through it. */
final class ConnectRest implements ConnectorWatch.Connectors, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);
  private static final long PAUSE_MS = 250;
  private static final Duration LOOKS_WITHIN = Duration.ofSeconds(5);
  private static final String RUNNING = "RUNNING";
  private static final String FAILED = "FAILED";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Duration patience;

  /**
   * Names the place.
   *
   * @param url of the worker, with or without a slash at its end
   * @param patience how long to wait for workers that are starting or rebalancing
   */
  ConnectRest(String url, Duration patience) {
    this.url = url.replaceFirst("/+$", "");
    this.patience = patience;
  }

  /**
   * Creates a connector or changes its configuration.
   *
   * @throws CommandFailure with Connect's reason, if it refuses or is not there
   */
  void put(String name, Map<String, String> configuration) throws InterruptedException {
    HttpRequest request =
        request("/connectors/" + name + "/config")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(text(configuration)))
            .build();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Answer answer = send(request);
      if (answer.status() / 100 == 2) {
        return;
      }
      if (!answer.mayBetter() || System.nanoTime() > end) {
        throw new CommandFailure(
            "Connect at %s refuses %s: %s".formatted(url, name, answer.reason()));
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  /**
   * Waits until a connector and its tasks run.
   *
   * @throws CommandFailure if one of them fails, or the time is up
   */
  void awaitRunning(String name) throws InterruptedException {
    HttpRequest request = request("/connectors/" + name + "/status").build();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Answer answer = send(request);
      List<JsonNode> parts = answer.parts();
      if (parts.size() > 1 && parts.stream().allMatch(part -> RUNNING.equals(state(part)))) {
        return;
      }
      for (JsonNode part : parts) {
        if (FAILED.equals(state(part))) {
          throw new CommandFailure(
              name + " failed: " + part.path("trace").asText().lines().findFirst().orElse(""));
        }
      }
      if (System.nanoTime() > end) {
        throw new CommandFailure(
            "%s is not running after %d s: %s"
                .formatted(name, patience.toSeconds(), answer.reason()));
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  @Override
  public ConnectorWatch.View view(String name) throws InterruptedException {
    Answer answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/connectors/" + name + "/status"))
                .timeout(LOOKS_WITHIN)
                .build());
    List<JsonNode> parts = answer.parts();
    if (parts.isEmpty()) {
      return new ConnectorWatch.View(
          false, false, "Connect at %s says: %s".formatted(url, answer.reason().strip()));
    }
    Optional<JsonNode> failed =
        parts.stream().filter(part -> FAILED.equals(state(part))).findFirst();
    if (failed.isPresent()) {
      String trace = failed.get().path("trace").asText().lines().findFirst().orElse("");
      String what = failed.get().has("id") ? "task " + failed.get().path("id").asInt() : "it";
      return new ConnectorWatch.View(false, true, what + " has failed: " + trace);
    }
    boolean running =
        parts.size() > 1 && parts.stream().allMatch(part -> RUNNING.equals(state(part)));
    return new ConnectorWatch.View(
        running, false, "states " + parts.stream().map(ConnectRest::state).toList());
  }

  @Override
  public boolean restart(String name) throws InterruptedException {
    String path = "/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true";
    return send(request(path).POST(BodyPublishers.noBody()).build()).status() / 100 == 2;
  }

  private static String state(JsonNode part) {
    return part.path("state").asText();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWERS_WITHIN);
  }

  private Answer send(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Answer(0, "no answer: " + e);
    }
  }

  private static String text(Map<String, String> configuration) {
    try {
      return JSON.writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is always JSON", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  /** What came back; status 0 where nothing did. */
  private record Answer(int status, String body) {

    /** Whether waiting may help: not there yet, rebalancing, or not ready. */
    boolean mayBetter() {
      return status == 0 || status == 409 || status >= 500;
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        return JSON.missingNode();
      }
    }

    /** The connector and its tasks; empty while there is no status. */
    List<JsonNode> parts() {
      if (status != 200) {
        return List.of();
      }
      List<JsonNode> parts = new ArrayList<>();
      parts.add(json().path("connector"));
      json().path("tasks").forEach(parts::add);
      return parts;
    }

    String reason() {
      String message = json().path("message").asText();
      String said = message.isBlank() ? body : message;
      return said.isBlank() ? "status " + status : said;
    }
  }
}
