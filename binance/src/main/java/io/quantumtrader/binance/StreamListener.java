package io.quantumtrader.binance;

import java.time.Duration;

/**
 * What a {@link StreamSocket} tells its owner, all on one thread and in order. A call that throws
 * is logged, and the next message is handed on: no message ends a stream. Calls should be short, as
 * nothing is read meanwhile.
 */
@FunctionalInterface
public interface StreamListener {

  /**
   * Learns that a connection stands, before its first message. Where it follows another that broke,
   * events of the time between were missed; where the first was replaced in time, {@link #renewed}
   * is called instead.
   */
  default void connected() {}

  /** Takes one whole text message. */
  void message(String text);

  /**
   * Learns that the connection was replaced by another without a gap. What the new one has to say
   * of the time in which both stood may repeat the old one's messages.
   */
  default void renewed() {}

  /**
   * Learns that the connection is gone; another attempt follows by itself.
   *
   * @param why one line for people, without the address, which may hold a key
   */
  default void disconnected(String why) {}

  /**
   * Returns whether a silent connection is dead; then another takes its place. An owner may ask the
   * exchange over REST: where that does not answer either, the silence says nothing about the
   * stream. Where it is not dead, it is asked again after as much silence again.
   *
   * @param silence how long no frame of any kind has come
   * @throws InterruptedException where the socket is closed meanwhile
   */
  default boolean isDead(Duration silence) throws InterruptedException {
    return true;
  }
}
