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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher script in a house of its own, where Maven and the JDK are scripts that note how they
 * were called.
 */
@Tag("real")
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "quantum").toAbsolutePath().normalize();
  private static final long ENDS_WITHIN_S = 60;

  @TempDir private Path directory;

  private Path house;
  private Path jdk;
  private Path tools;
  private final Map<String, String> environment = new HashMap<>();

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

  @Test
  void shouldBuildWhatIsMissingAndPassArgumentsThrough() throws Exception {
    // when
    Run run = launch("up", "--candles", "a file.csv", "*");

    // then
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.output().lines())
        .containsSubsequence("io.quantumtrader.app.Quantum", "up", "--candles", "a file.csv", "*")
        .contains("-cp", house + "/compose/target/quantum/lib/*")
        .contains("-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.quantumtrader")
        .contains("-Dquantum.registry.home=" + house + "/compose/target/registry");
    assertThat(run.errors()).contains("quantum: building");
    assertThat(mavenCalls())
        .singleElement()
        .asString()
        .contains("-P launcher")
        .contains("-pl compose -am")
        .contains("package");
  }

  @Test
  void shouldRunWhatMeasuresWhereItIsThere() throws Exception {
    // given
    write(house.resolve("bench/pom.xml"), "old");
    maven("mkdir -p bench/target/quantum/lib compose/target/registry");

    // when
    Run run = launch("bench");

    // then
    assertThat(run.output().lines()).contains("-cp", house + "/bench/target/quantum/lib/*");
    assertThat(mavenCalls()).singleElement().asString().contains("-pl bench -am");
  }

  @Test
  void shouldBuildOnceOnly() throws Exception {
    // given
    launch();

    // when
    Run again = launch();

    // then
    assertThat(again.errors()).isEmpty();
    assertThat(mavenCalls()).hasSize(1);
  }

  @Test
  void shouldLetTheUserChooseOptionsOfTheJvm() throws Exception {
    // given
    Run usual = launch();
    environment.put("QUANTUM_JAVA_OPTS", "-Xmx1g -XX:+UseG1GC");

    // when
    Run chosen = launch();

    // then
    assertThat(usual.output().lines()).contains("-XX:+UseSerialGC");
    assertThat(chosen.output().lines())
        .containsSequence("-Xmx1g", "-XX:+UseG1GC")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @ParameterizedTest
  @CsvSource({"pom.xml", "app/pom.xml", "app/src/main/Quantum.java", "app/src/main/New.java"})
  void shouldBuildAgainWhenASourceIsNewer(String changed) throws Exception {
    // given
    launch();
    makeOld(house.resolve("compose/target/quantum/built"), Duration.ofMinutes(1));

    // when
    write(house.resolve(changed), "new");
    launch();

    // then
    assertThat(mavenCalls()).hasSize(2);
  }

  @Test
  void shouldBuildAgainWhenASourceIsGone() throws Exception {
    // given
    launch();
    makeOld(house.resolve("compose/target/quantum/built"), Duration.ofMinutes(1));

    // when
    Files.delete(house.resolve("app/src/main/Quantum.java"));
    launch();

    // then
    assertThat(mavenCalls()).hasSize(2);
  }

  @Test
  void shouldShowTheEndOfAFailedBuildAndTryAgainNextTime() throws Exception {
    // given
    maven("echo '[ERROR] it does not compile'; exit 1");

    // when
    Run failed = launch();

    // then
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.errors())
        .contains("[ERROR] it does not compile")
        .contains("quantum-build.log");
    assertThat(failed.output()).isEmpty();

    // when
    maven("mkdir -p compose/target/quantum/lib compose/target/registry");

    // then
    assertThat(launch().exitCode()).isEqualTo(7);
  }

  @Test
  void shouldSayThatMavenIsMissing() throws Exception {
    // given
    Path few = Files.createDirectories(directory.resolve("few"));
    for (String tool :
        List.of("dirname", "readlink", "sed", "find", "head", "mkdir", "rm", "cat")) {
      Files.createSymbolicLink(few.resolve(tool), which(tool));
    }
    environment.put("PATH", few.toString());

    // when
    Run run = launch();

    // then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors().lines())
        .singleElement()
        .asString()
        .isEqualTo(
            "quantum: the build is missing or stale, and Maven (mvn) is not on the PATH; install"
                + " it");
    assertThat(house.resolve("compose/target/quantum-build.lock")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"17.0.2", "1.8.0_292", "20"})
  void shouldRefuseAChosenJdkThatIsTooOld(String version) throws Exception {
    // given
    environment.put("QUANTUM_JAVA_HOME", jdk("old", version).toString());

    // when
    Run run = launch();

    // then
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors().lines())
        .singleElement()
        .asString()
        .isEqualTo("quantum: QUANTUM_JAVA_HOME=" + directory + "/old is not a JDK 21 or later");
  }

  @Test
  void shouldPassOverAnOldJavaHomeForTheJdkOnThePath() throws Exception {
    // given
    environment.remove("QUANTUM_JAVA_HOME");
    environment.put("JAVA_HOME", jdk("old", "17.0.2").toString());
    Path newer = jdk("newer", "21.0.4");
    Files.createSymbolicLink(tools.resolve("java"), newer.resolve("bin/java"));

    // when
    Run run = launch();

    // then
    assertThat(run.output().lines()).first().isEqualTo(newer + "/bin/java");
    assertThat(run.output()).doesNotContain("--sun-misc-unsafe-memory-access");
  }

  @Test
  void shouldTakeTheNewestJdkOfAVersionSwitcher() throws Exception {
    // given
    environment.remove("QUANTUM_JAVA_HOME");
    environment.put("SDKMAN_DIR", directory.resolve("sdk").toString());
    Files.createSymbolicLink(tools.resolve("java"), jdk("old", "17.0.2").resolve("bin/java"));
    jdk("sdk/candidates/java/17", "17.0.2");
    jdk("sdk/candidates/java/older", "9000.0.1");
    Path newest = jdk("sdk/candidates/java/newest", "9001.0.1");

    // when
    Run run = launch();

    // then
    assertThat(run.output().lines()).first().isEqualTo(newest + "/bin/java");
    assertThat(run.output().lines()).contains("--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void shouldWorkThroughALinkAndFromAnywhere() throws Exception {
    // given
    Path links = Files.createDirectories(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("second"), house.resolve("quantum"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("second"));

    // when
    Run run = run(List.of(links.resolve("first").toString()), links);

    // then
    assertThat(run.output().lines()).contains("-Dquantum.home=" + house.toRealPath());
  }

  @Test
  void shouldBuildOnceWhenStartedTwiceAtATime() throws Exception {
    // given
    maven("sleep 2; mkdir -p compose/target/quantum/lib compose/target/registry");
    Process first = start(List.of(house.resolve("quantum").toString()), directory);
    Process second = start(List.of(house.resolve("quantum").toString()), directory);

    // when
    List<Integer> exitCodes = List.of(finish(first).exitCode(), finish(second).exitCode());

    // then
    assertThat(exitCodes).containsOnly(7);
    assertThat(mavenCalls()).hasSize(1);
  }

  @Test
  void shouldNotWaitForABuildThatWasKilled() throws Exception {
    // given
    Process dead = new ProcessBuilder("/bin/true").start();
    dead.waitFor();
    Path lock = Files.createDirectories(house.resolve("compose/target/quantum-build.lock"));
    write(lock.resolve("launcher"), Long.toString(dead.pid()));
    write(lock.resolve("maven"), Long.toString(dead.pid()));

    // when
    Run run = launch();

    // then
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(lock).doesNotExist();
  }

  @Test
  void shouldEndItsMavenWhenItIsEnded() throws Exception {
    // given
    maven("echo $$ >maven.pid; exec sleep 600");
    Process launcher = start(List.of(house.resolve("quantum").toString()), directory);
    Path pidFile = house.resolve("maven.pid");
    while (launcher.isAlive() && (Files.notExists(pidFile) || Files.size(pidFile) == 0)) {
      Thread.sleep(20);
    }
    ProcessHandle running =
        ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).orElseThrow();

    // when
    launcher.toHandle().destroy();

    // then
    assertThat(finish(launcher).exitCode()).isEqualTo(143);
    assertThat(running.isAlive()).isFalse();
    assertThat(house.resolve("compose/target/quantum-build.lock")).doesNotExist();
  }

  /** A JDK whose {@code java} prints each argument on a line of its own and exits with 7. */
  private Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    write(home.resolve("release"), "IMPLEMENTOR=\"test\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/java"), "printf '%s\\n' \"$0\" \"$@\"; exit 7");
    script(home.resolve("bin/javac"), "exit 1");
    return home;
  }

  private void maven(String does) throws IOException {
    script(tools.resolve("mvn"), "echo \"$*\" >>'" + directory + "/maven-calls'; " + does);
  }

  private List<String> mavenCalls() throws IOException {
    return Files.readAllLines(directory.resolve("maven-calls"));
  }

  private static void script(Path path, String does) throws IOException {
    write(path, "#!/bin/sh\n" + does + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static void makeOld(Path path) throws IOException {
    makeOld(path, Duration.ofHours(1));
  }

  private static void makeOld(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }

  private static Path which(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private Run launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(house.resolve("quantum").toString());
    command.addAll(List.of(arguments));
    return run(command, directory);
  }

  private Run run(List<String> command, Path from) throws IOException, InterruptedException {
    return finish(start(command, from));
  }

  private Process start(List<String> command, Path from) throws IOException {
    List<String> withShell = new ArrayList<>(List.of("/bin/sh"));
    withShell.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(withShell).directory(from.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Run finish(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output, errors);
  }

  private record Run(int exitCode, String output, String errors) {}
}
