package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the launcher builds, and what it hands over to. */
@Tag("real")
final class LauncherTest extends LauncherHouse {

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
}
