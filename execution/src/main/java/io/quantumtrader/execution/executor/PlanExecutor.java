package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executor as a service: reads committed plans, takes them to the exchange and publishes what
 * became of them, in a thread of its own. Each plan is executed at most once and has exactly one
 * final result, whenever the process is stopped.
 *
 * <p>Trouble with broker or registry is waited out; the service starts anew from what is committed.
 * It ends by itself, and says why in {@link #failure()}, when another executor of the same instance
 * id has taken over, when it may not do what it must, and on a fault in the program.
 */
public final class PlanExecutor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PlanExecutor.class);
  private static final long FIRST_BACKOFF_MS = 200;
  private static final long LONGEST_BACKOFF_MS = 5_000;
  private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(2);
  private static final long STOP_PATIENCE_MS = 5_000;

  /** After the interrupt: the broker is asked whose the accounts are, the exchange told. */
  private static final long LAST_PATIENCE_MS = 15_000;

  private static final String LEFT_SET =
      "the dead-man switch is still set on the exchange: it cancels what rests there, stops too,"
          + " unless an executor starts in time";

  private final ExecutorSettings settings;
  private final Supplier<? extends Exchange> exchanges;
  private final ExecutorClients clients;
  private final CrashPoint.Watch watch;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean assigned;
  private volatile Map<Integer, Long> clocks = Map.of();
  private volatile Map<ExecutorTrouble, Integer> troubles = Map.of();
  private volatile boolean deadManSet;
  private long backoffMs = FIRST_BACKOFF_MS;

  /**
   * Creates the service; it does nothing before {@link #start()}.
   *
   * @param settings how it runs
   * @param exchanges gives the exchange, anew for each start from what is committed; one that
   *     remembers by itself may be the same each time
   */
  public PlanExecutor(ExecutorSettings settings, Supplier<? extends Exchange> exchanges) {
    this(settings, exchanges, new KafkaExecutorClients(settings), CrashPoint.Watch.NONE);
  }

  PlanExecutor(
      ExecutorSettings settings,
      Supplier<? extends Exchange> exchanges,
      ExecutorClients clients,
      CrashPoint.Watch watch) {
    this.settings = settings;
    this.exchanges = exchanges;
    this.clients = clients;
    this.watch = watch;
    this.thread = new Thread(this::run, "quantum-executor-" + settings.instanceId());
  }

  /** Returns an executor on the paper exchange. */
  public static PlanExecutor onPaper(ExecutorSettings settings, PaperSettings paper) {
    return new PlanExecutor(settings, () -> new PaperExchange(paper));
  }

  /** Starts the service; may be called once. */
  public void start() {
    thread.start();
  }

  /** Returns whether the service works, or waits for broker or registry to do so. */
  public boolean isRunning() {
    return thread.isAlive() && failure.get() == null;
  }

  /** Returns whether account partitions are assigned and taken up. */
  public boolean isAssigned() {
    return assigned;
  }

  /** Returns the clock of each account partition that is taken up, epoch ms; 0: none seen yet. */
  public Map<Integer, Long> clocks() {
    return clocks;
  }

  /** Returns how often the executor tries to put something of a kind right, 0 or more. */
  public int troubles(ExecutorTrouble kind) {
    return troubles.getOrDefault(kind, 0);
  }

  /** Returns why the service ended by itself, or empty. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Returns what completes when the service ends: with its failure where it ended by itself. A
   * failure is known to {@link #failure()} by then.
   */
  public CompletionStage<Void> ended() {
    return ended.minimalCompletionStage();
  }

  private void run() {
    try {
      untilStopped();
    } finally {
      ended.complete(null);
    }
  }

  private void untilStopped() {
    while (!isStopping()) {
      try {
        live();
      } catch (KafkaException trouble) {
        if (isStopping()) {
          return;
        }
        if (isFatal(trouble)) {
          fail(trouble);
          return;
        }
        LOG.warn("restarting in {} ms", backoffMs, trouble);
        pause();
      } catch (RuntimeException | Error fault) {
        fail(fault);
        return;
      }
    }
  }

  /** Runs one session until the service is stopped or something is thrown. */
  private void live() {
    ExecutorSession session = new ExecutorSession(settings, exchanges.get(), clients, watch);
    Duration patience = CLIENT_PATIENCE;
    try {
      session.open();
      while (!isStopping()) {
        session.step();
        assigned = session.isAssigned();
        clocks = session.clocks();
        troubles = session.troubles();
        deadManSet = session.isDeadManSet();
        backoffMs = FIRST_BACKOFF_MS;
      }
      session.release();
      deadManSet = session.isDeadManSet();
    } catch (KafkaException trouble) {
      boolean unused = isStopping() && Thread.interrupted();
      KafkaException why = session.takenOver().orElse(trouble);
      if (isFatal(why)) {
        deadManSet = false;
      } else if (isStopping()) {
        releaseCutShort(session);
      }
      throw why;
    } catch (Error fault) {
      patience = Duration.ZERO;
      throw fault;
    } finally {
      assigned = false;
      clocks = Map.of();
      troubles = Map.of();
      close(session, patience);
    }
  }

  /** The stop has interrupted a step that took too long; what it is for is done all the same. */
  private void releaseCutShort(ExecutorSession session) {
    try {
      session.releaseCutShort();
      deadManSet = session.isDeadManSet();
    } catch (KafkaException notKnown) {
      LOG.error("the dead-man switch is not taken back", notKnown);
    }
  }

  private void close(ExecutorSession session, Duration patience) {
    try {
      session.close(patience, isStopping());
    } catch (KafkaException notClosed) {
      LOG.warn("a client did not close cleanly", notClosed);
    }
  }

  private void fail(Throwable cause) {
    LOG.error("the executor ends", cause);
    deadManSet = false;
    failure.set(cause);
    ended.completeExceptionally(cause);
  }

  /**
   * Returns whether starting anew would meet the same again, or would take the place back from
   * another executor that has just taken it: an old epoch says that there may be one.
   */
  private static boolean isFatal(Throwable trouble) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      boolean fatal =
          cause instanceof ProducerFencedException
              || cause instanceof InvalidProducerEpochException
              || cause instanceof FencedInstanceIdException
              || cause instanceof InvalidConfigurationException
              || cause instanceof RecordTooLargeException
              || cause instanceof ConfigException;
      if (fatal) {
        return true;
      }
    }
    return false;
  }

  private boolean isStopping() {
    return stopped.getCount() == 0;
  }

  private void pause() {
    try {
      boolean unused = stopped.await(backoffMs, TimeUnit.MILLISECONDS);
      backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops the service and leaves its group; returns within some seconds.
   *
   * @throws IllegalStateException where the exchange may cancel stops after it, because it was not
   *     told, or did not say, that the dead-man switch is off
   */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(STOP_PATIENCE_MS);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(LAST_PATIENCE_MS);
      }
    } catch (InterruptedException interrupted) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    if (deadManSet) {
      LOG.error(LEFT_SET);
      throw new IllegalStateException(LEFT_SET);
    }
  }
}
