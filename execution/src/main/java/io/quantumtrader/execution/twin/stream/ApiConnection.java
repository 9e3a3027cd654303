package io.quantumtrader.execution.twin.stream;

import java.util.Optional;

/** A connection of the WebSocket API, and whose it is since it was logged on. Thread-safe. */
public final class ApiConnection {
  private final Subscriber subscriber;
  private final String address;
  private Session session;

  /**
   * Who is logged on.
   *
   * @param sinceMs from when on, epoch milliseconds UTC
   */
  public record Session(String apiKey, long sinceMs) {}

  ApiConnection(Subscriber subscriber, String address) {
    this.subscriber = subscriber;
    this.address = address;
  }

  /** Returns whom limits count for. */
  public String address() {
    return address;
  }

  /** Returns since when it stands, epoch milliseconds UTC. */
  public long openedMs() {
    return subscriber.openedMs();
  }

  /** Returns who is logged on. */
  public synchronized Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** Logs somebody on; {@code null} logs off. */
  public synchronized void session(Session next) {
    session = next;
  }

  /** Sends an answer. */
  public void answer(String text) {
    subscriber.text(text);
  }

  /** Ends the connection without a word. */
  public void cut() {
    subscriber.cut();
  }
}
