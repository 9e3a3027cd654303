package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.cli.ClientConfig.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
final class RunningPipelinesTest {

  @TempDir private Path directory;

  private RunningPipelines all;
  private RunningPipeline ours;

  @BeforeEach
  void begin() {
    all = new RunningPipelines(directory.resolve("up"));
    ours =
        RunningPipeline.ofThisProcess(
            directory,
            false,
            List.of("main", "second"),
            PipelineAddresses.of("b:1", "http://r:2")
                .withRedisAndConnect("redis://me:secret@h:3", "http://c:4/")
                .withTopology("http://t:5")
                .withPage("http://p:6"),
            ClientConfig.NONE);
  }

  @Test
  void shouldBeListedWithEverythingWhileItRuns() throws IOException {
    RunningPipeline announced = all.announce(ours);

    assertThat(announced).isEqualTo(ours);
    assertThat(new RunningPipelines(directory.resolve("up")).list()).containsExactly(ours);

    all.withdraw(announced);
    assertThat(all.list()).isEmpty();
    assertThat(directory.resolve("up")).isEmptyDirectory();
  }

  @Test
  void shouldListEachOfSeveralUnderANameOfItsOwn() throws IOException {
    RunningPipeline first = all.announce(ours);
    RunningPipeline second =
        all.announce(ours.with(PipelineAddresses.of("other:1", "http://other:2")));

    assertThat(all.list()).containsExactly(first, second);
    assertThat(first.name()).isNotEqualTo(second.name());

    all.withdraw(first);
    assertThat(all.list()).containsExactly(second);
  }

  @Test
  void shouldSayWhatIsLearntLaterAndNotAfterItHasEnded() throws IOException {
    RunningPipeline announced = all.announce(ours);
    RunningPipeline more = announced.with(announced.addresses().withPage("http://p:7"));

    all.update(more);
    assertThat(all.list()).containsExactly(more);

    all.withdraw(more);
    all.update(more);
    assertThat(all.list()).isEmpty();
  }

  @Test
  void shouldNotListOneWhoseProcessHasEnded() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();

    all.announce(withProcess(ended.pid(), ours.startedMs()));

    assertThat(all.list()).isEmpty();
  }

  @Test
  void shouldNotListOneWhoseNumberAnotherProcessHasNow() throws IOException {
    all.announce(withProcess(ours.pid(), ours.startedMs() - 60_000));

    assertThat(all.list()).isEmpty();
  }

  @Test
  void shouldTakeThePlaceOfOneThatWasKilled() throws IOException {
    all.announce(withProcess(ours.pid(), ours.startedMs() - 60_000));

    assertThat(all.announce(ours).name()).isEqualTo(ours.name());
    assertThat(all.list()).containsExactly(ours);
  }

  @Test
  void shouldPassOverFilesThatSayNothing() throws IOException {
    RunningPipeline announced = all.announce(ours);
    Files.writeString(directory.resolve("up/a.properties"), "pid=not a number");
    Files.writeString(directory.resolve("up/b.properties"), "");

    assertThat(all.list()).containsExactly(announced);
  }

  @Test
  void shouldLetNobodyElseReadIt() throws IOException {
    all.announce(ours);

    Path file = directory.resolve("up").resolve(ours.name() + ".properties");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("up"))))
        .isEqualTo("rwx------");
  }

  @Test
  void shouldLeaveEmbeddedServersAloneWithSettingsThatAreForOthers() throws IOException {
    // given an up with an embedded broker and a registry of somebody else's
    Path file = directory.resolve("client.properties");
    all.announce(
        new RunningPipeline(
            "up-1",
            ours.pid(),
            ours.startedMs(),
            ours.data(),
            false,
            List.of(),
            ours.addresses(),
            new ClientConfig(
                Optional.of(file),
                Map.of(),
                Map.of("basic.auth.user.info", "me:secret"),
                Map.of(),
                Set.of(Server.KAFKA, Server.REDIS))));

    // when another command finds it, in a shell with settings for other brokers
    RunningPipeline found = all.list().getFirst();
    RunningPipeline used =
        found.with(
            new ClientConfig(
                Optional.empty(),
                Map.of("security.protocol", "SSL"),
                Map.of("basic.auth.user.info", "me:secret"),
                Map.of("redis.password", "secret"),
                Set.of()));

    // then
    assertThat(found.config().file()).contains(file);
    assertThat(found.config().registry()).as("no secret is in the file").isEmpty();
    assertThat(used.kafka()).isEqualTo(Map.of("bootstrap.servers", "b:1"));
    assertThat(used.config().redis()).isEmpty();
    assertThat(used.registry()).containsEntry("basic.auth.user.info", "me:secret");
  }

  @Test
  void shouldShowAddressesWithoutPasswords() {
    assertThat(ours.addresses().shown())
        .containsEntry("redis", "redis://h:3")
        .containsEntry("broker", "b:1")
        .containsEntry("page", "http://p:6");
  }

  private RunningPipeline withProcess(long pid, long startedMs) {
    return new RunningPipeline(
        ours.name(),
        pid,
        startedMs,
        ours.data(),
        false,
        ours.accounts(),
        ours.addresses(),
        ClientConfig.NONE);
  }
}
