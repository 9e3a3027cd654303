package io.quantumtrader.replay.state;

import io.quantumtrader.agents.AgentMemory;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.run.ExecutorDiary;
import io.quantumtrader.replay.run.SavedPipeline;
import io.quantumtrader.replay.stages.Position;
import io.quantumtrader.replay.stages.SavedStages;
import io.quantumtrader.replay.stages.SavedStages.SavedTask;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.processor.TaskId;

/** Writes what was saved of a pipeline into files, and reads it back. */
final class StateFiles {

  /** Stores, tables and positions of the stages. */
  private static final String STAGES = "stages.bin";

  /** Ends of all partitions, and the rows of the compacted topics. */
  private static final String TOPICS = "topics.bin";

  /** What the executor was given. */
  private static final String EXECUTOR = "executor.bin";

  /** What the agent remembers. */
  private static final String AGENT = "agent.bin";

  /** All files of a state. */
  static final List<String> NAMES = List.of(STAGES, TOPICS, EXECUTOR, AGENT);

  private StateFiles() {}

  static void write(Path directory, SavedPipeline saved) throws IOException {
    try (StateOutput out = new StateOutput(directory.resolve(STAGES))) {
      writeTables(out, saved.stages().tables());
      out.each(saved.stages().tasks(), task -> writeTask(out, task));
      out.each(
          saved.inputs().entrySet(),
          each -> {
            out.text(each.getKey().toString());
            out.text(each.getValue());
          });
    }
    try (StateOutput out = new StateOutput(directory.resolve(TOPICS))) {
      out.each(
          saved.ends().entrySet(),
          each -> {
            writePartition(out, each.getKey());
            out.number(each.getValue());
          });
      Map<String, NavigableMap<byte[], byte[]>> compacted = new HashMap<>();
      saved.compacted().forEach((topic, rows) -> compacted.put(topic.topicName(), rows));
      writeTables(out, compacted);
    }
    try (StateOutput out = new StateOutput(directory.resolve(EXECUTOR))) {
      out.each(saved.diary().turns(), turn -> writeTurn(out, turn));
      writeTurn(out, saved.diary().rest());
    }
    try (StateOutput out = new StateOutput(directory.resolve(AGENT))) {
      out.flag(saved.agent().isPresent());
      if (saved.agent().isPresent()) {
        AgentFile.write(out, saved.agent().get());
      }
    }
  }

  static SavedPipeline read(Path directory) throws IOException {
    SavedStages stages;
    Map<TaskId, String> inputs = new HashMap<>();
    try (StateInput in = new StateInput(directory.resolve(STAGES))) {
      stages = new SavedStages(readTables(in), in.each(() -> readTask(in)));
      in.each(() -> inputs.put(TaskId.parse(in.text()), in.text()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    Map<Topic, NavigableMap<byte[], byte[]>> compacted = new EnumMap<>(Topic.class);
    try (StateInput in = new StateInput(directory.resolve(TOPICS))) {
      in.each(() -> ends.put(readPartition(in), in.number()));
      readTables(in).forEach((name, rows) -> compacted.put(Topic.named(name).orElseThrow(), rows));
    }
    ExecutorDiary diary;
    try (StateInput in = new StateInput(directory.resolve(EXECUTOR))) {
      Map<TopicPartition, Long> next = new HashMap<>();
      diary = new ExecutorDiary(in.each(() -> readTurn(in, next)), readTurn(in, next));
    }
    try (StateInput in = new StateInput(directory.resolve(AGENT))) {
      Optional<AgentMemory> agent = in.flag() ? Optional.of(AgentFile.read(in)) : Optional.empty();
      return new SavedPipeline(ends, compacted, stages, inputs, diary, agent);
    }
  }

  private static void writeTables(StateOutput out, Map<String, NavigableMap<byte[], byte[]>> tables)
      throws IOException {
    out.each(
        tables.entrySet(),
        table -> {
          out.text(table.getKey());
          out.rows(table.getValue());
        });
  }

  private static Map<String, NavigableMap<byte[], byte[]>> readTables(StateInput in)
      throws IOException {
    Map<String, NavigableMap<byte[], byte[]>> tables = new HashMap<>();
    in.each(() -> tables.put(in.text(), in.rows()));
    return tables;
  }

  static void writeTask(StateOutput out, SavedTask task) throws IOException {
    out.text(task.id().toString());
    out.each(
        task.positions().entrySet(),
        each -> {
          writePartition(out, each.getKey());
          out.number(each.getValue().offset());
          out.number(each.getValue().timeMs());
        });
    writeTables(out, task.stores());
  }

  static SavedTask readTask(StateInput in) throws IOException {
    TaskId id = TaskId.parse(in.text());
    Map<TopicPartition, Position> positions = new HashMap<>();
    in.each(() -> positions.put(readPartition(in), new Position(in.number(), in.number())));
    return new SavedTask(id, positions, readTables(in));
  }

  static void writePartition(StateOutput out, TopicPartition partition) throws IOException {
    out.text(partition.topic());
    out.number(partition.partition());
  }

  static TopicPartition readPartition(StateInput in) throws IOException {
    return new TopicPartition(in.text(), Math.toIntExact(in.number()));
  }

  /** Each partition's records are all there from the first on, so their offsets need no place. */
  private static void writeTurn(StateOutput out, ExecutorDiary.Turn turn) throws IOException {
    out.each(
        turn.given(),
        given -> {
          writePartition(out, given.to());
          LogEntry entry = given.entry();
          out.number(entry.timestampMs());
          out.bytes(entry.key());
          out.bytes(entry.value());
          out.each(
              List.of(entry.headers()),
              header -> {
                out.text(header.key());
                out.bytes(header.value());
              });
        });
  }

  private static ExecutorDiary.Turn readTurn(StateInput in, Map<TopicPartition, Long> next)
      throws IOException {
    List<ExecutorDiary.Given> given = new ArrayList<>();
    in.each(
        () -> {
          TopicPartition to = readPartition(in);
          long offset = next.merge(to, 1L, Long::sum) - 1;
          return given.add(new ExecutorDiary.Given(to, readEntry(in, offset)));
        });
    return new ExecutorDiary.Turn(given);
  }

  private static LogEntry readEntry(StateInput in, long offset) throws IOException {
    long timestampMs = in.number();
    byte[] key = in.bytes();
    byte[] value = in.bytes();
    List<Header> headers = in.each(() -> new RecordHeader(in.text(), in.bytes()));
    return new LogEntry(offset, timestampMs, key, value, headers.toArray(Header[]::new));
  }
}
