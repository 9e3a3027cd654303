package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.compose.process.Deadline;
import io.quantumtrader.compose.testing.SharedStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed without a word takes its children and temporary files along. */
@Tag("real")
final class StackKillTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String HOME = EmbeddedRegistry.HOME_PROPERTY;

  /** The guard, the registry and Redis. */
  private static final int CHILDREN = 3;

  @TempDir private Path parent;

  @Test
  void shouldLeaveNoProcessAndNoTemporaryDirectory() throws Exception {
    // given
    Killable stack = Killable.start(List.of());
    assertThat(stack.children()).hasSize(CHILDREN).allMatch(ProcessHandle::isAlive);
    assertThat(stack.directory()).isNotEmptyDirectory();

    // when
    stack.kill();

    // then
    await(() -> stack.children().stream().noneMatch(ProcessHandle::isAlive));
    assertThat(stack.children()).noneMatch(ProcessHandle::isAlive);
    await(() -> Files.notExists(stack.directory()));
    assertThat(stack.directory()).doesNotExist();
  }

  @Test
  void shouldGoOnInAKeptDirectoryRightAfterAKill() throws Exception {
    // given
    Path kept = parent.resolve("kept");
    Killable stack = Killable.start(List.of(kept.toString()));
    String schema = "{\"type\":\"record\",\"name\":\"Kept\",\"fields\":[]}";
    String id = RegistryCalls.register(stack.registryUrl(), "kept", schema).body();

    // when
    stack.kill();
    StackSettings settings =
        StackSettings.embedded()
            .withKafkaAt(SharedStack.get().bootstrapServers())
            .withoutConnect()
            .keptIn(kept);

    // then
    try (Stack again = Stack.start(settings, Progress.silent())) {
      assertThat(RedisLine.ask(again.redisUri(), "PING")).isEqualTo("+PONG");
      assertThat(RegistryCalls.register(again.schemaRegistryUrl(), "kept", schema).body())
          .isEqualTo(id);
    }
    assertThat(kept).isNotEmptyDirectory();
    await(() -> stack.children().stream().noneMatch(ProcessHandle::isAlive));
    assertThat(stack.children()).noneMatch(ProcessHandle::isAlive);
  }

  private static void await(BooleanSupplier condition) {
    Deadline deadline = Deadline.after(SOON);
    while (!condition.getAsBoolean() && !deadline.hasPassed()) {
      Deadline.pause();
    }
  }

  /** A JVM with a stack that nobody will close. */
  private record Killable(
      Process process, List<ProcessHandle> children, Path directory, String registryUrl) {

    static Killable start(List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-D%1$s=%2$s".formatted(HOME, System.getProperty(HOME)));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(KilledStack.class.getName());
      command.add(SharedStack.get().bootstrapServers());
      command.addAll(arguments);
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader output = process.inputReader()) {
        String[] words =
            output.lines().filter(Killable::isReady).findFirst().orElseThrow().split(" ", -1);
        List<ProcessHandle> children =
            Arrays.stream(words[1].split(",", -1))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
        return new Killable(process, children, Path.of(words[2]), words[3]);
      }
    }

    private static boolean isReady(String line) {
      return line.startsWith(KilledStack.READY + " ");
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
