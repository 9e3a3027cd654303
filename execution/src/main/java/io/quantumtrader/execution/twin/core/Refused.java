package io.quantumtrader.execution.twin.core;

/** The exchange says no. It ends one request, and changes nothing. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int httpStatus;
  private final int code;

  /**
   * Creates it.
   *
   * @param httpStatus 400 to 599
   * @param code the exchange's code, below 0
   */
  public Refused(int httpStatus, int code, String message) {
    super(message, null, false, false);
    this.httpStatus = httpStatus;
    this.code = code;
  }

  /** Returns the HTTP status it is answered with. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Returns the exchange's code. */
  public int code() {
    return code;
  }
}
