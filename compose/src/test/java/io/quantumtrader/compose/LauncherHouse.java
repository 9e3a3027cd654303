package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a house of its own, where Maven and the JDK are scripts that note how they
 * were called.
 */
abstract class LauncherHouse {
  static final Path LAUNCHER = Path.of("..", "quantum").toAbsolutePath().normalize();
  static final long ENDS_WITHIN_S = 60;

  @TempDir Path directory;

  Path house;
  Path jdk;
  Path tools;
  final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void buildAHouse() throws IOException {
    house = directory.resolve("a house");
    for (String folder : List.of("app/src/main", "compose", ".mvn")) {
      Files.createDirectories(house.resolve(folder));
    }
    for (String file : List.of("pom.xml", "app/pom.xml", "app/src/main/Quantum.java")) {
      write(house.resolve(file), "old");
      makeOld(house.resolve(file));
    }
    makeOld(house.resolve("app/src/main"));
    makeOld(house.resolve(".mvn"));
    Files.copy(LAUNCHER, house.resolve("quantum"));
    jdk = jdk("jdk", "25.0.1");
    tools = Files.createDirectories(directory.resolve("tools"));
    maven("mkdir -p compose/target/quantum/lib compose/target/registry");
    environment.put("QUANTUM_JAVA_HOME", jdk.toString());
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("HOME", directory.toString());
  }

  /** A JDK whose {@code java} prints each argument on a line of its own and exits with 7. */
  Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    write(home.resolve("release"), "IMPLEMENTOR=\"test\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/java"), "printf '%s\\n' \"$0\" \"$@\"; exit 7");
    script(home.resolve("bin/javac"), "exit 1");
    return home;
  }

  void maven(String does) throws IOException {
    script(tools.resolve("mvn"), "echo \"$*\" >>'" + directory + "/maven-calls'; " + does);
  }

  List<String> mavenCalls() throws IOException {
    return Files.readAllLines(directory.resolve("maven-calls"));
  }

  static void script(Path path, String does) throws IOException {
    write(path, "#!/bin/sh\n" + does + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static void write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  static void makeOld(Path path) throws IOException {
    makeOld(path, Duration.ofHours(1));
  }

  static void makeOld(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }

  static Path which(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  Run launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(house.resolve("quantum").toString());
    command.addAll(List.of(arguments));
    return run(command, directory);
  }

  Run run(List<String> command, Path from) throws IOException, InterruptedException {
    return finish(start(command, from));
  }

  Process start(List<String> command, Path from) throws IOException {
    List<String> withShell = new ArrayList<>(List.of("/bin/sh"));
    withShell.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(withShell).directory(from.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Run finish(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output, errors);
  }

  record Run(int exitCode, String output, String errors) {}
}
