package io.quantumtrader.compose;

import io.quantumtrader.app.cli.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of one stack: chosen, kept and locked, or temporary and deleted at the end. */
public final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  /** The file that whoever works on the directory has locked; it says which process that is. */
  public static final String LOCK_FILE = "lock";

  /** There while a backup is being restored into the directory: what lies there is not whole. */
  public static final String RESTORING = "restoring";

  /** Where the embedded broker keeps everything, below the directory. */
  public static final String KAFKA = "kafka";

  private final Path path;
  private final boolean temporary;
  private final FileChannel lockFile;

  private DataDirectory(Path path, boolean temporary, FileChannel lockFile) {
    this.path = path;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /**
   * Opens a directory for the stack of this process alone.
   *
   * @throws StackException if another process has it, it cannot be written, or it holds a part of a
   *     backup whose restore was cut short
   */
  static DataDirectory open(Optional<Path> chosen) {
    DataDirectory opened = lock(chosen);
    if (Files.exists(opened.path.resolve(RESTORING))) {
      opened.close();
      throw new StackException(
          "%s holds a part of a backup: its restore was cut short; restore it again, or delete it"
              .formatted(opened.path));
    }
    return opened;
  }

  /**
   * Locks a directory for this process alone, whatever is in it; created if absent.
   *
   * @throws StackException if another process has it, or it cannot be written
   */
  public static DataDirectory lock(Path chosen) {
    return lock(Optional.of(chosen));
  }

  private static DataDirectory lock(Optional<Path> chosen) {
    try {
      Path path =
          chosen.isPresent()
              ? Files.createDirectories(chosen.get().toAbsolutePath().normalize())
              : Files.createTempDirectory("quantum-");
      return locked(path, chosen.isEmpty());
    } catch (IOException e) {
      throw new StackException("the data directory cannot be used: " + Directories.reason(e), e);
    }
  }

  /** A temporary directory that cannot be locked, as by an interruption, is not left behind. */
  private static DataDirectory locked(Path path, boolean temporary) throws IOException {
    try {
      return new DataDirectory(path, temporary, lockIn(path));
    } catch (IOException e) {
      if (temporary) {
        Files.walkFileTree(path, new Deletion());
      }
      throw e;
    }
  }

  private static FileChannel lockIn(Path path) throws IOException {
    Path file = path.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, file);
      }
      channel.truncate(0);
      String owner = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)));
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(path, file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StackException inUse(Path path, Path file) throws IOException {
    return new StackException(
        "%s is in use by process %s; end it or choose another data directory"
            .formatted(path, Files.readString(file).strip()));
  }

  /** The directory itself, absolute. */
  public Path path() {
    return path;
  }

  /** A directory in it, created if absent. */
  Path folder(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new StackException("the data directory cannot be used: " + e, e);
    }
  }

  boolean isTemporary() {
    return temporary;
  }

  /** Gives the directory free, or deletes it. */
  @Override
  public void close() {
    try {
      lockFile.close();
      if (temporary) {
        Files.walkFileTree(path, new Deletion());
      }
    } catch (IOException e) {
      LOG.warn("{} could not be cleaned up", path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      // Whoever deleted it while we were on our way was quicker.
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
