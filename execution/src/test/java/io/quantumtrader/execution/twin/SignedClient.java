package io.quantumtrader.execution.twin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client of the twin that signs by HMAC, as small as a client can be. */
final class SignedClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;
  private final String apiKey;
  private final String secret;
  private final LongSupplier nowMs;

  /** An answer, with its status and headers. */
  record Answer(int status, JsonNode body, HttpHeaders headers) {
    int code() {
      return body.path("code").asInt();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  SignedClient(URI url, String apiKey, String secret, LongSupplier nowMs) {
    this.url = url;
    this.apiKey = apiKey;
    this.secret = secret;
    this.nowMs = nowMs;
  }

  @Override
  public void close() {
    http.close();
  }

  /** Sends a signed request; parameters as in a query, without time and signature. */
  Answer signed(String method, String path, String parameters) {
    String joined = parameters.isEmpty() ? "" : parameters + "&";
    String payload = joined + "timestamp=" + nowMs.getAsLong();
    return send(method, path + "?" + payload + "&signature=" + hmac(payload));
  }

  /** Sends a request as it is, with the key. */
  Answer send(String method, String pathAndQuery) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + pathAndQuery))
            .header("X-MBX-APIKEY", apiKey)
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return answer(request);
  }

  /** Sends a command to the twin's own addresses. */
  Answer command(String name, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/twin/" + name))
            .POST(HttpRequest.BodyPublishers.ofString(json, UTF_8))
            .build();
    return answer(request);
  }

  private Answer answer(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      return new Answer(
          response.statusCode(), MAPPER.readTree(response.body()), response.headers());
    } catch (IOException cut) {
      throw new UncheckedIOException(cut);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  Answer market(String symbol, String side, String quantity, String more) {
    return signed(
        "POST",
        "/fapi/v1/order",
        "symbol="
            + URLEncoder.encode(symbol, UTF_8)
            + "&side="
            + side
            + "&type=MARKET&quantity="
            + quantity
            + more);
  }

  String hmac(String payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
