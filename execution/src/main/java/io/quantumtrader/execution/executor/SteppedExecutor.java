package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.Exchange;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The executor without a thread of its own: the same session as {@link PlanExecutor}, driven step
 * by step by whoever has it. A replay works through it, and so does a simulation, which lets it die
 * between two steps. For one thread.
 */
public final class SteppedExecutor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ZERO;

  private final ExecutorSession session;

  /**
   * Creates it and takes up what was committed before.
   *
   * @param settings how it runs
   * @param exchange the exchange, anew for each start from what is committed; one that remembers by
   *     itself may be the same each time
   * @param clients the clients of the log
   * @throws org.apache.kafka.common.KafkaException where the log does not have what it needs
   */
  public SteppedExecutor(ExecutorSettings settings, Exchange exchange, LogClients clients) {
    session =
        new ExecutorSession(settings, exchange, clients(settings, clients), CrashPoint.Watch.NONE);
    session.open();
  }

  private static ExecutorClients clients(ExecutorSettings settings, LogClients log) {
    return new ExecutorClients() {
      @Override
      public Consumer<byte[], byte[]> plans() {
        return log.consumer(ExecutorSettings.GROUP);
      }

      @Override
      public Consumer<byte[], byte[]> market() {
        return log.consumer(ExecutorSettings.MARKET_GROUP);
      }

      @Override
      public Consumer<byte[], byte[]> ends() {
        return log.consumer("");
      }

      @Override
      public Producer<byte[], byte[]> producer() {
        return log.producer(ExecutorSettings.GROUP + "-" + settings.instanceId());
      }

      @Override
      public HistoryReader history(RecordCodec codec) {
        return new KafkaHistoryReader(
            this::ends, log::uncommitted, codec, settings.counts(), settings.wallMs());
      }
    };
  }

  /** Polls once, and commits all that came of it. */
  public void step() {
    session.step();
  }

  /** Lets go of its clients; what was committed stays. */
  @Override
  public void close() {
    session.close(PATIENCE, true);
  }
}
