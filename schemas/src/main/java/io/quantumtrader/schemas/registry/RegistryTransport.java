package io.quantumtrader.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends requests to a registry. Several addresses are tried in turn, beginning with the one that
 * answered last; when all have failed, the round is repeated after a wait. Only failures that may
 * pass are repeated: no connection, time-outs, 408, 429 and 5xx.
 */
final class RegistryTransport implements AutoCloseable {

  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<RegistryAccess.Address> addresses;
  private final Duration readTimeout;
  private final Retries retries;
  private final HttpClient client;
  private volatile int preferred;

  RegistryTransport(
      List<String> urls,
      RegistryAccess access,
      Duration connectTimeout,
      Duration readTimeout,
      Retries retries) {
    this.addresses = urls.stream().map(access::address).toList();
    this.readTimeout = readTimeout;
    this.retries = retries;
    // HTTP/1.1: no upgrade header, which some proxies in front of registries refuse.
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout);
    access.ssl().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** One way to fail that may pass by itself. */
  private static final class PassingFailure extends Exception {
    private static final long serialVersionUID = 1L;

    PassingFailure(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Sends a request and returns the answer's JSON.
   *
   * @param method GET, POST or PUT
   * @param path begins with a slash
   * @param body JSON, or null for none
   * @param purpose what is requested; begins error messages
   */
  JsonNode call(String method, String path, JsonNode body, String purpose) {
    for (int repetition = 0; ; repetition++) {
      try {
        return callEach(method, path, body, purpose);
      } catch (PassingFailure failure) {
        if (repetition >= retries.limit()) {
          throw new RegistryUnavailableException(
              purpose
                  + ": the schema registry is unavailable after "
                  + (repetition + 1)
                  + (repetition == 0 ? " try: " : " tries: ")
                  + failure.getMessage(),
              failure.getCause());
        }
        pause(repetition);
      }
    }
  }

  private JsonNode callEach(String method, String path, JsonNode body, String purpose)
      throws PassingFailure {
    int start = preferred;
    StringBuilder failures = new StringBuilder();
    Throwable last = null;
    for (int i = 0; i < addresses.size(); i++) {
      int index = (start + i) % addresses.size();
      try {
        JsonNode answer = callOne(addresses.get(index), method, path, body, purpose);
        preferred = index;
        return answer;
      } catch (PassingFailure failure) {
        failures.append(failures.isEmpty() ? "" : "; ").append(failure.getMessage());
        last = failure.getCause();
      }
    }
    throw new PassingFailure(failures.toString(), last);
  }

  private JsonNode callOne(
      RegistryAccess.Address address, String method, String path, JsonNode body, String purpose)
      throws PassingFailure {
    String url = address.url();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(readTimeout)
            .header("Accept", CONTENT_TYPE + ", application/json")
            .header("Content-Type", CONTENT_TYPE)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    address.authorization().ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return RegistryAnswer.read(url, response.statusCode(), json(response.body()), purpose);
    } catch (RegistryAnswer.ServerTroubleException trouble) {
      throw new PassingFailure(trouble.getMessage(), trouble);
    } catch (IOException unreachable) {
      throw new PassingFailure(url + " " + describe(unreachable), unreachable);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(purpose + ": interrupted", interrupted);
    }
  }

  /** Some exceptions of the HTTP client, connection refused among them, have no message. */
  private static String describe(IOException failure) {
    return failure.getMessage() == null
        ? failure.getClass().getSimpleName()
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private void pause(int repetition) {
    try {
      retries.sleeper().sleep(retries.delay(repetition));
    } catch (InterruptedException interrupted) {
      throw new InterruptException("interrupted between two tries", interrupted);
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
