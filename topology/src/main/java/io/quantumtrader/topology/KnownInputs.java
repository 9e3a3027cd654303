package io.quantumtrader.topology;

import io.quantumtrader.schemas.topic.TaskInputs;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Knows which records a task had taken before it began, where whoever runs it has kept that: a task
 * that Kafka Streams starts anew knows none.
 */
@FunctionalInterface
public interface KnownInputs {

  /** Name of the setting under which a process passes it to the topology. */
  String SETTING = "quantum.task.inputs";

  /** Returns what a task had taken; the task notes in it what it takes from now on. */
  TaskInputs of(TaskId task);

  /** Returns the inputs that a task begins with: those that are known, or none. */
  static TaskInputs in(ProcessingContext context) {
    return context.appConfigs().get(SETTING) instanceof KnownInputs known
        ? known.of(context.taskId())
        : new TaskInputs();
  }
}
