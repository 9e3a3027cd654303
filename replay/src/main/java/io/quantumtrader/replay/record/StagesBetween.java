package io.quantumtrader.replay.record;

import io.quantumtrader.replay.stages.SavedStages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a replay of the stages goes on in the middle of a recording. The global tables are not part
 * of it: their topics are recorded whole, and they are brought to their time from the beginning.
 *
 * @param fromMs the first time that is left, epoch milliseconds UTC on the pipeline's clock
 * @param stages what the tasks had; no tables
 * @param ends offset that the next record of each partition gets, those of tables left out
 * @param feedBeganMs when the last feed by then began, epoch milliseconds UTC; 0 before the first
 * @param turns what is left, in its order
 */
public record StagesBetween(
    long fromMs,
    SavedStages stages,
    Map<TopicPartition, Long> ends,
    long feedBeganMs,
    List<Turn> turns) {

  static final SavedStages NO_STAGES = new SavedStages(Map.of(), List.of());

  public StagesBetween {
    ends = Map.copyOf(ends);
    turns = List.copyOf(turns);
  }

  static StagesBetween of(
      long fromMs,
      SavedStages all,
      Map<TopicPartition, Long> ends,
      long feedBeganMs,
      List<Turn> turns) {
    Map<TopicPartition, Long> ofTasks = new HashMap<>(ends);
    TableVersions.TOPICS.forEach(
        table -> ofTasks.keySet().removeIf(each -> each.topic().equals(table.topicName())));
    return new StagesBetween(
        fromMs, new SavedStages(Map.of(), all.tasks()), ofTasks, feedBeganMs, turns);
  }
}
