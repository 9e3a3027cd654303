package io.quantumtrader.execution.twin.stream;

/**
 * What a connection may do and how long it lives.
 *
 * @param streams most streams a connection
 * @param messagesPerSecond most messages a second that a client may send
 * @param pingEveryMs from one ping of the server to the next, milliseconds
 * @param lifeMs longest life, milliseconds
 */
public record StreamLimits(int streams, int messagesPerSecond, long pingEveryMs, long lifeMs) {

  /** Returns the exchange's own. */
  public static StreamLimits usual() {
    return new StreamLimits(1024, 10, 180_000, 86_400_000);
  }
}
