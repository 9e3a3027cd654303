package io.quantumtrader.execution.twin.stream;

/** What answers requests that come over a WebSocket. Thread-safe. */
@FunctionalInterface
public interface ApiDoor {

  /** Takes a request as it was sent, and answers it on its connection. */
  void take(ApiConnection connection, String text);
}
