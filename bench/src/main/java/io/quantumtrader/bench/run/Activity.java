package io.quantumtrader.bench.run;

import io.quantumtrader.bench.run.CpuMeter.Reading;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when an application has done all that there was to do, by what its group commits: the
 * moment of its last commit, after which nothing is left and nothing more comes.
 */
public final class Activity {

  private static final long LOOK_EVERY_MS = 5;
  private static final long QUIET_NANOS = 400_000_000L;
  private static final Duration AT_MOST = Duration.ofMinutes(5);

  /**
   * Markers of transactions take offsets, and a group that has read all records need not have
   * passed the markers behind the last one: at most one of each thread that writes, and one more.
   */
  private static final long MARKERS = 3;

  /** What measurements send and the pipeline reads as a stream. */
  private static final Set<String> OF_PIPELINE =
      Stream.of(
              Topic.CLOCK,
              Topic.TRADE_INTENT,
              Topic.EXCHANGE_ACCOUNT,
              Topic.APPLY_RESULT,
              Topic.CANDLE)
          .map(Topic::topicName)
          .collect(Collectors.toSet());

  private final BenchStack stack;
  private final Pipeline pipeline;
  private final List<TopicPartition> inputs;

  private Activity(BenchStack stack, Pipeline pipeline, Set<String> inputs) {
    this.stack = stack;
    this.pipeline = pipeline;
    this.inputs = Offsets.partitions(stack, inputs::contains);
  }

  /** Watches the pipeline. */
  public static Activity of(BenchStack stack, Pipeline pipeline) {
    return new Activity(stack, pipeline, OF_PIPELINE);
  }

  /** Watches an application that reads one topic. */
  public static Activity of(BenchStack stack, Pipeline application, String input) {
    return new Activity(stack, application, Set.of(input));
  }

  /** Waits until the application is idle, and returns the meters at its last commit. */
  public Reading awaitQuiet() {
    long end = System.nanoTime() + AT_MOST.toNanos();
    Map<TopicPartition, Long> before = committed();
    Reading last = CpuMeter.read();
    while (System.nanoTime() < end) {
      pipeline.check();
      Waiting.pause(LOOK_EVERY_MS);
      Map<TopicPartition, Long> now = committed();
      if (!now.equals(before)) {
        before = now;
        last = CpuMeter.read();
      } else if (System.nanoTime() - last.atNanos() > QUIET_NANOS && !isBehind(now)) {
        return last;
      }
    }
    throw new IllegalStateException(
        pipeline.id() + " is still at work after " + AT_MOST.toSeconds() + " s");
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        Waiting.answer(
            stack.admin().listConsumerGroupOffsets(pipeline.id()).partitionsToOffsetAndMetadata());
    return offsets.entrySet().stream()
        .filter(each -> each.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  private boolean isBehind(Map<TopicPartition, Long> committed) {
    Set<TopicPartition> all = new HashSet<>(committed.keySet());
    all.addAll(inputs);
    Map<TopicPartition, Long> ends = Offsets.ends(stack, all);
    return all.stream()
        .anyMatch(
            each ->
                ends.get(each) - committed.getOrDefault(each, 0L)
                    > (inputs.contains(each) ? 0 : MARKERS));
  }
}
