package io.quantumtrader.agents;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.ClientIds;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent as a service with a thread of its own. It reads committed market states, the universe
 * and the clock, decides when the clock makes a step, writes intents, waits until they are in the
 * log, and only then commits its position, also past records that merely end a transaction: where
 * the committed offset is the end of the log, all that follows has been written.
 *
 * <p>What it remembers is a fold over its own intents and the lists, which it reads at the start.
 * An intent that was written before a crash, and its position not, is therefore not written again;
 * were it, it would carry the same id.
 */
public final class Agent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STUCK_AFTER = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration MEMORY_PATIENCE = Duration.ofMinutes(10);

  private final Consumer<byte[], byte[]> consumer;
  private final AgentOutput output;
  private final Runnable restore;
  private final AgentBook book;
  private final Deserializer<MarketState> states;
  private final Deserializer<Universe> lists;
  private final Deserializer<Clock> clocks;
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private final Stop stop = new Stop();
  private volatile long passedNanos = System.nanoTime();

  Agent(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      AgentBook book,
      RecordSerdes serdes,
      Runnable restore) {
    this.consumer = consumer;
    this.output = new AgentOutput(producer, serdes);
    this.restore = restore;
    this.book = book;
    this.states = serdes.of(MarketState.class).deserializer();
    this.lists = serdes.of(Universe.class).deserializer();
    this.clocks = serdes.of(Clock.class).deserializer();
    this.thread = new Thread(this::run, "quantum-agent");
    this.thread.setDaemon(true);
  }

  /**
   * Connects to a broker; nothing is read before {@link #start}.
   *
   * @param settings what it is set to
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   */
  public static Agent connect(
      AgentSettings settings, Map<String, Object> client, RecordSerdes serdes) {
    Map<String, Object> reading = new HashMap<>(client);
    reading.put(ConsumerConfig.GROUP_ID_CONFIG, AgentSettings.GROUP);
    reading.put(ConsumerConfig.CLIENT_ID_CONFIG, ClientIds.of(client, AgentSettings.GROUP));
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Map<String, Object> writing = new HashMap<>(client);
    writing.put(ProducerConfig.CLIENT_ID_CONFIG, ClientIds.of(client, AgentSettings.GROUP));
    writing.put(ProducerConfig.ACKS_CONFIG, "all");
    writing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A broker that is away is waited for; what was decided meanwhile goes out once, or expires.
    writing.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    writing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    AgentBook book = new AgentBook(settings);
    return new Agent(
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer()),
        book,
        serdes,
        () -> {
          TopicReader log = new TopicReader(client, MEMORY_PATIENCE);
          log.readValues(Topic.UNIVERSE, serdes.of(Universe.class).deserializer(), book::observe);
          log.readValues(
              Topic.TRADE_INTENT, serdes.of(TradeIntent.class).deserializer(), book::restore);
        });
  }

  /** Starts it; once only. */
  public void start() {
    thread.start();
  }

  /**
   * Returns what completes when it has ended: normally after {@link #close}, else with a failure.
   */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /** Returns whether it runs and does not wait: for broker, registry, or its memory. */
  public boolean isWorking() {
    return !ended.isDone() && System.nanoTime() - passedNanos < STUCK_AFTER.toNanos();
  }

  private void run() {
    try {
      patiently(
          () -> {
            restore.run();
            return null;
          });
      consumer.subscribe(AgentSettings.READS.stream().map(Topic::topicName).toList());
      while (!stop.isRequested()) {
        take(consumer.poll(POLL));
        passedNanos = System.nanoTime();
      }
      ended.complete(null);
    } catch (WakeupException e) {
      ended.complete(null);
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      ended.complete(null);
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
    } finally {
      consumer.close(CloseOptions.timeout(PATIENCE));
      output.close();
    }
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
  private <T> T patiently(Supplier<T> call) throws InterruptedException {
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

  /** Stops it within 10 s; what it has decided by then is written and committed. */
  @Override
  public void close() {
    stop.request();
    try {
      if (!thread.join(PATIENCE)) {
        consumer.wakeup();
        thread.join(PATIENCE);
      }
    } catch (IllegalThreadStateException e) {
      consumer.close(CloseOptions.timeout(PATIENCE));
      output.close();
      ended.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
