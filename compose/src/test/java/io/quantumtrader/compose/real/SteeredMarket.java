package io.quantumtrader.compose.real;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A quiet market and its clock on the topics: a step of the clock each half second, a candle of
 * each symbol each minute. Its time begins hours before the wall clock's, so that minutes can be
 * let pass without being waited for.
 */
final class SteeredMarket implements AutoCloseable {

  /** Price around which all symbols move, by a few hundredths of a percent. */
  static final BigDecimal PRICE = new BigDecimal("100");

  private static final long MINUTE = 60_000;
  private static final long HOUR = 3_600_000;
  private static final long STEP_MS = 1_000;
  private static final long STEP_EVERY_MS = 500;

  /** Candles before the first step: 257 make a symbol warm. */
  private static final int HISTORY = 300;

  /** Between two minutes that pass at once: everything that hears of them keeps up. */
  private static final long BREATH_MS = 150;

  private final RealPipeline pipeline;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Set<String> symbols = new LinkedHashSet<>();
  private final Set<String> silent = new LinkedHashSet<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private ScheduledFuture<?> steps;
  private volatile long behindMs;
  private long closeMs;

  /** Creates it, some minutes before a full hour and between five and six before the wall's. */
  SteeredMarket(RealPipeline pipeline, int minutesBeforeTheHour) {
    this.pipeline = pipeline;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", pipeline.stack().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    long wallMs = System.currentTimeMillis();
    long beginMs = wallMs / HOUR * HOUR - 5 * HOUR - minutesBeforeTheHour * MINUTE;
    behindMs = wallMs - beginMs;
    closeMs = beginMs;
  }

  /** Returns now, epoch milliseconds UTC: the wall clock's, less what has not been let pass. */
  long nowMs() {
    return System.currentTimeMillis() - behindMs;
  }

  /** Lists symbols, with history enough to be warm. */
  synchronized void list(List<String> names) {
    clock();
    for (int back = HISTORY; back > 0; back--) {
      for (String name : names) {
        candle(name, closeMs - back * MINUTE);
      }
    }
    symbols.addAll(names);
    producer.flush();
  }

  /** Lets a symbol have no candle any more. */
  synchronized void silence(String symbol) {
    silent.add(symbol);
  }

  /** Lets each symbol have its candles again. */
  synchronized void hear() {
    silent.clear();
  }

  /** Begins, again perhaps. */
  synchronized void start() {
    steps = thread.scheduleWithFixedDelay(this::step, 0, STEP_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Stops clock and candles; time goes on. */
  synchronized void stop() {
    steps.cancel(false);
  }

  /** Lets minutes pass at once, each with its candles. */
  void pass(int minutes) throws InterruptedException {
    for (int minute = 0; minute < minutes; minute++) {
      synchronized (this) {
        behindMs -= MINUTE;
        if (behindMs < 0) {
          throw new IllegalStateException("the market has caught up with the wall clock");
        }
      }
      step();
      Thread.sleep(BREATH_MS);
    }
  }

  private synchronized void step() {
    clock();
    while (closeMs <= nowMs()) {
      for (String symbol : symbols) {
        if (!silent.contains(symbol)) {
          candle(symbol, closeMs);
        }
      }
      closeMs += MINUTE;
    }
    producer.flush();
  }

  private void clock() {
    long nowMs = nowMs();
    for (int partition = 0; partition < RealPipeline.COUNTS.account(); partition++) {
      Clock step =
          Clock.newBuilder().setNowMs(nowMs).setStepMs(STEP_MS).setPartition(partition).build();
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topic.CLOCK.topicName(),
                  partition,
                  nowMs,
                  utf8(Integer.toString(partition)),
                  pipeline.serialize(Topic.CLOCK, step)));
    }
  }

  private void candle(String symbol, long atMs) {
    int wave = Math.floorMod(symbol.hashCode() + (int) (atMs / MINUTE) * 7, 5) - 2;
    BigDecimal price =
        PRICE.add(BigDecimal.valueOf(wave, 2)).setScale(18, RoundingMode.UNNECESSARY);
    Candle candle =
        Candle.newBuilder()
            .setSymbol(symbol)
            .setOpenTimeMs(atMs - MINUTE)
            .setIntervalMs(MINUTE)
            .setOpen(price)
            .setHigh(price)
            .setLow(price)
            .setClose(price)
            .setVolume(BigDecimal.TEN.setScale(18))
            .build();
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topic.CANDLE.topicName(),
                null,
                atMs,
                utf8(symbol),
                pipeline.serialize(Topic.CANDLE, candle)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      var unused = thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(java.time.Duration.ofSeconds(5));
  }
}
