package io.quantumtrader.compose.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way from a worker to Redis, which breaks after so many bytes: in the middle of a command, or
 * of a reply to what Redis has done already. The next connection goes through again.
 */
final class CuttableLink implements AutoCloseable {

  private static final long WHOLE = Long.MAX_VALUE;

  private final ServerSocket listener;
  private final int redisPort;
  private final AtomicLong requests = new AtomicLong(WHOLE);
  private final AtomicLong replies = new AtomicLong(WHOLE);
  private final AtomicInteger cuts = new AtomicInteger();

  CuttableLink(int redisPort) throws IOException {
    this.redisPort = redisPort;
    this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String uri() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** Cuts once, after so many more bytes of requests. */
  void cutRequestsAfter(long bytes) {
    requests.set(bytes);
  }

  /** Cuts once, after so many more bytes of replies. */
  void cutRepliesAfter(long bytes) {
    replies.set(bytes);
  }

  /** How often the link has been cut. */
  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket worker = listener.accept();
        connect(worker);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket worker) throws IOException {
    try {
      Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
      Thread.ofVirtual().start(() -> pump(worker, redis, requests));
      Thread.ofVirtual().start(() -> pump(redis, worker, replies));
    } catch (IOException away) {
      worker.close();
    }
  }

  private void pump(Socket from, Socket to, AtomicLong budget) {
    byte[] buffer = new byte[4096];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        int count = read;
        long left = budget.getAndUpdate(now -> now == WHOLE || now < count ? WHOLE : now - count);
        out.write(buffer, 0, (int) Math.min(left, read));
        out.flush();
        if (left < read) {
          cuts.incrementAndGet();
          return;
        }
      }
    } catch (IOException broken) {
      // The other side is closed with this one.
    }
  }
}
