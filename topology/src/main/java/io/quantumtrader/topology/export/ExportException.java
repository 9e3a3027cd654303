package io.quantumtrader.topology.export;

/** Something cannot be read as an export, or not be exported; the message is one line. */
public final class ExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
