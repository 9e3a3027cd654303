package io.quantumtrader.compose.backup;

/** A backup cannot be made or restored; the message is one line that says what to do about it. */
final class BackupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
