package io.quantumtrader.compose.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.testing.PlantedSecrets;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code --exchange demo} with the addresses of a twin in place of Binance's: the whole pipeline at
 * the exchange's own market, by requests and streams, with keys from a file, after its preflight.
 */
@Tag("real")
final class DemoPipelineTest {

  private static final Pattern METRICS = Pattern.compile("http://[^ ]+/metrics");

  @TempDir private Path directory;
  private ExchangeTwin twin;

  @BeforeEach
  void start() throws IOException {
    twin = DemoRun.twin(TwinSymbol.perpetual(DemoRun.BTC, "60000", "0.10", "0.001", "5"));
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  private List<String> demo(String... more) throws IOException {
    return DemoRun.options(twin, directory, more);
  }

  @Test
  void shouldOpenAPositionWithStopAndTargetAtTheExchangesOwnPrices() throws Exception {
    Path left = Files.createDirectories(directory.resolve("left"));
    try (PlantedSecrets secrets = new PlantedSecrets(DemoRun.KEY, DemoRun.SECRET);
        DemoRun run =
            new DemoRun(
                demo(
                    "--without",
                    "agent,redis",
                    "--metrics-port",
                    "0",
                    "--dump",
                    left.resolve("dump").toString(),
                    "--record-session",
                    left.resolve("session").toString()))) {
      // when
      run.awaitFed();
      run.open(twin, "300", 2);

      // then
      run.await(
          () -> DemoRun.rests(twin, "STOP_MARKET") && DemoRun.rests(twin, "TAKE_PROFIT_MARKET"));
      assertThat(run.said())
          .contains("market of demo at " + twin.restUrl(), "✓ main: ")
          .doesNotContain("✗", DemoRun.SECRET);
      assertThat(twin.state().orders("main"))
          .as("one order, however often it was asked for")
          .hasSize(1);
      run.await(() -> metrics(run.said()).contains("stream=\"user\"} 1.0"));
      assertThat(metrics(run.said()))
          .contains("quantum_stream_connections{account=\"*\",stream=\"market\"} 1.0")
          .contains("quantum_stream_connections{account=\"main\",stream=\"user\"} 1.0")
          .containsPattern(
              "quantum_stream_messages_total\\{account=\"\\*\",stream=\"market\"} [1-9]")
          .containsPattern("quantum_exchange_answer_age_seconds\\{account=\"main\"[^}]*} \\d");

      // when
      SecretsOfARun.fail(twin);
      run.await(() -> twin.faults().waiting() == 0);

      // then
      SecretsOfARun.assertNotOnTopics(secrets, run.endpoints());
      secrets.assertAbsent("the metrics", metrics(run.said()));
      SecretsOfARun.assertNotInFiles(secrets, left);
      secrets.assertAbsent("what was said", run.said());
      assertThat(secrets.logs()).as("what went wrong is logged").contains("was not answered");
      secrets.assertNotLogged();
    }
  }

  @Test
  void shouldTradeOnceThroughAPipelineOfTheSmokeTestsOwn() throws IOException {
    // given
    StringWriter said = new StringWriter();
    CommandLine smoke =
        new CommandLine(new SmokeCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(said, true));

    // when
    int code =
        smoke.execute(
            demo("--symbol", DemoRun.BTC, "--notional", "120", "--wait", "90")
                .toArray(String[]::new));

    // then
    assertThat(code).as(said.toString()).isZero();
    assertThat(said.toString())
        .contains("stop and target rest there", "Redis is flat")
        .doesNotContain("FAIL");
    assertThat(twin.state().positions("main")).isEmpty();
    assertThat(twin.state().orders("main")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(twin.state().conditionalOrders("main"))
        .noneMatch(algo -> algo.status() == AlgoStatus.NEW);
  }

  @Test
  void shouldTradeNothingWhereThePreflightIsAgainstIt() throws IOException {
    // given: in hedge mode nobody knows which position an order is for
    twin.change((core, now) -> core.settings().dualSide("main", true));
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    // when
    try (UpRun run =
        new UpRun(DemoRun.parsed(demo("--without", "agent,redis")), DemoRun.screen(said))) {
      assertThatThrownBy(run::play)
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith("the pipeline does not start: mend what is marked ✗");
      assertThat(run.launcher().endpoints()).as("no server was started").isEmpty();
    }

    // then
    assertThat(said.toString(UTF_8)).contains("✗ main: ");
    assertThat(twin.state().orders("main")).isEmpty();
  }

  /** Where the metrics are, is said at the start. */
  private static String metrics(String said) {
    Matcher at = METRICS.matcher(said);
    assertThat(at.find()).isTrue();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(at.group())).timeout(Duration.ofSeconds(10)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException failed) {
      return "";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
