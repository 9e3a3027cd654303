package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of {@code examples/producers}, run as the README says: its own lines, in a copy of the
 * directory, so that what npm installs is not left in the tree.
 */
final class ForeignProducer {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path HERE = Path.of("target", "foreign-producers").toAbsolutePath();
  private static final long WITHIN_S = 120;

  /** The README's example, in whose place a test puts its own. */
  private static final String EXAMPLE = " main BTCUSDT OPEN_LONG 300 2";

  /** How a command ended. */
  record Run(int code, String out, String err) {}

  private final String program;
  private final List<String> tools;
  private final String pythonModules;

  private ForeignProducer(String program, List<String> tools, String pythonModules) {
    this.program = program;
    this.tools = tools;
    this.pythonModules = pythonModules;
  }

  static ForeignProducer python() {
    return new ForeignProducer("python/send_intent.py", List.of(), "confluent_kafka, avro.io");
  }

  static ForeignProducer javaScript() {
    return new ForeignProducer("javascript/send_intent.js", List.of("node", "npm"), "");
  }

  static ForeignProducer kcat() {
    return new ForeignProducer("kcat/send_intent.sh", List.of("kcat"), "avro.io");
  }

  /** Prepares to run it; returns what is missing on this machine, if anything is. */
  Optional<String> prepare() throws IOException, InterruptedException {
    copy(PROJECT.resolve("examples/producers"), HERE.resolve("examples/producers"));
    for (String tool : tools) {
      if (onPath(tool).isEmpty()) {
        return Optional.of(tool + " is not on the PATH");
      }
    }
    if (!pythonModules.isEmpty() && !providePython()) {
      return Optional.of("there is no python3 that has the modules " + pythonModules);
    }
    for (String line : readme()) {
      if (line.startsWith("npm install") && line.contains(directory())) {
        Run installed = run(line, Map.of());
        if (installed.code() != 0) {
          return Optional.of("its packages cannot be had from npm: " + installed.err());
        }
      }
    }
    return Optional.empty();
  }

  /** Sends an intent to open a position as the README's line does, but for this account. */
  Run send(String account, String symbol, Map<String, String> addresses)
      throws IOException, InterruptedException {
    List<String> lines =
        readme().stream().filter(each -> each.contains(program) && each.endsWith(EXAMPLE)).toList();
    assertThat(lines).as("how the README runs " + program).hasSize(1);
    String arguments = " " + account + " " + symbol + " OPEN_LONG 100 2";
    return run(lines.getFirst().replace(EXAMPLE, arguments), addresses);
  }

  private String directory() {
    return "examples/producers/" + program.substring(0, program.indexOf('/'));
  }

  private static List<String> readme() throws IOException {
    return Files.readAllLines(PROJECT.resolve("README.md"));
  }

  /** Debian's python3 has Debian's modules, and need not be the first on the path. */
  private boolean providePython() throws IOException, InterruptedException {
    for (Path python : onPath("python3")) {
      String check = python + " -c 'import " + pythonModules + "'";
      if (run(check, Map.of()).code() == 0) {
        Path link = HERE.resolve(directory()).resolve("bin/python3");
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, python);
        return true;
      }
    }
    return false;
  }

  private static List<Path> onPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .toList();
  }

  private Run run(String line, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("producer", ".out");
    Path err = Files.createTempFile("producer", ".err");
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec " + line));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(HERE.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Path bin = HERE.resolve(directory()).resolve("bin");
    builder.environment().merge("PATH", bin + File.pathSeparator, (old, ours) -> ours + old);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(WITHIN_S, TimeUnit.SECONDS);
      return new Run(
          ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(each -> !each.toString().contains("node_modules")).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @Override
  public String toString() {
    return program;
  }
}
