package io.quantumtrader.compose.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.ContributedCommand;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.compose.DataDirectory;
import io.quantumtrader.compose.EmbeddedKafka;
import io.quantumtrader.compose.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts the data of a pipeline that is stopped into one file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put a data directory of ./quantum up into one file, from which ./quantum restore makes it",
      "again: topics, offsets, transactions, schemas, Redis, ports. The pipeline has to be",
      "stopped. Keys of an exchange are not in it. What is in it, what an old one does, and what",
      "can be copied while everything runs: docs/backup.md."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum backup --data data --out monday.backup",
      "  ./quantum backup --data data --out monday.backup --json",
    })
public final class BackupCommand implements Callable<Integer>, ContributedCommand {

  private static final int USAGE = 2;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data directory, as it was given to ./quantum up.")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The backup; a file that does not exist yet, outside of the data directory.")
  private Path out;

  @Option(names = "--json", description = "Print what was saved as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Creates it; picocli and the command line do. */
  public BackupCommand() {}

  @Override
  public Object command() {
    return this;
  }

  @Override
  public Integer call() {
    Path archive = out.toAbsolutePath().normalize();
    check(archive);
    Screen screen = Screen.ofProcess();
    screen.line("Saving " + data + " into " + out);
    long begun = System.nanoTime();
    try (DataDirectory directory = DataDirectory.lock(data)) {
      refuseHalf(directory.path());
      Path kafka = directory.path().resolve(DataDirectory.KAFKA);
      boolean stoppedInOrder = !EmbeddedKafka.wasKilled(kafka);
      if (!stoppedInOrder) {
        screen.line("  note: the pipeline was killed; this saves what the kill left");
      }
      BackupWriter.About about =
          new BackupWriter.About(
              spec.root().version()[0],
              System.currentTimeMillis(),
              EmbeddedKafka.clusterIdIn(kafka).orElseThrow(this::noData),
              stoppedInOrder);
      BackupManifest saved =
          new BackupWriter(directory.path(), archive, Progress.on(screen, "saving")).write(about);
      screen.done("saved " + out, Duration.ofNanos(System.nanoTime() - begun));
      print(saved, Files.size(archive));
      return 0;
    } catch (StackException | BackupException e) {
      throw new CommandFailure(e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          "%s cannot be saved into %s: %s".formatted(data, out, Directories.reason(e)), e);
    } finally {
      screen.clear();
    }
  }

  /** Everything that can be wrong is said before anything is written. */
  private void check(Path archive) {
    if (EmbeddedKafka.clusterIdIn(data.resolve(DataDirectory.KAFKA)).isEmpty()) {
      throw noData();
    }
    if (Files.exists(archive)) {
      throw new CommandFailure(USAGE, out + " is there already; name another file", null);
    }
    if (archive.startsWith(data.toAbsolutePath().normalize())) {
      throw new CommandFailure(
          USAGE, out + " is in the data directory; name a file outside of it", null);
    }
    if (!Files.isDirectory(archive.getParent())) {
      throw new CommandFailure(
          USAGE, archive.getParent() + " is no directory; create it, or name another file", null);
    }
  }

  private void refuseHalf(Path directory) {
    if (Files.exists(directory.resolve(DataDirectory.RESTORING))) {
      throw new BackupException(
          data + " holds a part of a backup, whose restore was cut short; restore it again first");
    }
  }

  private CommandFailure noData() {
    return new CommandFailure(
        USAGE,
        data + " holds no topics: name the directory that ./quantum up --data was given",
        null);
  }

  private void print(BackupManifest saved, long archiveBytes) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("file", out.toString());
    node.put("takenAt", Instant.ofEpochMilli(saved.takenAtMs()).toString());
    node.put("program", saved.program());
    node.put("clusterId", saved.clusterId());
    node.put("stoppedInOrder", saved.stoppedInOrder());
    node.put("files", saved.files().size());
    node.put("bytes", saved.bytes());
    node.put("archiveBytes", archiveBytes);
    spec.commandLine()
        .getOut()
        .println(
            json
                ? node
                : "%s: %,d files, %s, of cluster %s, in %s"
                    .formatted(
                        out,
                        saved.files().size(),
                        Progress.size(saved.bytes()),
                        saved.clusterId(),
                        Progress.size(archiveBytes)));
    spec.commandLine().getOut().flush();
  }
}
