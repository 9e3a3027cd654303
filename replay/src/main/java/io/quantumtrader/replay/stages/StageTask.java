package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.topology.export.TopologyGraph;
import io.quantumtrader.topology.export.TopologyGraph.Node;
import io.quantumtrader.topology.export.TopologyGraph.Part;
import io.quantumtrader.topology.export.TopologyGraph.Sink;
import io.quantumtrader.topology.export.TopologyGraph.Source;
import io.quantumtrader.topology.export.TopologyGraph.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;

/**
 * One sub-topology for one partition. Of the records at the heads of its queues it takes the one
 * with the smallest time, as Streams does, and of several the one whose source was added first.
 */
final class StageTask {

  private static final Header[] NO_HEADERS = {};

  private final TaskContext context;
  private final List<SourceQueue> queues = new ArrayList<>();
  private final List<RunningNode.Stage> stages = new ArrayList<>();

  /**
   * Creates the task and initialises its processors.
   *
   * @param topics gives the partitions of a topic that is read, by its name in the topology
   * @param sinks gives the partitions of a topic that is written
   * @param changelogs gives a store's changelog, by name of the store
   * @param past what an earlier life of the task left
   */
  StageTask(
      Part part,
      int partition,
      StageEnvironment environment,
      Function<String, List<LogPartition>> topics,
      Function<String, List<LogPartition>> sinks,
      Function<String, LogPartition> changelogs,
      TaskPast past) {
    context = new TaskContext(new TaskId(part.id(), partition), environment);
    part.stores().forEach((name, store) -> context.add(store(name, store, changelogs)));
    context.stores().values().forEach(store -> store.init(context, store));
    stores().forEach((name, store) -> past.restore(part, store, changelogs));
    Map<String, RunningNode> running = new HashMap<>();
    for (Node node : part.nodes()) {
      switch (node) {
        case Stage stage -> running.put(stage.name(), made(stage));
        case Sink sink ->
            running.put(
                sink.name(), new RunningNode.Drain(sink, sinks.apply(sink.topic()), context));
        case Source source -> {
          // Made once everything that hears it is there.
        }
      }
    }
    connect(part, partition, topics, running);
    queues.forEach(queue -> queue.resume(past.position(queue.partition())));
    stages.forEach(stage -> stage.processor().init(stage.context()));
  }

  /**
   * Returns what the next life of this task begins with where it dies now.
   *
   * @param rows which rows of its changelogs are there then
   */
  TaskPast died(RestoredRows rows) {
    return new TaskPast.Died(positions(), rows);
  }

  /** Returns what a later life of this task goes on from; the rows are a view. */
  SavedStages.SavedTask saved() {
    Map<String, NavigableMap<byte[], byte[]>> rows = new TreeMap<>();
    stores().forEach((name, store) -> rows.put(name, store.rows()));
    return new SavedStages.SavedTask(id(), positions(), rows);
  }

  private Map<TopicPartition, Position> positions() {
    Map<TopicPartition, Position> positions = new HashMap<>();
    queues.forEach(queue -> positions.put(queue.partition(), queue.position()));
    return positions;
  }

  private RunningNode.Stage made(Stage stage) {
    Processor<Object, Object, Object, Object> processor = stage.processor().get();
    RunningNode.Stage made =
        new RunningNode.Stage(stage.name(), processor, new StageContext(context), context);
    stages.add(made);
    return made;
  }

  private void connect(
      Part part,
      int partition,
      Function<String, List<LogPartition>> topics,
      Map<String, RunningNode> running) {
    for (Node node : part.nodes()) {
      if (node instanceof Stage stage) {
        RunningNode.Stage from = (RunningNode.Stage) running.get(stage.name());
        stage.children().forEach(child -> from.context().add(running.get(child)));
      } else if (node instanceof Source source) {
        List<RunningNode> children = source.children().stream().map(running::get).toList();
        for (String topic : source.topics()) {
          queues.add(
              new SourceQueue(
                  source, topics.apply(topic).get(partition).cursor(), context, children));
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // the builder was given serdes that fit
  private StateStore store(
      String name, TopologyGraph.Store store, Function<String, LogPartition> changelogs) {
    if (!store.logged()) {
      return unlogged(name, store);
    }
    LogPartition changelog = changelogs.apply(name);
    return new MemoryStore<>(
        name,
        changelog.name().topic(),
        (Serde<Object>) store.keys(),
        (Serde<Object>) store.values(),
        (key, value) ->
            context
                .environment()
                .log()
                .append(changelog, context.turn().timestampMs(), key, value, NO_HEADERS));
  }

  /** A store of the project's own kind is used as it is. */
  @SuppressWarnings("unchecked")
  private static StateStore unlogged(String name, TopologyGraph.Store store) {
    if (store.keys() == null) {
      return store.builder().build();
    }
    return new MemoryStore<>(
        name,
        name,
        (Serde<Object>) store.keys(),
        (Serde<Object>) store.values(),
        (key, value) -> {});
  }

  /** Does all there is to do; returns whether there was anything. */
  boolean run() {
    boolean any = false;
    while (step()) {
      any = true;
    }
    return any;
  }

  /** Processes one record; returns whether there was one. */
  boolean step() {
    SourceQueue next = next();
    if (next != null) {
      next.process();
    }
    return next != null;
  }

  private SourceQueue next() {
    SourceQueue first = null;
    for (SourceQueue queue : queues) {
      if (queue.hasHead() && (first == null || queue.headTimeMs() < first.headTimeMs())) {
        first = queue;
      }
    }
    return first;
  }

  TaskId id() {
    return context.taskId();
  }

  /** Returns the stores that keep rows, by name. */
  Map<String, MemoryStore<?, ?>> stores() {
    Map<String, MemoryStore<?, ?>> found = new TreeMap<>();
    context
        .stores()
        .forEach(
            (name, store) -> {
              if (store instanceof MemoryStore<?, ?> memory) {
                found.put(name, memory);
              }
            });
    return found;
  }

  void close() {
    queues.forEach(SourceQueue::close);
    stages.forEach(stage -> stage.processor().close());
    context.stores().values().forEach(StateStore::close);
  }
}
