package io.quantumtrader.replay.run;

import io.quantumtrader.schemas.topic.TaskInputs;
import io.quantumtrader.topology.KnownInputs;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.TaskId;

/** Keeps which records the tasks have taken, beyond the end of a run. */
final class InputsOfTasks implements KnownInputs {

  private final Map<TaskId, TaskInputs> inputs = new HashMap<>();

  /**
   * Creates it with what is known.
   *
   * @param known by task, as {@link #texts} gave it
   */
  InputsOfTasks(Map<TaskId, String> known) {
    known.forEach((task, text) -> inputs.put(task, TaskInputs.parse(text)));
  }

  @Override
  public TaskInputs of(TaskId task) {
    return inputs.computeIfAbsent(task, any -> new TaskInputs());
  }

  /** Returns what was taken, by task; tasks that have taken nothing are left out. */
  Map<TaskId, String> texts() {
    Map<TaskId, String> texts = new HashMap<>();
    inputs.forEach(
        (task, of) -> {
          if (!of.isEmpty()) {
            texts.put(task, of.text());
          }
        });
    return texts;
  }
}
