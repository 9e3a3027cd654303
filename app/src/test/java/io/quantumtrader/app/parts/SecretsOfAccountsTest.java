package io.quantumtrader.app.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantumtrader.app.Quantum;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.testing.PlantedSecrets;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.OrderSide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Secrets of three accounts, from the environment and from a file, against a server that answers
 * every request with a page that repeats it, headers and all: the worst answer there is.
 */
final class SecretsOfAccountsTest {

  private static final Pattern SIGNATURE = Pattern.compile("signature=([^&\\s]+)");
  private static final String HMAC = "planted+Secret/of=the&environment";
  private static final String FILED = "planted+Secret/of=a&file";
  private static final List<String> IDS =
      List.of("plantedKeyOfTheEnvironment", "plantedKeyOfTheFile", "plantedKeyOfEd25519");

  @TempDir private Path directory;
  private final Set<String> signatures = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private PlantedSecrets planted;
  private String pem;

  @Command
  private static final class Holder {
    @Mixin private ExchangeOptions exchange = new ExchangeOptions();
  }

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::repeat);
    server.start();
    pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(
                    KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    planted = new PlantedSecrets(HMAC, FILED);
    IDS.forEach(planted::add);
    planted.addPem(pem);
  }

  @AfterEach
  void stop() {
    planted.close();
    server.stop(0);
  }

  /** In turn 200, 400, 401, 500 and 503; the time alone is told, so that requests are signed. */
  private void repeat(HttpExchange asked) throws IOException {
    Matcher signature = SIGNATURE.matcher(asked.getRequestURI().toString());
    while (signature.find()) {
      signatures.add(signature.group(1));
      signatures.add(URLDecoder.decode(signature.group(1), UTF_8));
    }
    boolean time = asked.getRequestURI().getPath().endsWith("/time");
    int[] codes = {200, 400, 401, 500, 503};
    int code = time ? 200 : codes[requests.getAndIncrement() % codes.length];
    String page =
        time
            ? "{\"serverTime\":" + System.currentTimeMillis() + "}"
            : asked.getRequestURI()
                + " of "
                + asked.getRequestHeaders().getFirst("X-MBX-APIKEY")
                + " cannot be served";
    byte[] body = page.getBytes(UTF_8);
    asked.sendResponseHeaders(code, body.length);
    asked.getResponseBody().write(body);
    asked.close();
  }

  private List<String> place(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--exchange=twin",
                "--exchange-url=http://127.0.0.1:" + server.getAddress().getPort(),
                "--exchange-streams=ws://127.0.0.1:" + server.getAddress().getPort()));
    words.addAll(List.of(more));
    return words;
  }

  private Map<String, String> settings() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), FILED + "\n");
    Path key = Files.writeString(directory.resolve("key.pem"), pem);
    return Map.of(
        "QUANTUM_BINANCE_KEY", IDS.get(0),
        "QUANTUM_BINANCE_SECRET", HMAC,
        "QUANTUM_BINANCE_FILED_KEY", IDS.get(1),
        "QUANTUM_BINANCE_FILED_SECRET_FILE", secret.toString(),
        "QUANTUM_BINANCE_ED_KEY", IDS.get(2),
        "QUANTUM_BINANCE_ED_PRIVATE_KEY_FILE", key.toString());
  }

  @Test
  void shouldSayNothingOfThemWhateverIsAnswered() throws Exception {
    // given
    List<String> accounts = List.of("main", "filed", "ed");
    Path session = directory.resolve("session");
    Holder holder = new Holder();
    var unused =
        new CommandLine(holder)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(place("--record-session=" + session).toArray(String[]::new));
    List<String> told = new ArrayList<>();
    List<ApiKey> keys = holder.exchange.keys(accounts, settings(), told::add);

    // when
    try (BinanceExchange exchange = holder.exchange.open(keys, System::currentTimeMillis)) {
      for (int turn = 0; turn < 5; turn++) {
        for (String account : accounts) {
          long nowMs = System.currentTimeMillis();
          told.add("" + exchange.account(account, nowMs));
          told.add("" + exchange.setLeverage(account, "BTCUSDT", 5, nowMs));
          told.add("" + exchange.execute(order(account)));
          told.add("" + exchange.query(account, "BTCUSDT", "qs-0123456789abcdef", nowMs));
          told.add("" + exchange.marketLink().unplanned(account, nowMs));
        }
      }
      for (ApiKey key : keys) {
        told.add("" + holder.exchange.preflight(key, List.of(), System::currentTimeMillis));
      }
      told.add(keys + " " + holder.exchange.environment());
    }

    // then
    String said = String.join("\n", told);
    assertThat(said).as("what is looked through").contains("cannot be served");
    assertThat(signatures).hasSizeGreaterThan(30);
    signatures.forEach(planted::add);
    planted.assertAbsent("what was told", said);
    planted.assertAbsent("the session", Files.readString(session));
    assertThat(planted.logs()).contains("cannot be served");
    planted.assertNotLogged();
  }

  @Test
  void shouldSayNothingOfThemInCommands() throws Exception {
    // given
    Path keys = directory.resolve("keys");
    StringBuilder lines = new StringBuilder();
    settings().forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    Files.writeString(keys, lines.toString());
    StringWriter said = new StringWriter();
    PrintStream err = System.err;
    ByteArrayOutputStream screen = new ByteArrayOutputStream();

    // when
    try {
      System.setErr(new PrintStream(screen, true, UTF_8));
      for (String command :
          List.of("service preflight --accounts=main,filed,ed", "flatten --direct --account=ed")) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(place("--keys=" + keys));
        int code =
            Quantum.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(words.toArray(String[]::new));
        assertThat(code).isNotZero();
      }
    } finally {
      System.setErr(err);
    }

    // then
    String all = said + screen.toString(UTF_8);
    assertThat(all)
        .contains("✗ main: ", "cannot be served", "the exchange does not say what is open");
    signatures.forEach(planted::add);
    planted.assertAbsent("what the commands said", all);
    planted.assertNotLogged();
  }

  private static MarketOrder order(String account) {
    return new MarketOrder(
        account,
        "BTCUSDT",
        OrderSide.BUY,
        new BigDecimal("0.01"),
        false,
        "qs-0123456789abcdef",
        System.currentTimeMillis());
  }
}
