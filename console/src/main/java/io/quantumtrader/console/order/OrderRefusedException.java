package io.quantumtrader.console.order;

/** An order that makes no sense as things are, with what would. */
public final class OrderRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates it.
   *
   * @param message why, one sentence for people
   */
  public OrderRefusedException(String message) {
    super(message);
  }

  /**
   * Creates it.
   *
   * @param message why, one sentence for people
   * @param cause what led to it
   */
  public OrderRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
