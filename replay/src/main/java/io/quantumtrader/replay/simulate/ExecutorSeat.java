package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.execution.executor.SteppedExecutor;
import io.quantumtrader.replay.log.LogConsumer;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.run.MemoryClients;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * The place of the executor. One after the other does the work here; one that was replaced without
 * knowing it may go on beside its successor, until what it commits is refused.
 */
final class ExecutorSeat {

  private final RecordLog log;
  private final Function<String, ExecutorSettings> settings;
  private final Supplier<? extends Exchange> exchange;
  private final Tampering tampering;
  private final RecordSerdes serdes;
  private Runnable died = () -> {};
  private Runnable refused = () -> {};
  private Life present;
  private Life replaced;
  private int names;

  /** One executor and the clients it works with. */
  private static final class Life {
    private final SteppedExecutor executor;
    private final MemoryClients clients;
    private boolean hasPolled;

    private Life(SteppedExecutor executor, MemoryClients clients) {
      this.executor = executor;
      this.clients = clients;
    }

    private void step() {
      hasPolled = true;
      executor.step();
    }
  }

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

  /** Calls back when one that was replaced is refused. */
  void whenTheReplacedIsRefused(Runnable told) {
    refused = told;
  }

  /** Returns whether somebody is there to do the work. */
  boolean isAlive() {
    return present != null;
  }

  /**
   * Lets one begin where nobody is.
   *
   * @param sameName whether it has the name of the last one, whose transactions it ends by that
   */
  void begin(boolean sameName) {
    names += sameName && names > 0 ? 0 : 1;
    MemoryClients clients = new MemoryClients(log, this::given);
    present =
        new Life(
            new SteppedExecutor(settings.apply("e" + names), exchange.get(), clients), clients);
  }

  private Consumer<byte[], byte[]> given(String group, LogConsumer consumer) {
    return group.equals(ExecutorSettings.GROUP) ? tampering.plans(consumer, serdes) : consumer;
  }

  /** Lets it die: nothing is given up, nothing is committed, and nobody is told. */
  void die() {
    if (present != null) {
      died.run();
      present.clients.abandon();
      present = null;
    }
  }

  /** Lets it leave in order: it gives its partitions up, and the group hears of it. */
  void leave() {
    present.executor.close();
    present.clients.abandon();
    present = null;
  }

  /**
   * Lets a successor begin although it lives: it hung for so long that the group gave its
   * partitions to another one, and it has not heard of it. One that has not polled yet has none to
   * lose, and stays.
   *
   * @return whether it was replaced
   */
  boolean replace(boolean sameName) {
    if (present == null || !present.hasPolled) {
      return false;
    }
    forgetReplaced();
    replaced = present;
    begin(sameName);
    return true;
  }

  /** Lets one that was replaced do nothing any more. */
  void forgetReplaced() {
    if (replaced != null) {
      replaced.clients.abandon();
      replaced = null;
    }
  }

  /** Has it poll once where there is something; returns whether there was. */
  boolean step() {
    if (present == null || !present.clients.hasNews()) {
      return false;
    }
    try {
      present.step();
    } catch (SimulatedCrash crash) {
      die();
    }
    return true;
  }

  /** Has the one that was replaced poll once where there is something; returns whether it did. */
  boolean stepReplaced() {
    if (replaced == null || !replaced.clients.hasNews()) {
      return false;
    }
    try {
      replaced.step();
    } catch (SimulatedCrash crash) {
      forgetReplaced();
    } catch (KafkaException fenced) {
      refused.run();
      forgetReplaced();
    }
    return true;
  }
}
