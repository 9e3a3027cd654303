package io.quantumtrader.agents;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's work, a poll at a time: {@link Agent} does it in a thread of its own, a replay in
 * its. For one thread.
 */
public final class AgentLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
  private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final AgentOutput output;
  private final AgentBook book;
  private final Stop stop;
  private final Deserializer<MarketState> states;
  private final Deserializer<Universe> lists;
  private final Deserializer<Clock> clocks;
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  AgentLoop(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      AgentBook book,
      RecordSerdes serdes,
      Stop stop) {
    this.consumer = consumer;
    this.output = new AgentOutput(producer, serdes);
    this.book = book;
    this.stop = stop;
    this.states = serdes.of(MarketState.class).deserializer();
    this.lists = serdes.of(Universe.class).deserializer();
    this.clocks = serdes.of(Clock.class).deserializer();
  }

  /**
   * Creates the work of an agent that has sent nothing yet.
   *
   * @param consumer reads committed records in the group {@link AgentSettings#GROUP}; taken over
   * @param producer taken over
   */
  public static AgentLoop fromNothing(
      AgentSettings settings,
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      RecordSerdes serdes) {
    AgentLoop loop = new AgentLoop(consumer, producer, new AgentBook(settings), serdes, new Stop());
    loop.subscribe();
    return loop;
  }

  /**
   * Creates the work of an agent that goes on from what another one remembered.
   *
   * @param memory as {@link #memory} gave it
   * @param consumer reads committed records in the group {@link AgentSettings#GROUP}, from where
   *     the other one had come to; taken over
   * @param producer taken over
   */
  public static AgentLoop resumed(
      AgentSettings settings,
      AgentMemory memory,
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      RecordSerdes serdes) {
    AgentLoop loop = fromNothing(settings, consumer, producer, serdes);
    loop.book.recall(memory);
    return loop;
  }

  /** Returns all that the agent remembers. */
  public AgentMemory memory() {
    return book.memory();
  }

  void subscribe() {
    consumer.subscribe(AgentSettings.READS.stream().map(Topic::topicName).toList());
  }

  /**
   * Polls once, and writes and commits what follows.
   *
   * @param longest longest wait for a record
   * @throws InterruptedException where it was interrupted while it waited for the registry
   */
  public void step(Duration longest) throws InterruptedException {
    take(consumer.poll(longest));
  }

  /** Takes what a poll brought: states and lists first, so that the clock finds them. */
  private void take(ConsumerRecords<byte[], byte[]> polled) throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> taken : polled.records(Topic.MARKET_STATE.topicName())) {
      read(taken, states).ifPresent(book::observe);
    }
    for (ConsumerRecord<byte[], byte[]> taken : polled.records(Topic.UNIVERSE.topicName())) {
      read(taken, lists).ifPresent(book::observe);
    }
    for (ConsumerRecord<byte[], byte[]> taken : polled.records(Topic.CLOCK.topicName())) {
      Optional<Clock> step = read(taken, clocks);
      if (step.isPresent()) {
        send(book.decide(step.get().getNowMs()));
      }
    }
    output.flush();
    commitPositions();
  }

  private void send(List<TradeIntent> intents) throws InterruptedException {
    for (TradeIntent intent : intents) {
      patiently(
          () -> {
            output.intent(intent);
            return null;
          });
    }
  }

  private <T> Optional<T> read(ConsumerRecord<byte[], byte[]> taken, Deserializer<T> deserializer)
      throws InterruptedException {
    try {
      return Optional.ofNullable(
          patiently(() -> deserializer.deserialize(taken.topic(), taken.headers(), taken.value())));
    } catch (SerializationException e) {
      output.deadLetter(taken, e);
      return Optional.empty();
    }
  }

  // While the registry is away nothing is wrong with a record: it is tried again.
  <T> T patiently(Supplier<T> call) throws InterruptedException {
    while (true) {
      try {
        return call.get();
      } catch (RegistryUnavailableException e) {
        LOG.warn("the schema registry is unavailable; trying again: {}", e.getMessage());
        if (stop.pause(REGISTRY_PAUSE)) {
          throw new WakeupException();
        }
      }
    }
  }

  private void commitPositions() {
    try {
      commit();
    } catch (RetriableException e) {
      // The broker is away: the next pass commits what this one could not.
      LOG.warn("position not committed yet: {}", e.getMessage());
    }
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long position = consumer.position(partition);
      if (!Long.valueOf(position).equals(committed.get(partition))) {
        moved.put(partition, new OffsetAndMetadata(position));
      }
    }
    if (moved.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(moved);
      moved.forEach((partition, at) -> committed.put(partition, at.offset()));
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // Another has the partitions, or nobody for now; the next reader finds that the intents were
      // sent.
      LOG.warn("position not committed: {}", e.getMessage());
      committed.clear();
    }
  }

  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(PATIENCE));
    output.close();
  }
}
