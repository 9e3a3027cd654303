package io.quantumtrader.market.lockstep;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Logs and groups in memory; what is read may change between two readings. */
public final class FakeOffsets implements Offsets {

  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> stable = new HashMap<>();
  private final Map<String, Map<TopicPartition, Long>> committed = new TreeMap<>();
  private final Set<TopicPartition> marksOnly = new HashSet<>();
  private Runnable afterReading = () -> {};
  private Runnable beforeStable = () -> {};
  private Runnable atLook = () -> {};
  private int looks;

  /** Sets the end of a log, all of it committed. */
  public FakeOffsets end(String topic, int partition, long end) {
    TopicPartition at = new TopicPartition(topic, partition);
    ends.put(at, end);
    stable.put(at, end);
    return this;
  }

  FakeOffsets open(String topic, int partition, long stableEnd) {
    stable.put(new TopicPartition(topic, partition), stableEnd);
    return this;
  }

  FakeOffsets commit(String group, String topic, int partition, long offset) {
    committed
        .computeIfAbsent(group, any -> new HashMap<>())
        .put(new TopicPartition(topic, partition), offset);
    return this;
  }

  FakeOffsets marksOnly(String topic, int partition) {
    marksOnly.add(new TopicPartition(topic, partition));
    return this;
  }

  /** Does something once, after the next reading, whichever that is. */
  void onceAfterNextReading(Runnable change) {
    afterReading =
        () -> {
          afterReading = () -> {};
          change.run();
        };
  }

  /** Does something once, before stable ends are read. */
  void onceBeforeStable(Runnable change) {
    beforeStable =
        () -> {
          beforeStable = () -> {};
          change.run();
        };
  }

  /** Does something at every look, before anything is read. */
  public FakeOffsets atEveryLook(Runnable action) {
    atLook = action;
    return this;
  }

  int looks() {
    return looks;
  }

  @Override
  public Map<String, Map<TopicPartition, Long>> committed(Set<String> groups) {
    looks++;
    atLook.run();
    Map<String, Map<TopicPartition, Long>> answer = new HashMap<>();
    committed.forEach((group, offsets) -> answer.put(group, Map.copyOf(offsets)));
    answer.keySet().retainAll(groups);
    afterReading.run();
    return answer;
  }

  @Override
  public Map<TopicPartition, Long> ends(Set<String> topics, IsolationLevel isolation) {
    if (isolation == IsolationLevel.READ_COMMITTED) {
      beforeStable.run();
    }
    Map<TopicPartition, Long> answer =
        new HashMap<>(isolation == IsolationLevel.READ_COMMITTED ? stable : ends);
    answer.keySet().removeIf(each -> !topics.contains(each.topic()));
    afterReading.run();
    return answer;
  }

  @Override
  public boolean hasRecords(TopicPartition partition, long from, long to) {
    return !marksOnly.contains(partition);
  }
}
