package io.quantumtrader.market;

/** A line of an intent file that is no intent. */
public final class UnreadableIntent {

  private final RejectedLine cause;
  private final byte[] bytes;

  /**
   * Takes the line.
   *
   * @param cause its number in the file and what is wrong with it
   * @param bytes the line itself, without its end
   */
  public UnreadableIntent(RejectedLine cause, byte[] bytes) {
    this.cause = cause;
    this.bytes = bytes.clone();
  }

  /** Returns its number in the file and what is wrong with it. */
  public RejectedLine cause() {
    return cause;
  }

  /** Returns the line itself, without its end. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return cause.toString();
  }
}
