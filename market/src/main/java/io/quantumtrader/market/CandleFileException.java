package io.quantumtrader.market;

/** A candle file that cannot be used at all; the message names the file, the line and the cause. */
public final class CandleFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CandleFileException(String message) {
    super(message);
  }

  CandleFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
