package io.quantumtrader.schemas.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A door before a broker: as long as it is closed, whoever comes is turned away, as by a broker
 * that is away. Behind it clients go to the broker's own address.
 */
public final class Door implements AutoCloseable {

  private final ServerSocket listener;
  private final int broker;
  private volatile boolean open;

  /**
   * Creates it, closed.
   *
   * @param brokerAddress host and port on this machine
   */
  public Door(String brokerAddress) throws IOException {
    broker = Integer.parseInt(brokerAddress.substring(brokerAddress.lastIndexOf(':') + 1));
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Returns where it is, as bootstrap servers. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Opens it. */
  public void open() {
    open = true;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (open) {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), broker);
          Thread.ofVirtual().start(() -> pass(client, server));
          Thread.ofVirtual().start(() -> pass(server, client));
        } else {
          client.close();
        }
      } catch (IOException ended) {
        // A client that went away, or the end, which the loop sees.
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Both are closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
