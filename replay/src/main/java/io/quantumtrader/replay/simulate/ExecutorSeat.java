package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.execution.executor.LogClients;
import io.quantumtrader.execution.executor.SteppedExecutor;
import io.quantumtrader.replay.log.LogConsumer;
import io.quantumtrader.replay.log.LogProducer;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Where one executor after the other does the work. */
final class ExecutorSeat {

  private final RecordLog log;
  private final Function<String, ExecutorSettings> settings;
  private final Supplier<? extends Exchange> exchange;
  private final Tampering tampering;
  private final RecordSerdes serdes;
  private Runnable died = () -> {};
  private final List<LogConsumer> reads = new ArrayList<>();
  private final List<LogConsumer> all = new ArrayList<>();
  private SteppedExecutor executor;
  private int lives;

  /**
   * Creates the seat, with nobody in it.
   *
   * @param settings by instance id
   * @param exchange gives the exchange of each life
   */
  ExecutorSeat(
      RecordLog log,
      Function<String, ExecutorSettings> settings,
      Supplier<? extends Exchange> exchange,
      Tampering tampering,
      RecordSerdes serdes) {
    this.log = log;
    this.serdes = serdes;
    this.settings = settings;
    this.exchange = exchange;
    this.tampering = tampering;
  }

  /** Calls back before one dies in the middle of its work. */
  void whenItDies(Runnable told) {
    died = told;
  }

  boolean isAlive() {
    return executor != null;
  }

  /** Lets one begin, of the same name as the last one or of another. */
  void begin(boolean sameName) {
    lives += sameName && lives > 0 ? 0 : 1;
    executor = new SteppedExecutor(settings.apply("e" + lives), exchange.get(), new Clients());
  }

  /** Lets it die in the middle: nothing is given up in order. */
  void die() {
    died.run();
    executor = null;
    all.forEach(LogConsumer::close);
    all.clear();
    reads.clear();
  }

  /** Lets it leave in order. */
  void leave() {
    executor.close();
    die();
  }

  /** Has it poll once where there is something; returns whether there was. */
  boolean step() {
    if (executor == null || reads.stream().noneMatch(LogConsumer::hasNews)) {
      return false;
    }
    try {
      executor.step();
    } catch (SimulatedCrash crash) {
      die();
    }
    return true;
  }

  private final class Clients implements LogClients {

    @Override
    public Consumer<byte[], byte[]> consumer(String group) {
      LogConsumer consumer = new LogConsumer(log, group);
      all.add(consumer);
      if (!group.isEmpty()) {
        reads.add(consumer);
      }
      return group.equals(ExecutorSettings.GROUP) ? tampering.plans(consumer, serdes) : consumer;
    }

    @Override
    public Consumer<byte[], byte[]> uncommitted() {
      return new LogConsumer(log, "");
    }

    @Override
    public Producer<byte[], byte[]> producer(String transactionalId) {
      return new LogProducer(log, transactionalId);
    }
  }
}
