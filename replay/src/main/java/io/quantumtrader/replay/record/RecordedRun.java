package io.quantumtrader.replay.record;

import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Gives a pipeline in memory what a recorded one was given, and follows each thing to its end. */
public final class RecordedRun {

  private final MemoryPipeline pipeline;
  private final RecordedBytes bytes;

  /** Hears of each step of the clock, once all that follows from it is done. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Takes a step.
     *
     * @param steps how many were made
     * @param nowMs time of the step, epoch milliseconds UTC
     * @param share how much of the recording was given, 0 to 1
     */
    void at(long steps, long nowMs, double share);
  }

  private RecordedRun(MemoryPipeline pipeline) {
    this.pipeline = pipeline;
    this.bytes = new RecordedBytes(pipeline.serdes());
  }

  /**
   * Plays a recording to its end.
   *
   * @param pipeline one with the recording's partition counts, without policies, trading states or
   *     an agent of its own: all of them are in the recording
   */
  public static void play(MemoryPipeline pipeline, RecordedInput input, Progress progress)
      throws InterruptedException {
    play(pipeline, input, Long.MAX_VALUE, progress);
  }

  /**
   * Plays what has its turn by a time.
   *
   * @param pipeline as for the whole, or one that has come to where the input stands
   * @param untilMs the last turn, epoch milliseconds UTC
   */
  public static void play(
      MemoryPipeline pipeline, RecordedInput input, long untilMs, Progress progress)
      throws InterruptedException {
    RecordedRun run = new RecordedRun(pipeline);
    long steps = 0;
    while (input.hasNext() && input.nextAtMs() <= untilMs) {
      long nowMs = input.nextAtMs();
      boolean stepped = false;
      while (input.hasNext() && input.nextAtMs() == nowMs) {
        List<RecordedRecord> together = input.next();
        stepped |= together.getFirst().topic() == Topic.CLOCK;
        together.forEach(run::put);
        pipeline.settle();
      }
      if (stepped) {
        progress.at(++steps, nowMs, input.share());
      }
    }
  }

  private void put(RecordedRecord record) {
    pipeline.put(
        new TopicPartition(record.topic().topicName(), record.partition()),
        record.timestampMs(),
        RecordedBytes.key(record),
        bytes.value(record),
        RecordedBytes.headers(record));
  }

  /**
   * Returns the wallets that the accounts of a recording had first, quote currency, by account.
   *
   * @throws RecordingException where it has none, so that nothing can be traded
   */
  public static Map<String, BigDecimal> firstWallets(Recording recording) {
    Map<String, BigDecimal> wallets = new LinkedHashMap<>();
    for (RecordedRecord record : recording.read(Topic.EXCHANGE_ACCOUNT)) {
      if (record.value().orElse(null) instanceof ExchangeAccount account) {
        wallets.putIfAbsent(account.getAccount(), account.getWallet());
      }
    }
    if (wallets.isEmpty()) {
      throw new RecordingException(
          "the recording has no account on its exchange; record from the pipeline's beginning");
    }
    return wallets;
  }
}
