package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of Prometheus and Alertmanager on the PATH. */
public final class Tool {

  private static final long WITHIN_S = 60;

  private Tool() {}

  /**
   * What a program said.
   *
   * @param code its exit code
   * @param output both its outputs
   */
  public record Verdict(int code, String output) {}

  /**
   * Returns where a program is; without it the test is skipped and says so.
   *
   * @param name its name
   * @param then what does not happen without it, for the message
   */
  public static Path find(String name, String then) {
    Optional<Path> found = lookUp(name);
    assumeTrue(found.isPresent(), name + " is not on the PATH: " + then);
    return found.orElseThrow();
  }

  /** Returns where the first of two names of a program is. */
  public static Path find(String name, String otherName, String then) {
    return lookUp(name).isPresent() ? find(name, then) : find(otherName, then);
  }

  private static Optional<Path> lookUp(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a program to its end. */
  public static Verdict run(Path program, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile("tool", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(WITHIN_S, TimeUnit.SECONDS)).isTrue();
      return new Verdict(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
