package io.quantumtrader.compose;

import io.quantumtrader.compose.process.ProcessGuard;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Kafka broker, a Schema Registry, Redis and a Kafka Connect worker on this machine, or the
 * addresses given in place of them. Everything listens on the loopback interface on free ports.
 *
 * <p>Close it: parts stop in the reverse order of their start. A process that ends without closing,
 * be it by {@code kill -9}, still leaves no child process and no temporary directory behind, see
 * {@link ProcessGuard}; only the broker then ends without a last word, which a kept directory
 * stands.
 */
public final class Stack implements AutoCloseable {
  private final DataDirectory data;
  private final StackParts parts;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Stack(DataDirectory data, StackParts parts) {
    this.data = data;
    this.parts = parts;
  }

  /**
   * Starts what the settings ask for: broker, registry and Redis side by side, Connect as soon as
   * the broker is there.
   *
   * @throws StackException naming the part and the reason; what had started is stopped again
   */
  public static Stack start(StackSettings settings, Progress progress) {
    DataDirectory data = DataDirectory.open(settings.dataDirectory());
    try {
      FixedPorts ports = settings.ports().withThoseOf(data.path());
      Optional<Path> temporary = data.isTemporary() ? Optional.of(data.path()) : Optional.empty();
      ProcessGuard guard = ProcessGuard.hold(data.folder("run"), temporary);
      Stack stack = new Stack(data, StackStart.of(settings, ports, data, guard, progress));
      // Only what could be had is kept: a port that was taken must not stop the next start too.
      settings.ports().keepIn(data.path(), ports);
      return stack;
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Where Kafka is, {@code host:port,...}. */
  public String bootstrapServers() {
    return parts.bootstrapServers();
  }

  /** Where the registry is: the base URL of Confluent's API. */
  public String schemaRegistryUrl() {
    return parts.schemaRegistryUrl();
  }

  /** Where Redis is. */
  public String redisUri() {
    return parts.redisUri();
  }

  /**
   * The Connect worker.
   *
   * @throws StackException if the settings left it out
   */
  public EmbeddedConnect connect() {
    return parts.connect().orElseThrow(() -> new StackException("this stack has no Kafka Connect"));
  }

  /** The Connect worker's REST interface, a URL; empty if the settings left it out. */
  public Optional<String> connectUrl() {
    return parts.connect().map(worker -> worker.url().toString());
  }

  /** The directory in which everything is, absolute. */
  public Path directory() {
    return data.path();
  }

  /** Whether that directory is deleted at the end. */
  public boolean isTemporary() {
    return data.isTemporary();
  }

  /** A directory for this name within the data directory, created if absent; it shares its fate. */
  public Path directory(String name) {
    return data.folder(name);
  }

  /**
   * Stops everything, bounded in time, and deletes a temporary data directory. Safe to call again,
   * and from several threads: each returns when it is done.
   */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      parts.close();
      data.close();
      closed.countDown();
      return;
    }
    boolean interrupted = false;
    while (true) {
      try {
        closed.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
