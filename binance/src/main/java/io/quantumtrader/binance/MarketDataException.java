package io.quantumtrader.binance;

import java.time.Duration;
import java.util.Optional;

/** The exchange did not answer as it should; the message is one line that names the URL. */
public final class MarketDataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** No answer, an error of the server, or access is denied; later it may be different. */
    UNAVAILABLE,
    /** Too much was asked; nothing may be asked before the time that the exchange says is up. */
    LIMITED,
    /** This request is wrong and stays so, for example an unknown symbol. */
    REFUSED,
    /** There was an answer that cannot be read; the message names the field. */
    BROKEN
  }

  private final Kind kind;
  private final transient Duration retryAfter;

  private MarketDataException(Kind kind, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  static MarketDataException unavailable(String message, Throwable cause) {
    return new MarketDataException(Kind.UNAVAILABLE, message, null, cause);
  }

  static MarketDataException limited(String message, Duration retryAfter) {
    return new MarketDataException(Kind.LIMITED, message, retryAfter, null);
  }

  static MarketDataException refused(String message) {
    return new MarketDataException(Kind.REFUSED, message, null, null);
  }

  static MarketDataException broken(String message, Throwable cause) {
    return new MarketDataException(Kind.BROKEN, message, null, cause);
  }

  /** Returns what went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Returns whether it is about this one request, so that others may well be answered. */
  public boolean isAboutTheRequest() {
    return kind == Kind.REFUSED || kind == Kind.BROKEN;
  }

  /** Returns how long nothing may be asked, above 0, where the exchange said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
