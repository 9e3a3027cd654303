package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service whose heap is smaller than what it has to hold, started as its image starts it. */
final class MemorySituation {

  /** What the JVM ends with when it is told to end where memory is out. */
  private static final int OUT_OF_MEMORY = 3;

  private static final Path SCRIPT = Path.of("images", "app", "quantum").toAbsolutePath();

  private MemorySituation() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "a console with too small a heap",
            "A process dies of memory",
            MemorySituation::tooSmall));
  }

  private static void tooSmall(BrokenPipeline pipeline) throws Exception {
    Path log = Files.createTempFile("quantum-memory", ".log");
    int port = FreePort.find();
    try {
      // when
      Process small = console(pipeline, port, "-Xmx10m", log);

      // then it ends by itself, at once, and says of what
      assertThat(small.waitFor(BrokenPipeline.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(small.exitValue()).as(Files.readString(log)).isEqualTo(OUT_OF_MEMORY);
      assertThat(Files.readString(log))
          .contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
      pipeline.awaitWell();

      // mended: it goes on with more
      Process enough = console(pipeline, port, "-Xmx256m", log);
      try {
        await().atMost(BrokenPipeline.PATIENCE).until(() -> isReady(port));
      } finally {
        enough.destroy();
        assertThat(enough.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      Files.delete(log);
    }
  }

  private static Process console(BrokenPipeline pipeline, int port, String heap, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                SCRIPT.toString(),
                "service",
                "console",
                "--bootstrap-servers",
                pipeline.endpoints().bootstrapServers(),
                "--schema-registry",
                pipeline.endpoints().registryUrl(),
                "--console-port",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", java, (path, first) -> first + ":" + path);
    builder.environment().put("QUANTUM_CLASS_PATH", System.getProperty("java.class.path"));
    builder.environment().put("QUANTUM_JAVA_OPTS", "-XX:TieredStopAtLevel=1 " + heap);
    Process process = builder.start();
    // Whoever ends the tests ends their processes.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private static boolean isReady(int port) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI health = URI.create("http://127.0.0.1:" + port + "/health/ready");
      return http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
