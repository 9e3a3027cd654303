package io.quantumtrader.app.alerting;

import io.quantumtrader.app.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Sends alerts to an Alertmanager, over its interface v2. */
public final class AlertmanagerClient {

  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final URI base;

  private AlertmanagerClient(URI base) {
    this.base = base;
  }

  /**
   * Returns one for an address.
   *
   * @param given an address as it was given; null, blank or {@code none}: there is no Alertmanager
   * @throws CommandFailure with exit code 2 if it is no address
   */
  public static Optional<AlertmanagerClient> at(String given) {
    if (given == null || given.isBlank() || given.strip().equals("none")) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(given.strip());
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return Optional.of(new AlertmanagerClient(uri));
      }
    } catch (IllegalArgumentException notOne) {
      // Told below.
    }
    throw new CommandFailure(
        2, "--alertmanager must be an address like http://localhost:9093, or none", null);
  }

  /** Returns its address, for people: without what may be secret in it. */
  public String address() {
    return base.getScheme()
        + "://"
        + base.getHost()
        + (base.getPort() < 0 ? "" : ":" + base.getPort());
  }

  /**
   * Sends alerts; returns once Alertmanager has taken them.
   *
   * @param alerts a JSON list, as its interface takes it
   * @throws IOException if it does not answer within ten seconds, or does not take them
   */
  public void send(String alerts) throws IOException, InterruptedException {
    String path = base.getPath() == null ? "" : base.getPath().replaceFirst("/+$", "");
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path + "/api/v2/alerts"))
            .timeout(WITHIN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(alerts))
            .build();
    // Closed again at once: it is needed once a day.
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(WITHIN).build()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new IOException(
            "it answered %d: %s"
                .formatted(
                    answer.statusCode(), answer.body().lines().findFirst().orElse("nothing")));
      }
    }
  }
}
