package io.quantumtrader.topology.failure;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * The records at which a handler of errors let a task fail: what Streams throws afterwards does not
 * always say which. It keeps the last few. May be used by several threads.
 */
public final class FailedRecords {

  /** Name of the setting under which the process passes it to the handlers. */
  public static final String SETTING = "quantum.failed.records";

  private static final int KEPT = 64;

  private record Note(Throwable met, RecordPlace place) {}

  private final Deque<Note> notes = new ArrayDeque<>();

  /** Returns it from a Streams configuration, or a new one where there is none. */
  public static FailedRecords in(Map<String, ?> configuration) {
    return configuration.get(SETTING) instanceof FailedRecords records
        ? records
        : new FailedRecords();
  }

  /** Notes the record that was being processed when something was met that fails the task. */
  public void note(ErrorHandlerContext context, Throwable met) {
    if (context.topic() != null && context.offset() >= 0) {
      note(new RecordPlace(context.topic(), context.partition(), context.offset()), met);
    }
  }

  synchronized void note(RecordPlace place, Throwable met) {
    notes.addFirst(new Note(met, place));
    if (notes.size() > KEPT) {
      notes.removeLast();
    }
  }

  /** Returns the record of the last of these exceptions that was noted. */
  synchronized Optional<RecordPlace> find(Collection<Throwable> chain) {
    return notes.stream()
        .filter(note -> chain.stream().anyMatch(cause -> cause == note.met()))
        .map(Note::place)
        .findFirst();
  }
}
