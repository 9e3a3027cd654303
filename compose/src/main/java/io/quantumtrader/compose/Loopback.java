package io.quantumtrader.compose;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The one interface on which everything embedded listens; IPv4, so that its text is the same. */
final class Loopback {
  static final String HOST = "127.0.0.1";

  private Loopback() {}

  /** The address with a port, 0 for one that the kernel is to choose. */
  static InetSocketAddress at(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
