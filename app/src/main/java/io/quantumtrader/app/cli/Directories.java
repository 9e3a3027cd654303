package io.quantumtrader.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/** Directories that a command is to write into. */
public final class Directories {

  private Directories() {}

  /**
   * Creates a directory where it is missing, and makes sure that it can be written into, so that a
   * mistake is told before anything starts.
   *
   * @param option the option that names it, for the message
   * @throws CommandFailure if it cannot be written
   */
  public static void requireWritable(String option, Path directory) {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".quantum", null));
    } catch (IOException e) {
      throw new CommandFailure(
          "%s %s cannot be written (%s); choose another directory"
              .formatted(option, directory, reason(e)),
          e);
    }
  }

  /** Returns why a file or directory cannot be used, in words. */
  public static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + " is no directory";
      case NotDirectoryException none -> none.getFile() + " is no directory";
      case NoSuchFileException none -> none.getFile() + " does not exist";
      case FileSystemException other -> Objects.requireNonNullElse(other.getReason(), said(other));
      default -> said(failure);
    };
  }

  private static String said(IOException failure) {
    return String.valueOf(failure.getMessage());
  }
}
