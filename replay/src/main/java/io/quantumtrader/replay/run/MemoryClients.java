package io.quantumtrader.replay.run;

import io.quantumtrader.execution.executor.LogClients;
import io.quantumtrader.replay.log.LogConsumer;
import io.quantumtrader.replay.log.LogProducer;
import io.quantumtrader.replay.log.RecordLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** The clients of one executor over topics in memory, and whether there is something to read. */
public final class MemoryClients implements LogClients {

  private final RecordLog log;
  private final BiFunction<String, LogConsumer, Consumer<byte[], byte[]>> given;
  private final List<LogConsumer> made = new ArrayList<>();
  private final List<LogConsumer> reading = new ArrayList<>();

  /** Creates clients that are given as they are. */
  public MemoryClients(RecordLog log) {
    this(log, (group, consumer) -> consumer);
  }

  /**
   * Creates clients.
   *
   * @param given what the executor gets in place of the consumer of a group
   */
  public MemoryClients(
      RecordLog log, BiFunction<String, LogConsumer, Consumer<byte[], byte[]>> given) {
    this.log = log;
    this.given = given;
  }

  @Override
  public Consumer<byte[], byte[]> consumer(String group) {
    LogConsumer consumer = new LogConsumer(log, group);
    made.add(consumer);
    if (!group.isEmpty()) {
      reading.add(consumer);
    }
    return given.apply(group, consumer);
  }

  @Override
  public Consumer<byte[], byte[]> uncommitted() {
    return new LogConsumer(log, "");
  }

  @Override
  public Producer<byte[], byte[]> producer(String transactionalId) {
    return new LogProducer(log, transactionalId);
  }

  /** Returns whether the next poll of a group brings something. */
  public boolean hasNews() {
    return reading.stream().anyMatch(LogConsumer::hasNews);
  }

  /** Lets go of all consumers without a word to anybody, as the end of a process does. */
  public void abandon() {
    made.forEach(LogConsumer::abandon);
    made.clear();
    reading.clear();
  }
}
