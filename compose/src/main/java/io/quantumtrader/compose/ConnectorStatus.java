package io.quantumtrader.compose;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;

/**
 * How a connector and its tasks are.
 *
 * @param name the connector's name
 * @param state the connector's own state
 * @param trace why the connector failed, if it did
 * @param tasks its tasks, by number
 */
public record ConnectorStatus(
    String name, State state, Optional<String> trace, List<TaskStatus> tasks) {

  /** Connect's states, see {@code AbstractStatus.State}. */
  public enum State {
    /** Assigned to nobody yet. */
    UNASSIGNED,
    /** At work. */
    RUNNING,
    /** Told to rest. */
    PAUSED,
    /** Ended by an error; it does not come back by itself. */
    FAILED,
    /** On its way back. */
    RESTARTING,
    /** Told to end. */
    STOPPED,
    /** Removed. */
    DESTROYED
  }

  /**
   * How a task is.
   *
   * @param id number from 0
   * @param state its state
   * @param trace why it failed, if it did
   */
  public record TaskStatus(int id, State state, Optional<String> trace) {}

  static ConnectorStatus of(ConnectorStateInfo info) {
    return new ConnectorStatus(
        info.name(),
        state(info.connector()),
        trace(info.connector()),
        info.tasks().stream()
            .sorted()
            .map(task -> new TaskStatus(task.id(), state(task), trace(task)))
            .toList());
  }

  private static State state(ConnectorStateInfo.AbstractState of) {
    return State.valueOf(of.state().toUpperCase(Locale.ROOT));
  }

  private static Optional<String> trace(ConnectorStateInfo.AbstractState of) {
    return Optional.ofNullable(of.trace()).filter(trace -> !trace.isBlank());
  }

  /** Whether the connector and at least one task run, and no task does anything else. */
  public boolean isRunning() {
    return state == State.RUNNING
        && !tasks.isEmpty()
        && tasks.stream().allMatch(task -> task.state() == State.RUNNING);
  }

  /** Why the connector or the first of its failed tasks failed; empty if nothing has. */
  public Optional<String> failure() {
    if (state == State.FAILED) {
      return Optional.of(trace.orElse("without a trace"));
    }
    return tasks.stream()
        .filter(task -> task.state() == State.FAILED)
        .findFirst()
        .map(task -> "task %d: %s".formatted(task.id(), task.trace().orElse("without a trace")));
  }
}
