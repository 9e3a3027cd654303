package io.quantumtrader.schemas.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way to a server on this machine that breaks after so many bytes in one direction: a command cut
 * off on its way there, or a reply on its way back, when the server has done what it was told. With
 * none left, whoever comes is turned away, as by a server that is away.
 */
public final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int port;
  private final AtomicLong requestBudget = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong replyBudget = new AtomicLong(Long.MAX_VALUE);

  public CuttingProxy(int port) throws IOException {
    this.port = port;
    this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * Returns one that turns everybody away until it is healed. A client of Kafka that it lets
   * through goes to the broker's own address from then on.
   *
   * @param address of the server, {@code host:port}
   */
  public static CuttingProxy closedBefore(String address) throws IOException {
    CuttingProxy closed =
        new CuttingProxy(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    closed.cutRequestsAfter(0);
    return closed;
  }

  /** Returns where it is, {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Lets so many more bytes of requests through, then cuts; 0 or less cuts at once. */
  public void cutRequestsAfter(long bytes) {
    requestBudget.set(bytes);
  }

  /** Lets so many more bytes of replies through, then cuts. */
  public void cutRepliesAfter(long bytes) {
    replyBudget.set(bytes);
  }

  /** Lets everything through. */
  public void heal() {
    requestBudget.set(Long.MAX_VALUE);
    replyBudget.set(Long.MAX_VALUE);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pump(client, server, requestBudget));
        Thread.ofVirtual().start(() -> pump(server, client, replyBudget));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void pump(Socket from, Socket to, AtomicLong budget) {
    byte[] buffer = new byte[4096];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        long left = budget.getAndUpdate(limit(read));
        out.write(buffer, 0, Math.clamp(left, 0, read));
        out.flush();
        if (left < read) {
          return;
        }
      }
    } catch (IOException broken) {
      // The other side is closed with this one.
    }
  }

  private static java.util.function.LongUnaryOperator limit(int used) {
    return left -> left == Long.MAX_VALUE ? left : left - used;
  }
}
