package io.quantumtrader.compose.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.replay.hash.Digests;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An archive that a {@link BackupWriter} wrote, its manifest read and in order. */
final class BackupReader implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path archive;
  private final ZipFile zip;
  private final BackupManifest manifest;

  private BackupReader(Path archive, ZipFile zip, BackupManifest manifest) {
    this.archive = archive;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens an archive; its files are not checked yet.
   *
   * @throws BackupException where it is none, cut off, or of another format
   */
  static BackupReader open(Path archive) {
    if (!Files.isReadable(archive)) {
      throw new BackupException(archive + " cannot be read: no such file, or no permission");
    }
    ZipFile zip = null;
    try {
      zip = new ZipFile(archive.toFile());
      BackupReader opened = new BackupReader(archive, zip, manifest(archive, zip));
      zip = null;
      return opened;
    } catch (ZipException e) {
      throw new BackupException(
          "%s is no backup, or was cut off (%s)".formatted(archive, e.getMessage()), e);
    } catch (IOException e) {
      throw new BackupException(
          "%s cannot be read: %s".formatted(archive, Directories.reason(e)), e);
    } finally {
      closeQuietly(zip);
    }
  }

  private static void closeQuietly(ZipFile zip) {
    try {
      if (zip != null) {
        zip.close();
      }
    } catch (IOException e) {
      // What made it fail to open is being told.
    }
  }

  private static BackupManifest manifest(Path archive, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(BackupManifest.NAME);
    if (entry == null) {
      throw new BackupException(
          "%s is no backup: it has no %s".formatted(archive, BackupManifest.NAME));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      JsonNode json = JSON.readTree(in.readAllBytes());
      int format = json.path("format").asInt(0);
      if (format != BackupManifest.FORMAT) {
        throw new BackupException(
            "%s has format %s; this program reads %d: use the version that made it, %s"
                .formatted(
                    archive,
                    json.path("format").asText("none"),
                    BackupManifest.FORMAT,
                    json.path("program").asText("unknown")));
      }
      BackupManifest manifest = JSON.treeToValue(json, BackupManifest.class);
      manifest
          .fault()
          .ifPresent(
              fault -> {
                throw new BackupException("%s is damaged: %s".formatted(archive, fault));
              });
      return manifest;
    } catch (JsonProcessingException e) {
      throw new BackupException(
          "%s is damaged: %s is not the JSON of a backup".formatted(archive, BackupManifest.NAME),
          e);
    }
  }

  BackupManifest manifest() {
    return manifest;
  }

  /**
   * Reads every file and holds it against its hash; nothing is written.
   *
   * @throws BackupException where one is missing, cut off or other than it was
   */
  void check(BackupProgress progress) throws IOException {
    long done = 0;
    for (BackupManifest.Entry each : manifest.files()) {
      copy(each, OutputStream.nullOutputStream());
      done += each.size();
      progress.at(done, manifest.bytes());
    }
  }

  /**
   * Writes every file below a directory, and holds what is written against its hash.
   *
   * @throws BackupException where one is missing, cut off or other than it was
   */
  void extract(Path directory, BackupProgress progress) throws IOException {
    long done = 0;
    for (BackupManifest.Entry each : manifest.files()) {
      Path file = directory.resolve(each.path());
      Files.createDirectories(file.getParent());
      ZipEntry entry;
      try (OutputStream out = Files.newOutputStream(file)) {
        entry = copy(each, out);
      }
      Files.setLastModifiedTime(file, entry.getLastModifiedTime());
      done += each.size();
      progress.at(done, manifest.bytes());
    }
  }

  private ZipEntry copy(BackupManifest.Entry file, OutputStream to) throws IOException {
    ZipEntry entry = zip.getEntry(BackupManifest.FILES + file.path());
    if (entry == null) {
      throw new BackupException(
          "%s is damaged: %s is missing in it".formatted(archive, file.path()));
    }
    MessageDigest digest = Digests.begin();
    try (InputStream in = zip.getInputStream(entry)) {
      long size = in.transferTo(new DigestOutputStream(to, digest));
      if (size != file.size() || !Digests.hex(digest).equals(file.sha256())) {
        throw damaged(file, null);
      }
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    }
    return entry;
  }

  private BackupException damaged(BackupManifest.Entry file, Exception cause) {
    return new BackupException(
        "%s is damaged: %s is not the file that was saved; restore another backup"
            .formatted(archive, file.path()),
        cause);
  }

  @Override
  public void close() {
    closeQuietly(zip);
  }
}
