package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.compose.readme.House;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while everything starts, typed as a person does. */
@Tag("real")
final class CtrlCTest {

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String ENDS_AT_ONCE = "Ctrl-C again ends it at once.";

  @TempDir private Path directory;
  private House house;

  @BeforeEach
  void build() throws Exception {
    house = House.in(directory);
  }

  @AfterEach
  void endWhatIsLeft() throws Exception {
    house.close();
  }

  @Test
  void shouldEndAStartWithoutASummaryAndWithoutFailures() throws Exception {
    // given
    House.Started up = startedUntil("✓");

    // when
    House.Run run = up.interrupt();

    // then
    assertThat(run.code()).as(run.err()).isEqualTo(130);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Stopping in the start of ").contains(ENDS_AT_ONCE);
    assertThat(run.err().lines())
        .as("nothing of what was told to end has failed")
        .allMatch(line -> line.matches("✓ .*|Stopping in .*|  generated market, .*"));
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void shouldEndAtOnceAtTheSecond() throws Exception {
    // given
    House.Started up = startedUntil("✓");
    up.press();
    await().atMost(SOON).until(() -> up.err().contains(ENDS_AT_ONCE));

    // when
    House.Run run = up.interrupt();

    // then nothing of the JVM runs that might crash now, as the writing of its loaded classes did,
    // and the guard cleans up behind it
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(130);
    assertThat(run.err()).endsWith("Ended at once.\n");
    assertThat(run.out()).isEmpty();
    assertThat(house.file("compose/target/quantum/classes.jsa")).doesNotExist();
    await().atMost(SOON).untilAsserted(() -> assertThat(leftOver()).isEmpty());
  }

  private House.Started startedUntil(String said) throws Exception {
    House.Started up = house.start("./quantum up");
    await()
        .atMost(SOON)
        .failFast(() -> assertThat(up.isAlive()).as(up::err).isTrue())
        .until(() -> up.err().contains(said));
    return up;
  }

  /** The data directories of runs, which are temporary here. */
  private List<Path> leftOver() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
      return files.filter(file -> file.getFileName().toString().matches("quantum-\\d+")).toList();
    }
  }
}
