package io.quantumtrader.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and kill on the process of a service. */
@Tag("real")
final class ServiceSignalsTest {

  private Process process;
  private BufferedReader said;

  /** Whoever was started in the background ignores Ctrl-C, and so do all that it starts. */
  private void start(boolean stops) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SlowService.class.getName(),
            Boolean.toString(stops)));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    said = process.inputReader();
  }

  @AfterEach
  void endWhatIsLeft() {
    process.destroyForcibly();
  }

  private void signal(String name) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  private void awaitLine(String line) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String next = said.readLine(); next != null; next = said.readLine()) {
      lines.add(next);
      if (next.equals(line)) {
        return;
      }
    }
    throw new AssertionError("it ended without \"" + line + "\": " + lines);
  }

  private int code() throws InterruptedException {
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("it has ended").isTrue();
    return process.exitValue();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void shouldEndInOrderWithTheCodeOfTheSignal(String name, int code) throws Exception {
    start(true);
    awaitLine("slow runs.");

    signal(name);

    awaitLine("slow has stopped.");
    assertThat(code()).isEqualTo(code);
  }

  @Test
  void shouldEndAtOnceAtTheSecond() throws Exception {
    start(false);
    awaitLine("slow runs.");
    signal("INT");
    awaitLine("slow stops; Ctrl-C again ends it at once.");

    signal("INT");

    awaitLine("Ended at once.");
    assertThat(code()).isEqualTo(130);
  }
}
