package io.quantumtrader.agents;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.ClientIds;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

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

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STUCK_AFTER = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration MEMORY_PATIENCE = Duration.ofMinutes(10);

  private final AgentLoop loop;
  private final Runnable restore;
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
    this.loop = new AgentLoop(consumer, producer, book, serdes, stop);
    this.restore = restore;
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
      loop.patiently(
          () -> {
            restore.run();
            return null;
          });
      loop.subscribe();
      while (!stop.isRequested()) {
        loop.step(POLL);
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
      loop.close();
    }
  }

  /** Stops it within 10 s; what it has decided by then is written and committed. */
  @Override
  public void close() {
    stop.request();
    try {
      if (!thread.join(PATIENCE)) {
        loop.wakeup();
        thread.join(PATIENCE);
      }
    } catch (IllegalThreadStateException e) {
      loop.close();
      ended.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
