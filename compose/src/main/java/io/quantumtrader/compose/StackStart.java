package io.quantumtrader.compose;

import io.quantumtrader.compose.EmbeddedRedis.Keeping;
import io.quantumtrader.compose.process.Deadline;
import io.quantumtrader.compose.process.ProcessGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One start of a stack: all parts or none. */
final class StackStart {
  private static final Duration ALL_READY_WITHIN = Duration.ofMinutes(3);
  private static final long GIVEN_UP_WITHIN_S = 30;

  private final StackSettings settings;
  private final DataDirectory data;
  private final ProcessGuard guard;
  private final Progress progress;
  private final StackParts parts;
  private final FixedPorts ports;
  private boolean failed;
  private volatile boolean givenUp;

  private StackStart(
      StackSettings settings,
      FixedPorts ports,
      DataDirectory data,
      ProcessGuard guard,
      Progress progress) {
    this.settings = settings;
    this.data = data;
    this.guard = guard;
    this.progress = progress;
    this.parts = new StackParts(guard);
    this.ports = ports;
  }

  /**
   * Starts the parts.
   *
   * @param ports where they listen
   * @throws StackException for the first that fails; all are stopped, and the guard is let go
   */
  static StackParts of(
      StackSettings settings,
      FixedPorts ports,
      DataDirectory data,
      ProcessGuard guard,
      Progress progress) {
    return new StackStart(settings, ports, data, guard, progress).run();
  }

  private StackParts run() {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("stack-start-", 0).factory());
    List<Runnable> ofProcesses = List.of(this::registry, this::redis);
    List<Future<Void>> interruptible = new ArrayList<>();
    CompletionService<Void> running = new ExecutorCompletionService<>(threads);
    try {
      Future<Void> unused = running.submit(this::brokerThenConnect, null);
      for (Runnable chain : ofProcesses) {
        interruptible.add(running.submit(chain, null));
      }
      awaitAll(running, 1 + ofProcesses.size());
      return parts;
    } catch (StackException e) {
      givenUp = true;
      // Broker and Connect are in this process: libraries that are just being loaded would not load
      // again after an interruption, and say so at length. They come to the end of what they are
      // at.
      interruptible.forEach(chain -> chain.cancel(true));
      threads.shutdown();
      awaitSilence(threads);
      parts.close();
      throw e;
    } finally {
      threads.shutdown();
    }
  }

  private static void awaitAll(CompletionService<Void> running, int count) {
    Deadline deadline = Deadline.after(ALL_READY_WITHIN);
    try {
      for (int done = 0; done < count; done++) {
        Future<Void> one = running.poll(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        if (one == null) {
          throw new StackException(
              "the stack did not start within %d s".formatted(ALL_READY_WITHIN.toSeconds()));
        }
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StackException named
          ? named
          : new StackException("the stack did not start: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while the stack was starting", e);
    }
  }

  /** Lets those that are half-way come to an end; what they still start is stopped at once. */
  private static void awaitSilence(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      boolean unused = threads.awaitTermination(GIVEN_UP_WITHIN_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void brokerThenConnect() {
    startOrTry(
        StackPart.BROKER,
        settings.bootstrapServers(),
        () -> {
          EmbeddedKafka broker =
              EmbeddedKafka.start(data.folder(DataDirectory.KAFKA), ports.of(StackPart.BROKER));
          return new Running(broker.bootstrapServers(), broker);
        });
    if (settings.connect() && !givenUp) {
      startOrTry(
          StackPart.CONNECT,
          Optional.empty(),
          () -> {
            EmbeddedConnect connect =
                EmbeddedConnect.start(
                    parts.bootstrapServers(),
                    data.folder("connect"),
                    ports.of(StackPart.CONNECT),
                    settings.connectSettings());
            return new Running(connect.url().toString(), connect);
          });
    }
  }

  private void registry() {
    startOrTry(
        StackPart.REGISTRY,
        settings.schemaRegistryUrl(),
        () -> {
          EmbeddedRegistry registry =
              EmbeddedRegistry.start(
                  EmbeddedRegistry.home(),
                  data.folder("registry"),
                  ports.of(StackPart.REGISTRY),
                  guard);
          return new Running(registry.url(), registry);
        });
  }

  private void redis() {
    Keeping keeping = data.isTemporary() ? Keeping.NOTHING : Keeping.ALL_WRITES;
    startOrTry(
        StackPart.REDIS,
        settings.redisUri(),
        () -> {
          EmbeddedRedis redis =
              EmbeddedRedis.start(data.folder("redis"), keeping, ports.of(StackPart.REDIS), guard);
          return new Running(redis.uri(), redis);
        });
  }

  private void startOrTry(StackPart part, Optional<String> given, Starter starter) {
    long begun = System.nanoTime();
    tell(listener -> listener.started(part));
    try {
      if (given.isPresent()) {
        GivenAddress.check(part, given.get());
        parts.add(part, given.get());
      } else {
        ports.requireFree(part);
        Running running = starter.start();
        parts.add(part, running.address(), running.part());
      }
    } catch (RuntimeException e) {
      tellFailure(part, e, since(begun));
      throw new StackException(part.title() + ": " + e.getMessage(), e);
    }
    tell(listener -> listener.ready(part, parts.address(part), since(begun)));
  }

  private static Duration since(long beginNanos) {
    return Duration.ofNanos(System.nanoTime() - beginNanos);
  }

  private synchronized void tell(Consumer<Progress> event) {
    if (!failed) {
      event.accept(progress);
    }
  }

  private synchronized void tellFailure(StackPart part, RuntimeException e, Duration took) {
    tell(listener -> listener.failed(part, e.getMessage(), took));
    failed = true;
  }

  /** Starts one part; throws rather than leaving half of it running. */
  @FunctionalInterface
  private interface Starter {
    Running start();
  }

  private record Running(String address, AutoCloseable part) {}
}
