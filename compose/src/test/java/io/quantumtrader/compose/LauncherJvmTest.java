package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which JDK the launcher takes, and with which options of the JVM. */
@Tag("real")
final class LauncherJvmTest extends LauncherHouse {

  /** Where a history is run but once, the optimising compiler costs more than it saves. */
  @ParameterizedTest
  @CsvSource({
    "replay --candles day.csv, true",
    "replay --candles=day.csv --set killThreshold=0.5 --json, true",
    "replay --incident refused-intents, true",
    "replay --candles day.csv --candles day.csv, false",
    "replay --candles month.csv, false",
    "replay --candles=month.csv.gz, false",
    "replay --candles tools, false",
    "replay --candles=tools, false",
    "replay recording, false",
    "replay --candles day.csv --against killThreshold=0.5, false",
    "replay --candles day.csv --sweep=killThreshold=0.5..0.9/0.1, false",
    "replay --candles day.csv --lookahead-check, false",
    "up --candles day.csv, false",
    "--help, false"
  })
  void shouldCompileAShortRunWithoutMuchAdo(String command, boolean quickly) throws Exception {
    // given
    write(directory.resolve("day.csv"), "");
    ofSize(directory.resolve("month.csv"), 40_000_000);
    ofSize(directory.resolve("month.csv.gz"), 9_000_000);

    // when
    Run run = launch(command.split(" "));

    // then
    assertThat(run.output().lines().anyMatch("-XX:TieredStopAtLevel=1"::equals)).isEqualTo(quickly);
  }

  private static void ofSize(Path path, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  @Test
  void shouldLetTheUserChooseTheCompiler() throws Exception {
    // given
    write(directory.resolve("day.csv"), "");
    environment.put("QUANTUM_JAVA_OPTS", "-XX:TieredStopAtLevel=4");

    // when
    Run run = launch("replay", "--candles", "day.csv");

    // then
    assertThat(run.output().lines())
        .contains("-XX:TieredStopAtLevel=4")
        .doesNotContain("-XX:TieredStopAtLevel=1");
  }

  @Test
  void shouldLetTheUserChooseOptionsOfTheJvm() throws Exception {
    // given
    Run usual = launch();
    environment.put("QUANTUM_JAVA_OPTS", "-Xmx1g -XX:+UseG1GC");

    // when
    Run chosen = launch();

    // then
    assertThat(usual.output().lines()).contains("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    assertThat(chosen.output().lines())
        .containsSequence("-Xmx1g", "-XX:+UseG1GC")
        .doesNotContain("-XX:+UseSerialGC");
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
}
