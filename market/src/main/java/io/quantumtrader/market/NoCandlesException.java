package io.quantumtrader.market;

/** A file in order that is for something else than candles. */
final class NoCandlesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoCandlesException(String message) {
    super(message);
  }
}
