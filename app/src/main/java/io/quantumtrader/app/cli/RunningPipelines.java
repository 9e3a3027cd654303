package io.quantumtrader.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The pipelines that this user's {@code quantum up}s run: a small file for each, in a directory
 * that nobody else can read, there while the run lasts, so that other commands need no addresses.
 * The file of a run that was killed says nothing: its process has ended.
 */
public final class RunningPipelines {

  private static final String ENDING = ".properties";
  private static final int MOST_OF_ONE_PROCESS = 100;

  private final Path directory;

  /** Names the directory; it is created when the first pipeline is announced. */
  public RunningPipelines(Path directory) {
    this.directory = directory;
  }

  /**
   * Returns those of this user, below the temporary directory; or, where the system property {@code
   * quantum.running} names another directory, those in it: tests are no pipelines of the user's.
   */
  public static RunningPipelines ofThisUser() {
    String elsewhere = System.getProperty("quantum.running", "");
    return new RunningPipelines(
        elsewhere.isEmpty()
            ? Path.of(
                System.getProperty("java.io.tmpdir"),
                "quantum-up-" + System.getProperty("user.name") + ".d")
            : Path.of(elsewhere));
  }

  /** Returns the pipelines that run, in the order in which they started. */
  public List<RunningPipeline> list() {
    List<RunningPipeline> found = new ArrayList<>();
    if (!Files.isDirectory(directory) || !isOurs()) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
      for (Path file : files) {
        read(file).filter(RunningPipeline::isAlive).ifPresent(found::add);
      }
    } catch (IOException e) {
      // What cannot be read names no pipeline.
      return List.of();
    }
    found.sort(
        Comparator.comparingLong(RunningPipeline::startedMs).thenComparing(RunningPipeline::name));
    return List.copyOf(found);
  }

  /**
   * Announces a pipeline of this process.
   *
   * @return the pipeline under the name it has now: its own, or one beside it that is free
   * @throws IOException if the file cannot be written
   */
  public RunningPipeline announce(RunningPipeline pipeline) throws IOException {
    create();
    for (int count = 1; count <= MOST_OF_ONE_PROCESS; count++) {
      String name = count == 1 ? pipeline.name() : pipeline.name() + "-" + count;
      Path file = file(name);
      if (read(file).filter(RunningPipeline::isAlive).isEmpty() && isCreated(file)) {
        RunningPipeline named = pipeline.named(name);
        write(named);
        return named;
      }
    }
    throw new IOException("too many pipelines in " + directory);
  }

  /**
   * Says something new about an announced pipeline.
   *
   * @throws IOException if the file cannot be written
   */
  public void update(RunningPipeline pipeline) throws IOException {
    if (Files.exists(file(pipeline.name()))) {
      write(pipeline);
    }
  }

  /**
   * Takes an announcement back.
   *
   * @throws IOException if the file cannot be deleted
   */
  public void withdraw(RunningPipeline pipeline) throws IOException {
    Files.deleteIfExists(file(pipeline.name()));
  }

  /** Returns whether the file is a new one of ours; another run may have been quicker. */
  private static boolean isCreated(Path file) throws IOException {
    Files.deleteIfExists(file);
    try {
      Files.createFile(file, onlyOurs("rw-------"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void write(RunningPipeline pipeline) throws IOException {
    // In one step, so that nobody reads half a file.
    Path fresh = Files.createTempFile(directory, pipeline.name(), ".new");
    try (OutputStream out = Files.newOutputStream(fresh, StandardOpenOption.WRITE)) {
      pipeline.toProperties().store(out, "where a running pipeline can be reached");
    }
    Files.move(
        fresh,
        file(pipeline.name()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void create() throws IOException {
    try {
      Files.createDirectory(directory, onlyOurs("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!isOurs()) {
        throw new IOException(directory + " belongs to another user", e);
      }
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ENDING);
  }

  private static Optional<RunningPipeline> read(Path file) {
    String fileName = String.valueOf(file.getFileName());
    Properties said = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      said.load(in);
      String name = fileName.substring(0, fileName.length() - ENDING.length());
      return Optional.of(RunningPipeline.from(name, said));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Anybody may create a directory of that name; only one of our own is believed. */
  private boolean isOurs() {
    try {
      return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS)
          .getName()
          .equals(System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static FileAttribute<?>[] onlyOurs(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
