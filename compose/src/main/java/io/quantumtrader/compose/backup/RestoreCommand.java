package io.quantumtrader.compose.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.ContributedCommand;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.compose.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a data directory of a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make a data directory of a file that ./quantum backup wrote. Each file is held against its",
      "hash before anything is written; a backup that is damaged or cut off leaves nothing. On an",
      "exchange that went on meanwhile, the next ./quantum up is REDUCING until you say",
      "otherwise: docs/backup.md."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum restore monday.backup --data data",
      "  ./quantum up --data data",
    })
public final class RestoreCommand implements Callable<Integer>, ContributedCommand {

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path archive;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data directory to make: empty, or one that does not exist.")
  private Path data;

  @Option(names = "--json", description = "Print what was restored as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Creates it; picocli and the command line do. */
  public RestoreCommand() {}

  @Override
  public Object command() {
    return this;
  }

  @Override
  public Integer call() {
    Screen screen = Screen.ofProcess();
    long begun = System.nanoTime();
    try (BackupReader backup = BackupReader.open(archive)) {
      BackupManifest manifest = backup.manifest();
      screen.line(
          "Restoring %s, of %s, into %s"
              .formatted(archive, Instant.ofEpochMilli(manifest.takenAtMs()), data));
      String program = spec.root().version()[0];
      if (!manifest.program().equals(program)) {
        screen.line("  note: it was made by %s, this is %s".formatted(manifest.program(), program));
      }
      new Restore(backup, archive, data)
          .run(Progress.on(screen, "checking"), Progress.on(screen, "restoring"));
      screen.done("restored " + data, Duration.ofNanos(System.nanoTime() - begun));
      print(manifest);
      return 0;
    } catch (StackException | BackupException e) {
      throw new CommandFailure(e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          "%s cannot be restored into %s: %s".formatted(archive, data, Directories.reason(e)), e);
    } finally {
      screen.clear();
    }
  }

  private void print(BackupManifest restored) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("data", data.toString());
    node.put("takenAt", Instant.ofEpochMilli(restored.takenAtMs()).toString());
    node.put("program", restored.program());
    node.put("clusterId", restored.clusterId());
    node.put("stoppedInOrder", restored.stoppedInOrder());
    node.put("files", restored.files().size());
    node.put("bytes", restored.bytes());
    spec.commandLine()
        .getOut()
        .println(
            json
                ? node
                : "%s: %,d files, %s, as of %s"
                    .formatted(
                        data,
                        restored.files().size(),
                        Progress.size(restored.bytes()),
                        Instant.ofEpochMilli(restored.takenAtMs())));
    spec.commandLine().getOut().flush();
  }
}
