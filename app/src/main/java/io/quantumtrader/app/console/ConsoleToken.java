package io.quantumtrader.app.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A token of the pipeline's own, in a file that nobody else can read. */
public final class ConsoleToken {

  private static final int BYTES = 24;

  private ConsoleToken() {}

  /** Returns a new one that nobody can guess. */
  static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Returns the token in a file, which is made where there is none: whoever kept it may go on with
   * it after a restart.
   *
   * @throws IOException if the file can be neither read nor written
   */
  public static String in(Path file) throws IOException {
    try {
      Files.createFile(file, onlyOurs());
      Files.writeString(file, random() + "\n", StandardCharsets.US_ASCII);
    } catch (FileAlreadyExistsException kept) {
      // Read below.
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }

  private static FileAttribute<?>[] onlyOurs() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
