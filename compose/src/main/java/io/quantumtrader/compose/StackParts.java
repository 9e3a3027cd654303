package io.quantumtrader.compose;

import io.quantumtrader.compose.process.ProcessGuard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has started so far and where it is; stops it in the reverse order. */
final class StackParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StackParts.class);
  private static final long STOPS_WITHIN_MS = 30_000;

  private final ProcessGuard guard;
  private final Map<StackPart, String> addresses = new EnumMap<>(StackPart.class);
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private Optional<EmbeddedConnect> connect = Optional.empty();
  private boolean closed;

  StackParts(ProcessGuard guard) {
    this.guard = guard;
  }

  /** Notes an address that was given from outside; nothing there is ours to stop. */
  synchronized void add(StackPart part, String address) {
    addresses.put(part, address);
  }

  /** Takes a part over; one that comes too late, after the close, is stopped at once. */
  synchronized void add(StackPart part, String address, AutoCloseable running) {
    addresses.put(part, address);
    if (closed) {
      closeWithin(running);
      return;
    }
    started.push(running);
    if (running instanceof EmbeddedConnect worker) {
      connect = Optional.of(worker);
    }
  }

  synchronized String address(StackPart part) {
    return addresses.get(part);
  }

  String bootstrapServers() {
    return address(StackPart.BROKER);
  }

  String schemaRegistryUrl() {
    return address(StackPart.REGISTRY);
  }

  String redisUri() {
    return address(StackPart.REDIS);
  }

  synchronized Optional<EmbeddedConnect> connect() {
    return connect;
  }

  /** Stops the last part first: Connect starts after the broker, so it always stops before it. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      closeWithin(started.pop());
    }
    guard.close();
  }

  /** One part that hangs must not keep the others from being stopped. */
  private static void closeWithin(AutoCloseable part) {
    String name = part.getClass().getSimpleName();
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("close-" + name)
            .start(
                () -> {
                  try {
                    part.close();
                  } catch (Exception e) {
                    LOG.warn("{} did not stop cleanly", name, e);
                  }
                });
    boolean interrupted = Thread.interrupted();
    try {
      closer.join(STOPS_WITHIN_MS);
      if (closer.isAlive()) {
        LOG.warn("{} did not stop within {} ms and is left behind", name, STOPS_WITHIN_MS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
