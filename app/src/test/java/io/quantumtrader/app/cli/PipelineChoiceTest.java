package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineChoiceTest {

  private static final String OTHERWISE = "start one";

  @TempDir private Path directory;

  private RunningPipeline first;
  private RunningPipeline second;

  @BeforeEach
  void start() throws Exception {
    first = pipeline("up-1", Files.createDirectory(directory.resolve("a")), List.of("main"));
    second = pipeline("up-2", Files.createDirectory(directory.resolve("b")), List.of("x", "y"));
  }

  private static RunningPipeline pipeline(String name, Path data, List<String> accounts) {
    return RunningPipeline.ofThisProcess(
            data, false, accounts, PipelineAddresses.of(name + ":1", "http://r"), ClientConfig.NONE)
        .named(name);
  }

  private static RunningPipeline choose(List<RunningPipeline> running, String wanted) {
    return PipelineChoice.choose(running, Optional.ofNullable(wanted), OTHERWISE);
  }

  @Test
  void shouldTakeTheOnlyOne() {
    assertThat(choose(List.of(first), null)).isEqualTo(first);
  }

  @Test
  void shouldTakeTheOneThatIsNamed() throws Exception {
    List<RunningPipeline> both = List.of(first, second);
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("b"));

    assertThat(choose(both, "up-1")).isEqualTo(first);
    assertThat(choose(both, "up-2")).isEqualTo(second);
    assertThat(choose(both, directory.resolve("b").toString())).isEqualTo(second);
    assertThat(choose(both, directory + "/a/../b/")).isEqualTo(second);
    assertThat(choose(both, link.toString())).isEqualTo(second);
    assertThat(choose(List.of(first), "up-1")).isEqualTo(first);
  }

  @Test
  void shouldRefuseAndListAllWhereSeveralRun() {
    assertThatThrownBy(() -> choose(List.of(first, second), null))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("2 pipelines are running; name the one you mean with --pipeline:\n")
        .hasMessageContaining("up-1: data " + first.data())
        .hasMessageContaining("up-2: data " + second.data())
        .hasMessageContaining("accounts x, y");
  }

  @Test
  void shouldRefuseANameThatNoneHasThoughOnlyOneRuns() {
    assertThatThrownBy(() -> choose(List.of(first), "up-3"))
        .hasMessageStartingWith("no running pipeline is called 'up-3'")
        .hasMessageContaining("up-1: data ");
  }

  @Test
  void shouldRefuseADirectoryThatTwoShare() {
    RunningPipeline same = pipeline("up-3", directory.resolve("a"), List.of());

    assertThatThrownBy(() -> choose(List.of(first, same), first.data()))
        .hasMessageStartingWith("more than one running pipeline is called");
  }

  @Test
  void shouldSayThatNoneRuns() {
    assertThatThrownBy(() -> choose(List.of(), "up-1"))
        .hasMessage("you have no quantum up running; start one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "control state HALTED",
        "control show",
        "control close BTCUSDT --reason x",
        "flatten --reason x",
        "backfill risk",
        "policy set maxPositions=20 --reason x",
        "policy reset --account main --reason x",
        "policy show",
        "policy history",
        "policy diff 1 2",
        "policy rollback 1 --reason x",
        "intent BTCUSDT BUY 300",
        "import redis --redis redis://127.0.0.1:1"
      })
  void shouldBeAskedOfEveryCommandThatActsOnAPipeline(String command) {
    String name = "no pipeline has this name";
    CommandRun run =
        CommandRun.of((Object[]) (command + " --pipeline " + name.replace(' ', '-')).split(" "));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).containsPattern("no-pipeline-has-this-name|you have no quantum up");
    assertThat(run.out()).isEmpty();
    CommandRun both =
        CommandRun.of(
            (Object[])
                (command + " --pipeline x --bootstrap-servers b:1 --schema-registry http://r:2")
                    .split(" "));
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).hasLineCount(1).contains("either --pipeline or --bootstrap-servers");
  }
}
