package io.quantumtrader.execution.twin.engine;

/**
 * How the answer to a request goes wrong.
 *
 * @param executes whether the request is executed all the same
 * @param cut whether the connection is closed instead of an answer
 * @param httpStatus of the answer, where there is one
 * @param code of the answer, below 0
 * @param retryAfterS seconds, sent as {@code Retry-After}; 0 for none
 * @param waitMs how long the client waits for what it gets, milliseconds, 0 or more
 * @param sparesExits whether reduce-only orders are served all the same, and the fault waits
 * @param arrivesAfterMs how long the request is on its way after the client was answered, by the
 *     exchange's clock, milliseconds; 0: it is not on its way
 */
public record RestFault(
    boolean executes,
    boolean cut,
    int httpStatus,
    int code,
    String message,
    int retryAfterS,
    long waitMs,
    boolean sparesExits,
    long arrivesAfterMs) {

  /** Returns a connection that is cut, the request executed or not. */
  public static RestFault cut(boolean executes) {
    return new RestFault(executes, true, 0, 0, "", 0, 0, false, 0);
  }

  /**
   * Returns a connection that says nothing and then is cut, the request executed at once or not.
   *
   * @param ms how long it says nothing, milliseconds
   */
  public static RestFault silence(boolean executes, long ms) {
    return new RestFault(executes, true, 0, 0, "", 0, Math.max(0, ms), false, 0);
  }

  /** Returns a time-out (-1007), the request executed or not. */
  public static RestFault timeout(boolean executes) {
    String message =
        "Timeout waiting for response from backend server. Send status unknown; execution status"
            + " unknown.";
    return new RestFault(executes, false, 408, -1007, message, 0, 0, false, 0);
  }

  /** Returns a refusal, the request not executed. */
  public static RestFault refusal(int httpStatus, int code, String message) {
    return new RestFault(false, false, httpStatus, code, message, 0, 0, false, 0);
  }

  /** Returns an answer with an error although the request is executed. */
  public static RestFault lostAnswer(int httpStatus, int code, String message) {
    return new RestFault(true, false, httpStatus, code, message, 0, 0, false, 0);
  }

  /** Returns an overload (-1008), from which reduce-only orders are exempt. */
  public static RestFault overload() {
    String message = "Server is currently overloaded with other requests. Please try again.";
    return new RestFault(false, false, 503, -1008, message, 0, 0, true, 0);
  }

  /** Returns a limit that is said to be reached: 429, or 418 for a ban. */
  public static RestFault limited(int httpStatus, int retryAfterS) {
    return new RestFault(
        false, false, httpStatus, -1003, "Too many requests.", retryAfterS, 0, false, 0);
  }

  /**
   * Returns this fault with the request held up on its way: the client gets the fault's answer now,
   * and the request is executed later, where its timestamp is still good then.
   *
   * @param ms how much later, by the exchange's clock, milliseconds, 1 or more
   */
  public RestFault arrivingAfter(long ms) {
    return new RestFault(
        false, cut, httpStatus, code, message, retryAfterS, waitMs, sparesExits, Math.max(1, ms));
  }

  /** Returns whether the request is executed after the client was answered. */
  public boolean isLate() {
    return arrivesAfterMs > 0;
  }
}
