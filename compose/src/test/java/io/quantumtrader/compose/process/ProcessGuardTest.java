package io.quantumtrader.compose.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.compose.StackException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children end with this process or before it, and say why if they end too early. */
@Tag("real")
final class ProcessGuardTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeWhatIsOpen() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void shouldRunTheProgramUnderTheNumberItNoted() throws IOException {
    // given
    ChildProcess child = start(hold(), "echo I am $$; exec sleep 600");

    // when
    String pid = child.awaitOutput(Pattern.compile("I am (\\d+)"), SOON).group(1);

    // then
    assertThat(child.isAlive()).isTrue();
    assertThat(pid).isEqualTo(Long.toString(child.pid()));
    assertThat(pidFiles()).singleElement().asString().isEqualTo(pid);
  }

  @Test
  void shouldLeaveNothingWhenClosed() {
    // given
    ProcessGuard guard = hold();
    ChildProcess child = start(guard, "echo up; exec sleep 600");
    child.awaitOutput(Pattern.compile("up"), SOON);

    // when
    child.close();
    guard.close();

    // then
    assertThat(child.isAlive()).isFalse();
    assertThat(guard.guard().isAlive()).isFalse();
    assertThat(directory)
        .isDirectoryContaining("glob:**child.log")
        .isDirectoryNotContaining("glob:**pids-*");
  }

  @Test
  void shouldShowTheLastLinesOfAProgramThatEndsTooEarly() {
    // given
    ChildProcess child = start(hold(), "seq 1 30; echo no luck >&2; exit 7");

    // when, then
    assertThatThrownBy(() -> child.awaitOutput(Pattern.compile("never"), SOON))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("child ended at once with exit code 7")
        .hasMessageContaining("no luck")
        .hasMessageContaining("  12")
        .hasMessageNotContaining("  11");
    assertThatThrownBy(() -> child.awaitReady(() -> false, SOON))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("no luck");
  }

  @Test
  void shouldNotWaitForEver() {
    // given
    ChildProcess child = start(hold(), "exec sleep 600");

    // when, then
    assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ZERO))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("child was not ready within 0 s; it printed nothing");
  }

  @Test
  void shouldKeepSettingsMeantForOthersFromTheChild() {
    // given
    ProcessGuard guard = hold();

    // when
    ChildProcess child =
        ChildProcess.start(guard, "child", List.of("/usr/bin/env"), name -> !name.equals("PATH"));
    opened.add(child);

    // then
    assertThat(child.awaitOutput(Pattern.compile("(?m)^PATH=(.*)$"), SOON).group(1))
        .isEqualTo(System.getenv("PATH"));
    assertThatThrownBy(() -> child.awaitOutput(Pattern.compile("(?m)^HOME="), SOON))
        .isInstanceOf(StackException.class);
  }

  @Test
  void shouldNotTakeAnotherProcessForOneOfAnEarlierRun() throws IOException {
    // given: a number that went to this very process, long after the file was written
    Path stale = Files.createDirectory(directory.resolve("pids-1")).resolve("child.pid");
    Files.writeString(stale, Long.toString(ProcessHandle.current().pid()));
    Files.setLastModifiedTime(stale, FileTime.from(Instant.EPOCH));

    // when
    ProcessGuard guard = hold();

    // then
    assertThat(stale.getParent()).doesNotExist();
    assertThat(guard.guard().isAlive()).isTrue();
  }

  @Test
  void shouldWaitForTheChildrenOfAnEarlierRun() throws IOException {
    // given
    ChildProcess earlier = start(hold(), "echo up; exec sleep 2");
    earlier.awaitOutput(Pattern.compile("up"), SOON);

    // when
    ProcessGuard guard = hold();

    // then
    assertThat(earlier.isAlive()).isFalse();
    assertThat(guard.guard().isAlive()).isTrue();
  }

  private List<String> pidFiles() throws IOException {
    List<String> contents = new ArrayList<>();
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, "pids-*")) {
      for (Path run : runs) {
        contents.add(Files.readString(run.resolve("child.pid")).strip());
      }
    }
    return contents;
  }

  private ProcessGuard hold() {
    ProcessGuard guard = ProcessGuard.hold(directory, Optional.empty());
    opened.add(guard);
    return guard;
  }

  private ChildProcess start(ProcessGuard guard, String script) {
    ChildProcess child =
        ChildProcess.start(guard, "child", List.of("/bin/sh", "-c", script), name -> false);
    opened.add(child);
    return child;
  }
}
