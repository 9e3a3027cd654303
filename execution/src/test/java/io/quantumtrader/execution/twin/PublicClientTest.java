package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A client that many use with the exchange, npm's {@code binance}, trades on the twin over REST and
 * streams, and notices no difference. Its version, and those of all it needs, are pinned.
 */
@Tag("real")
final class PublicClientTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path PROGRAM = Path.of("src", "test", "resources", "public-client");
  private static final Path HERE = Path.of("target", "public-client").toAbsolutePath();
  private static final long WITHIN_S = 180;
  private static final String KEY = "0123456789abcdefKEY";
  private static final String SECRET = "a-secret-of-the-tests";

  private static final String ED_KEY = "fedcba9876543210KEY";

  private KeyPair pair;
  private ExchangeTwin twin;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    twin =
        ExchangeTwin.start(
            TwinSettings.of(
                    List.of(
                        TwinAccount.hmac("main", KEY, SECRET, "10000"),
                        TwinAccount.ed25519(
                            "second", ED_KEY, pem("PUBLIC", pair.getPublic()), "500")),
                    List.of(TwinSymbol.perpetual("BTCUSDT", "60000", "0.10", "0.001", "100")))
                .tickMs(50)
                .build());
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  @Test
  void shouldServeAClientOfThePublic() throws Exception {
    // given
    copyProgram();
    run("install", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");

    // when
    Map<String, JsonNode> said = answers(run("trade", "node", "trade.js"));
    Map<String, JsonNode> bySocket = answers(run("socket", "node", "socket.js"));

    // then
    ordersBySocket("hmac", bySocket);
    ordersBySocket("logon", bySocket);
    assertThat(twin.state().amount("second", "BTCUSDT")).isEqualByComparingTo("0.01");
    marketIsKnown(said);
    positionIsOpened(said);
    stopIsHeldAndCancelled(said);
    targetCloses(said);
    limitStopRestsAndTrailFollows(said);
    limitRestsAndIsCancelled(said);
    assertThat(said.get("keyClosed").has("refused")).isFalse();
    // What was bought over the socket, after all before was closed.
    assertThat(twin.state().amount("main", "BTCUSDT")).isEqualByComparingTo("0.01");
  }

  private static void marketIsKnown(Map<String, JsonNode> said) {
    assertThat(said.get("time").asLong()).isPositive();
    JsonNode symbol = said.get("exchangeInfo").path("symbols").path(0);
    assertThat(symbol.path("symbol").asText()).isEqualTo("BTCUSDT");
    assertThat(symbol.path("filters").findValuesAsText("filterType"))
        .contains("PRICE_FILTER", "LOT_SIZE", "MARKET_LOT_SIZE", "MIN_NOTIONAL", "PERCENT_PRICE");
    assertThat(said.get("klines").path(0)).hasSize(12);
    assertThat(said.get("mark").path("markPrice").asText()).isEqualTo("60000");
    assertThat(said.get("leverage").path("leverage").asInt()).isEqualTo(5);
    assertThat(said.get("mode").path("dualSidePosition").asBoolean(true)).isFalse();
    assertThat(said.get("account").path("totalWalletBalance").asText()).isEqualTo("10000");
    assertThat(said.get("candle").path("k").path("i").asText()).isEqualTo("1m");
    assertThat(said.get("markTold").path("s").asText()).isEqualTo("BTCUSDT");
  }

  private static void positionIsOpened(Map<String, JsonNode> said) {
    // The exchange acknowledges without a fill; this is told on the stream.
    assertThat(said.get("order").path("status").asText()).isEqualTo("NEW");
    assertThat(said.get("orderFilled").path("o").path("z").asText()).isEqualTo("0.01");
    assertThat(said.get("orderAsked").path("status").asText()).isEqualTo("FILLED");
    assertThat(said.get("orderAsked").path("orderId"))
        .isEqualTo(said.get("orderFilled").path("o").path("i"));
    assertThat(said.get("positions")).hasSize(1);
    assertThat(said.get("positions").path(0).path("positionAmt").asText()).isEqualTo("0.01");
    assertThat(said.get("trades").path(0).path("id"))
        .isEqualTo(said.get("orderFilled").path("o").path("t"));
  }

  private static void stopIsHeldAndCancelled(Map<String, JsonNode> said) {
    assertThat(said.get("stop").path("algoStatus").asText()).isEqualTo("NEW");
    assertThat(said.get("stopAgain").path("refused").asInt()).isEqualTo(-4130);
    assertThat(said.get("stopsOpen").findValuesAsText("algoId"))
        .containsExactly(said.get("stop").path("algoId").asText());
    assertThat(said.get("stopCancelled").path("code").asText()).isEqualTo("200");
    assertThat(said.get("stopTold").path("o").path("aid"))
        .isEqualTo(said.get("stop").path("algoId"));
  }

  private static void targetCloses(Map<String, JsonNode> said) {
    JsonNode fill = said.get("targetFilled").path("o");
    assertThat(fill.path("R").asBoolean()).isTrue();
    assertThat(said.get("targetFinished").path("o").path("ai").asText())
        .isEqualTo(fill.path("i").asText());
    assertThat(said.get("targetAsked").path("algoStatus").asText()).isEqualTo("FINISHED");
    assertThat(said.get("targetAsked").path("actualOrderId").asText())
        .isEqualTo(fill.path("i").asText());
    assertThat(said.get("flat")).isEmpty();
    assertThat(said.get("income").path(0).path("income").asText())
        .isEqualTo(fill.path("rp").asText());
  }

  private static void limitStopRestsAndTrailFollows(Map<String, JsonNode> said) {
    JsonNode triggered = said.get("limitStopRests").path("o");
    assertThat(triggered.path("act").asText()).isEqualTo("LIMIT");
    assertThat(triggered.path("p").asText()).isEqualTo("61400");
    assertThat(said.get("limitStopOpen").findValuesAsText("orderId"))
        .containsExactly(triggered.path("ai").asText());
    assertThat(said.get("limitStopCancelled").path("status").asText()).isEqualTo("CANCELED");
    assertThat(said.get("limitStopFinished").path("o").path("aq").asText()).isEqualTo("0");
    assertThat(said.get("trailTooFar").path("refused").asInt()).isEqualTo(-2007);
    JsonNode trail = said.get("trailOpen").path(0);
    assertThat(trail.path("algoId")).isEqualTo(said.get("trail").path("algoId"));
    assertThat(trail.path("callbackRate").asText()).isEqualTo("1");
    assertThat(trail.path("activatePrice").asText()).isEqualTo("60000");
    assertThat(said.get("trailCancelled").path("code").asText()).isEqualTo("200");
  }

  private static void limitRestsAndIsCancelled(Map<String, JsonNode> said) {
    assertThat(said.get("limitsOpen").findValuesAsText("orderId"))
        .containsExactly(said.get("limit").path("orderId").asText());
    assertThat(said.get("limitCancelled").path("status").asText()).isEqualTo("CANCELED");
    assertThat(said.get("limitUnknown").path("refused").asInt()).isEqualTo(-2011);
    assertThat(said.get("tooSmall").path("refused").asInt()).isEqualTo(-4164);
  }

  private static void ordersBySocket(String by, Map<String, JsonNode> said) {
    assertThat(said.get(by + "Price").at("/result/price").asText()).isEqualTo("61500");
    assertThat(said.get(by + "Book").at("/result/symbol").asText()).isEqualTo("BTCUSDT");
    assertThat(said.get(by + "Order").at("/result/status").asText()).isEqualTo("NEW");
    assertThat(said.get(by + "Status").at("/result/price").asText()).isEqualTo("59000");
    assertThat(said.get(by + "Cancelled").at("/result/status").asText()).isEqualTo("CANCELED");
    assertThat(said.get(by + "Unknown").path("refused").asInt()).isEqualTo(-2011);
    assertThat(said.get(by + "Positions").at("/result/0/positionAmt").asText()).isEqualTo("0.01");
    assertThat(said.get(by + "Balance").path("result")).hasSize(2);
    assertThat(said.get(by + "Account").at("/result/positions")).hasSize(1);
  }

  private static void copyProgram() throws IOException {
    Files.createDirectories(HERE);
    for (String file : List.of("package.json", "package-lock.json", "trade.js", "socket.js")) {
      Files.copy(PROGRAM.resolve(file), HERE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String pem(String what, Key key) {
    return "-----BEGIN %s KEY-----\n%s\n-----END %1$s KEY-----\n"
        .formatted(what, Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  private static Map<String, JsonNode> answers(String out) throws IOException {
    Map<String, JsonNode> said = new LinkedHashMap<>();
    for (String line : out.lines().toList()) {
      JsonNode read = MAPPER.readTree(line);
      said.put(read.path("step").asText(), read.path("answer"));
    }
    return said;
  }

  /** Runs a program and returns what it wrote; it must end well. */
  private String run(String name, String... command) throws IOException, InterruptedException {
    Path out = HERE.resolve(name + ".out");
    Path err = HERE.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(HERE.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "TWIN_REST",
                twin.restUrl().toString(),
                "TWIN_STREAMS",
                twin.streamUrl().toString(),
                "TWIN_KEY",
                KEY,
                "TWIN_SECRET",
                SECRET,
                "TWIN_ED_KEY",
                ED_KEY,
                "TWIN_ED_SECRET",
                pem("PRIVATE", pair.getPrivate())));
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(WITHIN_S, TimeUnit.SECONDS);
      String told = Files.readString(out) + Files.readString(err);
      assertThat(ended).as("%s took too long: %s", name, told).isTrue();
      assertThat(process.exitValue()).as("%s: %s", name, told).isZero();
      return Files.readString(out);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
