package io.quantumtrader.app.parts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How far the stages are on their way to work: their threads wait for the group to share the tasks
 * out, then restore their stores.
 */
final class StagesProgress implements StartProgress, StateRestoreListener {

  private final AtomicLong restored = new AtomicLong();
  private final Map<String, Long> toRestore = new ConcurrentHashMap<>();
  private final KafkaStreams streams;
  private final BooleanSupplier ready;
  private final Supplier<Optional<Throwable>> failure;
  private Supplier<String> more = () -> "";

  StagesProgress(
      KafkaStreams streams, BooleanSupplier ready, Supplier<Optional<Throwable>> failure) {
    this.streams = streams;
    this.ready = ready;
    this.failure = failure;
  }

  /** Says more about what is waited for. */
  void and(Supplier<String> text) {
    more = text;
  }

  @Override
  public boolean isReady() {
    return ready.getAsBoolean();
  }

  @Override
  public Optional<Throwable> failure() {
    return failure.get();
  }

  @Override
  public String where() {
    Map<String, Integer> threads = new TreeMap<>();
    int tasks = 0;
    for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
      String state = thread.threadState().toLowerCase(Locale.ROOT).replace('_', ' ');
      threads.merge(state, 1, Integer::sum);
      tasks += thread.activeTasks().size();
    }
    return String.format(
        Locale.ROOT,
        "%s; threads %s; tasks %d; restored %,d of %,d records%s",
        streams.state().name().toLowerCase(Locale.ROOT),
        threads,
        tasks,
        restored.get(),
        toRestore.values().stream().mapToLong(Long::longValue).sum(),
        more.get());
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    toRestore.put(store + partition, Math.max(0, to - from));
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
    restored.addAndGet(count);
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    // What there was to restore has been counted as it came.
  }
}
