package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.health.HealthRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What a console says over HTTP, of health above all. */
final class ConsoleHealth {

  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI console;

  ConsoleHealth(String url) {
    console = URI.create(url);
  }

  /** Returns what the console answers. */
  JsonNode ask(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(console.resolve(path)).build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until a path has a row, and returns the first. */
  JsonNode awaitRow(String path) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_EVERY)
        .until(() -> ask(path), rows -> !rows.isEmpty())
        .get(0);
  }

  /**
   * Waits until these cost points and nothing else does, and checks score and level.
   *
   * @return what was found, by what it costs
   */
  Map<HealthCost, String> awaitCosts(HealthCost... expected) {
    Map<HealthCost, String> found = new EnumMap<>(HealthCost.class);
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_EVERY)
        .untilAsserted(
            () -> {
              found.clear();
              found.putAll(look(Set.of(expected)));
            });
    return found;
  }

  /**
   * Waits until this costs points and nothing else does, in a sentence that has these words in it.
   *
   * @return the sentence
   */
  String awaitCost(HealthCost cost, String... words) {
    AtomicReference<String> found = new AtomicReference<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_EVERY)
        .untilAsserted(
            () -> {
              found.set(look(Set.of(cost)).get(cost));
              assertThat(found.get()).contains(words);
            });
    return found.get();
  }

  private Map<HealthCost, String> look(Set<HealthCost> expected) {
    JsonNode health = ask("/api/health");
    Map<HealthCost, String> found = new EnumMap<>(HealthCost.class);
    for (JsonNode cost : health.get("costs")) {
      found.put(HealthCost.valueOf(cost.get("cost").asText()), cost.get("found").asText());
    }
    assertThat(found.keySet()).as(found.toString()).isEqualTo(expected);
    int lost = expected.stream().mapToInt(HealthCost::points).sum();
    int score = Math.max(0, 100 - lost);
    assertThat(health.get("score").asInt()).isEqualTo(score);
    assertThat(health.get("level").asText()).isEqualTo(HealthRow.Level.of(score).name());
    return found;
  }
}
