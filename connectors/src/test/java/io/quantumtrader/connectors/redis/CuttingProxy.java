package io.quantumtrader.connectors.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection to Redis that breaks after so many bytes in one direction: a command cut off on its
 * way there, or a reply on its way back, when Redis has done what it was told.
 */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int redisPort;
  private final AtomicLong requestBudget = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong replyBudget = new AtomicLong(Long.MAX_VALUE);

  CuttingProxy(int redisPort) throws IOException {
    this.redisPort = redisPort;
    this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String uri() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** Lets so many more bytes of requests through, then cuts; 0 or less cuts at once. */
  void cutRequestsAfter(long bytes) {
    requestBudget.set(bytes);
  }

  /** Lets so many more bytes of replies through, then cuts. */
  void cutRepliesAfter(long bytes) {
    replyBudget.set(bytes);
  }

  /** Lets everything through. */
  void heal() {
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
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
        Thread.ofVirtual().start(() -> pump(client, redis, requestBudget));
        Thread.ofVirtual().start(() -> pump(redis, client, replyBudget));
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
