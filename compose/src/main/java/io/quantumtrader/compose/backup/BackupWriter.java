package io.quantumtrader.compose.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.replay.hash.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a data directory that nobody works on into an archive: a zip file with the files and their
 * {@link BackupManifest}. It has its name only once it is whole; until then, and where it fails, it
 * is a file beside it that is deleted.
 */
final class BackupWriter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNFINISHED = ".unfinished";

  private final Path directory;
  private final Path archive;
  private final BackupProgress progress;

  BackupWriter(Path directory, Path archive, BackupProgress progress) {
    this.directory = directory;
    this.archive = archive;
    this.progress = progress;
  }

  /**
   * What goes into the manifest beside the files, see {@link BackupManifest}.
   *
   * @param takenAtMs now, wall time, epoch milliseconds UTC
   */
  record About(String program, long takenAtMs, String clusterId, boolean stoppedInOrder) {}

  /**
   * Writes the archive.
   *
   * @return what it holds
   * @throws BackupException where a file changes meanwhile
   * @throws IOException where something cannot be read or written
   */
  BackupManifest write(About about) throws IOException {
    Path unfinished = archive.resolveSibling(archive.getFileName() + UNFINISHED);
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, onlyOurs());
    // Ctrl-C ends the process where it stands.
    unfinished.toFile().deleteOnExit();
    try {
      BackupManifest manifest = written(unfinished, about);
      Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private BackupManifest written(Path file, About about) throws IOException {
    List<DataFiles.Found> found = DataFiles.of(directory);
    long all = found.stream().mapToLong(DataFiles.Found::size).sum();
    List<BackupManifest.Entry> entries = new ArrayList<>();
    BackupManifest manifest;
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      // Most of it is records that are compressed already, or the zeros of an index.
      zip.setLevel(Deflater.BEST_SPEED);
      long done = 0;
      for (DataFiles.Found each : found) {
        entries.add(entry(zip, each));
        done += each.size();
        progress.at(done, all);
      }
      requireUnchanged(found);
      manifest =
          new BackupManifest(
              BackupManifest.FORMAT,
              about.program(),
              about.takenAtMs(),
              about.clusterId(),
              about.stoppedInOrder(),
              List.copyOf(entries));
      zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
      zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      zip.closeEntry();
    }
    force(file);
    return manifest;
  }

  private BackupManifest.Entry entry(ZipOutputStream zip, DataFiles.Found found)
      throws IOException {
    ZipEntry entry = new ZipEntry(BackupManifest.FILES + found.path());
    entry.setLastModifiedTime(found.modified());
    zip.putNextEntry(entry);
    MessageDigest digest = Digests.begin();
    long size;
    try (InputStream bytes =
        new DigestInputStream(Files.newInputStream(directory.resolve(found.path())), digest)) {
      size = bytes.transferTo(zip);
    }
    zip.closeEntry();
    return new BackupManifest.Entry(found.path(), size, Digests.hex(digest));
  }

  /** The lock keeps a stack of ours away; a server that was started by hand does not ask for it. */
  private void requireUnchanged(List<DataFiles.Found> before) throws IOException {
    List<DataFiles.Found> now = DataFiles.of(directory);
    if (now.equals(before)) {
      return;
    }
    String changed =
        now.stream()
            .filter(each -> !before.contains(each))
            .map(DataFiles.Found::path)
            .findFirst()
            .orElse("a file that is gone");
    throw new BackupException(
        "%s changed while it was read (%s): end what writes there, and try again"
            .formatted(directory, changed));
  }

  /** A backup that is said to be there must be there after a power cut too. */
  private static void force(Path file) throws IOException {
    try (var channel =
        java.nio.channels.FileChannel.open(file, EnumSet.of(StandardOpenOption.WRITE))) {
      channel.force(true);
    }
  }

  /** It holds all that was traded, so that nobody else may read it. */
  private static FileAttribute<?>[] onlyOurs() {
    Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
