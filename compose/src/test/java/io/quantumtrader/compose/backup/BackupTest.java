package io.quantumtrader.compose.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.compose.DataDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a backup and comes out of it; a whole pipeline on one is in other tests. */
final class BackupTest {

  /** So far apart that a run looks at some hundred places of an archive. */
  private static final int EVERY = 37;

  @TempDir private Path directory;
  private Path data;
  private Path archive;

  @BeforeEach
  void fill() throws IOException {
    data = DataFixture.in(directory.resolve("data"));
    archive = directory.resolve("monday.backup");
  }

  private CommandRun backup() {
    return CommandRun.of("backup", "--data", data, "--out", archive);
  }

  private Path backedUp() {
    CommandRun run = backup();
    assertThat(run.code()).as(run.err()).isZero();
    return archive;
  }

  private CommandRun restore(Path to) {
    return CommandRun.of("restore", archive, "--data", to);
  }

  private static void assertRefused(CommandRun run, int code, String why) {
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.err()).hasLineCount(1).contains(why);
    assertThat(run.out()).isEmpty();
  }

  private List<String> besideData() throws IOException {
    try (Stream<Path> there = Files.list(directory)) {
      return there.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldMakeTheSameDirectoryAgainWithoutWhatAStartMakes() throws Exception {
    // when
    CommandRun saved = CommandRun.of("backup", "--data", data, "--out", archive, "--json");
    Path again = directory.resolve("again");
    CommandRun restored = CommandRun.of("restore", archive, "--data", again, "--json");

    // then
    assertThat(saved.code()).as(saved.err()).isZero();
    assertThat(restored.code()).as(restored.err()).isZero();
    Map<String, String> files = DataFixture.files(again);
    assertThat(files).containsKey("restored.json");
    files.keySet().removeAll(List.of("restored.json", "lock"));
    assertThat(files).isEqualTo(DataFixture.kept(data)).hasSize(9);
    assertThat(Files.getLastModifiedTime(again.resolve("registry/schemas.mv.db")).toMillis())
        .isCloseTo(
            Files.getLastModifiedTime(data.resolve("registry/schemas.mv.db")).toMillis(),
            org.assertj.core.data.Offset.offset(2_000L));
    JsonNode node = new ObjectMapper().readTree(saved.out());
    assertThat(node.get("clusterId").asText()).isEqualTo("abc");
    assertThat(node.get("files").asInt()).isEqualTo(9);
    assertThat(node.get("stoppedInOrder").asBoolean()).isTrue();
    assertThat(new ObjectMapper().readTree(restored.out()).get("takenAt"))
        .isEqualTo(node.get("takenAt"));
    assertThat(besideData()).containsExactly("again", "data", "monday.backup");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldSayThatThePipelineWasKilled() throws Exception {
    // given
    Files.delete(data.resolve("kafka/.kafka_cleanshutdown"));

    // when
    CommandRun saved = CommandRun.of("backup", "--data", data, "--out", archive, "--json");

    // then
    assertThat(new ObjectMapper().readTree(saved.out()).get("stoppedInOrder").asBoolean())
        .isFalse();
  }

  @Test
  void shouldRefuseToSaveWhatSomebodyWorksOn() throws Exception {
    try (DataDirectory busy = DataDirectory.lock(data)) {
      assertRefused(backup(), 1, busy.path() + " is in use by process ");
    }
    assertThat(besideData()).containsExactly("data");
  }

  @Test
  void shouldRefuseToSaveWhatIsNoDataDirectory() throws Exception {
    data = Files.createDirectory(directory.resolve("other"));

    assertRefused(backup(), 2, "holds no topics: name the directory that ./quantum up --data");
    assertThat(data).as("nothing is left in it").isEmptyDirectory();
  }

  @Test
  void shouldRefuseANameThatIsTakenOrWithinTheData() throws Exception {
    Files.writeString(archive, "mine");
    assertRefused(backup(), 2, "is there already; name another file");
    assertThat(archive).hasContent("mine");

    archive = data.resolve("monday.backup");
    assertRefused(backup(), 2, "is in the data directory");

    archive = directory.resolve("no/such/monday.backup");
    assertRefused(backup(), 2, "is no directory; create it");
  }

  @Test
  void shouldLeaveNothingWhereAFileChangesWhileItIsRead() throws Exception {
    // given a server that nobody told of the lock
    Path log = data.resolve("kafka/quantum.policy-0/00000000000000000000.log");
    BackupProgress writing =
        (done, all) -> {
          try {
            Files.writeString(log, "more");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    BackupWriter writer = new BackupWriter(data, archive, writing);

    // when, then
    assertThatThrownBy(() -> writer.write(new BackupWriter.About("p", 1, "abc", true)))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("changed while it was read (kafka/quantum.policy-0/");
    assertThat(besideData()).containsExactly("data");
  }

  /** Restores as the command does, without reading its words anew for each of some hundred. */
  private void restored(Path to) throws IOException {
    try (BackupReader backup = BackupReader.open(archive)) {
      new Restore(backup, archive, to).run((done, all) -> {}, (done, all) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLeaveNothingOfAnArchiveThatWasCutOff(boolean there) throws Exception {
    // given
    byte[] whole = Files.readAllBytes(backedUp());
    Path to = directory.resolve("again");
    if (there) {
      Files.createDirectory(to);
    }
    for (int length = 0; length < whole.length; length += EVERY) {
      Files.write(archive, Arrays.copyOf(whole, length));

      // when, then
      assertThatThrownBy(() -> restored(to))
          .isInstanceOf(BackupException.class)
          .hasMessageStartingWith(archive + " is no backup, or was cut off (")
          .hasMessageNotContaining("\n");
      assertNothingIn(to, there);
    }
    assertRefused(restore(to), 1, archive + " is no backup, or was cut off (");
  }

  @Test
  void shouldLeaveNothingOfAnArchiveWithAnotherByte() throws Exception {
    // given
    byte[] whole = Files.readAllBytes(backedUp());
    Path to = directory.resolve("again");
    int refused = 0;
    for (int at = 0; at < whole.length; at += EVERY) {
      byte[] other = whole.clone();
      other[at] ^= 0x10;
      Files.write(archive, other);

      // when, then: a time in it, or what no reader looks at, may be another
      try {
        restored(to);
        Map<String, String> files = DataFixture.files(to);
        files.keySet().removeAll(List.of("restored.json", "lock"));
        assertThat(files).as("byte %d", at).isEqualTo(DataFixture.kept(data));
        deleteAll(to);
      } catch (BackupException e) {
        refused++;
        assertThat(e).hasMessageStartingWith(archive + " ").hasMessageNotContaining("\n");
        assertNothingIn(to, false);
      }
    }
    assertThat(refused).isGreaterThan(whole.length / EVERY / 2);
  }

  private static void assertNothingIn(Path to, boolean there) {
    if (there) {
      assertThat(to).isEmptyDirectory();
    } else {
      assertThat(to).doesNotExist();
    }
  }

  private static void deleteAll(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(to)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void shouldRefuseADirectoryWithSomethingInIt() throws Exception {
    // given
    Path unused = backedUp();
    Path to = Files.createDirectory(directory.resolve("again"));
    Files.writeString(to.resolve("note"), "mine");

    // when, then
    assertRefused(restore(to), 1, "is not empty; name a directory that does not exist");
    assertThat(DataFixture.files(to)).containsOnlyKeys("note");
  }

  @Test
  void shouldRefuseADirectoryThatAnotherRestoreIsWriting() throws Exception {
    // given
    Path unused = backedUp();
    Path to = directory.resolve("again");
    try (DataDirectory busy = DataDirectory.lock(to)) {
      Files.writeString(to.resolve(DataDirectory.RESTORING), "");

      // when, then
      assertRefused(restore(to), 1, busy.path() + " is in use by process ");
      assertThat(DataFixture.files(to)).containsOnlyKeys("lock", "restoring");
    }
  }

  @Test
  void shouldTakeThePlaceOfARestoreThatWasCutShort() throws Exception {
    // given
    Path unused = backedUp();
    Path to = DataFixture.in(directory.resolve("again"));
    Files.writeString(to.resolve("kafka/half"), "");
    Files.writeString(to.resolve(DataDirectory.RESTORING), "");
    assertRefused(
        CommandRun.of("backup", "--data", to, "--out", directory.resolve("half.backup")),
        1,
        "whose restore was cut short; restore it again first");

    // when
    CommandRun run = restore(to);

    // then
    assertThat(run.code()).as(run.err()).isZero();
    Map<String, String> files = DataFixture.files(to);
    files.keySet().removeAll(List.of("restored.json", "lock"));
    assertThat(files).isEqualTo(DataFixture.kept(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "/tmp/out", "kafka/../../out", ""})
  void shouldWriteNothingOutsideOfTheDirectory(String path) throws Exception {
    // given
    String manifest =
        """
        {"format":1,"program":"p","takenAtMs":1,"clusterId":"c","stoppedInOrder":true,
         "files":[{"path":"%s","size":0,"sha256":"%s"}]}
        """
            .formatted(path, "0".repeat(64));
    writeArchive(manifest);

    // when, then
    assertRefused(restore(directory.resolve("again")), 1, "is damaged: it names a file outside");
    assertThat(besideData()).containsExactly("data", "monday.backup");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\":2,\"program\":\"later\"}",
        "{\"format\":1,\"program\":\"p\",\"clusterId\":\"c\",\"files\":[]}",
        "[",
      })
  void shouldRefuseAnArchiveOfAnotherFormat(String manifest) throws Exception {
    writeArchive(manifest);

    assertRefused(restore(directory.resolve("again")), 1, archive + " ");
    assertThat(directory.resolve("again")).doesNotExist();
  }

  private void writeArchive(String manifest) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
      zip.write(manifest.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }
}
