package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.hash.StateRows;
import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.stages.SavedStages.SavedTask;
import io.quantumtrader.topology.export.TopologyGraph;
import io.quantumtrader.topology.export.TopologyGraph.GlobalTable;
import io.quantumtrader.topology.export.TopologyGraph.Part;
import io.quantumtrader.topology.export.TopologyGraph.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TaskId;

/**
 * All stages of a topology over topics in memory. Repartition topics and changelogs are made as
 * Streams would make them, under the same names. For one thread.
 */
public final class Stages implements AutoCloseable {

  private static final TaskPast NO_PAST = new TaskPast.Saved(Map.of(), Map.of());
  private static final SavedStages NOTHING = new SavedStages(Map.of(), List.of());

  private final TopologyGraph graph;
  private final RecordLog log;
  private final String prefix;
  private final List<TableKeeper> tables = new ArrayList<>();
  private final StageEnvironment environment;
  private final Map<TaskId, StageTask> tasks = new LinkedHashMap<>();
  private final Map<TaskId, Part> parts = new HashMap<>();
  private final Function<String, List<LogPartition>> sinks;

  /**
   * Creates the stages; nothing is read before {@link #run}.
   *
   * @param topology built for this alone
   * @param configuration Streams configuration it was built with
   * @param log has the topics of the catalog
   * @param wallMs the wall clock, epoch milliseconds UTC
   */
  public Stages(Topology topology, Properties configuration, RecordLog log, LongSupplier wallMs) {
    this(topology, configuration, log, wallMs, "", NOTHING);
  }

  /**
   * Creates stages that go on from where others had come to.
   *
   * @param log stands where it stood when they were saved
   * @param wallMs the wall clock, epoch milliseconds UTC
   * @param saved as {@link #saved} gave it, of the same topology
   */
  public static Stages resumed(
      Topology topology,
      Properties configuration,
      RecordLog log,
      LongSupplier wallMs,
      SavedStages saved) {
    return new Stages(topology, configuration, log, wallMs, "", saved);
  }

  /**
   * Creates stages whose output goes elsewhere than to where others of them read it, so that each
   * task has what it is given by hand and nothing else.
   *
   * @param wallMs the wall clock, epoch milliseconds UTC
   * @param aside what is added to the name of each topic that is written
   */
  public static Stages apart(
      Topology topology,
      Properties configuration,
      RecordLog log,
      LongSupplier wallMs,
      String aside) {
    return apart(topology, configuration, log, wallMs, aside, NOTHING);
  }

  /**
   * Creates the same, to go on from where others had come to.
   *
   * @param log stands where it stood when they were saved
   * @param saved as {@link #saved} gave it, of the same topology
   */
  public static Stages apart(
      Topology topology,
      Properties configuration,
      RecordLog log,
      LongSupplier wallMs,
      String aside,
      SavedStages saved) {
    return new Stages(topology, configuration, log, wallMs, aside, saved);
  }

  private Stages(
      Topology topology,
      Properties configuration,
      RecordLog log,
      LongSupplier wallMs,
      String aside,
      SavedStages saved) {
    this.graph = TopologyGraph.of(topology, configuration);
    this.log = log;
    this.sinks = topic -> aside.isEmpty() ? partitions(topic) : aside(topic, aside);
    Map<String, Object> settings = new HashMap<>();
    configuration.forEach((name, value) -> settings.put((String) name, value));
    environment = new StageEnvironment(log, settings, wallMs);
    this.prefix = settings.get(StreamsConfig.APPLICATION_ID_CONFIG) + "-";
    graph.repartitions().forEach((name, count) -> log.create(prefix + name, count));
    for (GlobalTable table : graph.tables()) {
      TableKeeper keeper = new TableKeeper(table, environment, log.partitions(table.topic()));
      Map<byte[], byte[]> rows = saved.tables().get(table.store());
      if (rows != null) {
        keeper.restore(rows);
      }
      tables.add(keeper);
    }
    Map<TaskId, TaskPast> pasts =
        saved.tasks().stream().collect(Collectors.toMap(SavedTask::id, SavedTask::past));
    for (Part part : graph.subtopologies()) {
      start(part, pasts);
    }
  }

  private void start(Part part, Map<TaskId, TaskPast> pasts) {
    int count = partitions(part);
    part.stores()
        .forEach(
            (name, store) -> {
              if (store.logged()) {
                log.create(prefix + name + "-changelog", count);
              }
            });
    for (int partition = 0; partition < count; partition++) {
      StageTask task =
          made(part, partition, pasts.getOrDefault(new TaskId(part.id(), partition), NO_PAST));
      tasks.put(task.id(), task);
      parts.put(task.id(), part);
    }
  }

  private List<LogPartition> aside(String topic, String suffix) {
    String to = topic + suffix;
    if (!log.topics().contains(to)) {
      log.create(to, partitions(topic).size());
    }
    return log.partitions(to);
  }

  private StageTask made(Part part, int partition, TaskPast past) {
    return new StageTask(
        part,
        partition,
        environment,
        this::partitions,
        sinks,
        store -> log.partitions(prefix + store + "-changelog").get(partition),
        past);
  }

  private List<LogPartition> partitions(String topic) {
    return log.partitions(graph.repartitions().containsKey(topic) ? prefix + topic : topic);
  }

  /** Returns how many tasks a sub-topology has: the most partitions of what it reads. */
  private int partitions(Part part) {
    return part.nodes().stream()
        .filter(Source.class::isInstance)
        .flatMap(node -> ((Source) node).topics().stream())
        .mapToInt(topic -> partitions(topic).size())
        .max()
        .orElseThrow();
  }

  /**
   * Does all there is to do, once round: the tables, then each task.
   *
   * @return whether there was anything
   * @throws TaskFailedException where a record could not be processed
   */
  public boolean run() {
    boolean any = keepTables();
    for (StageTask task : tasks.values()) {
      any |= task.run();
      any |= keepTables();
    }
    return any;
  }

  /**
   * Returns the task that reads a partition of a topic.
   *
   * @param topic by its name in the topology
   * @throws IllegalArgumentException where none reads it
   */
  public TaskId reader(String topic, int partition) {
    return parts.entrySet().stream()
        .filter(each -> each.getKey().partition() == partition)
        .filter(each -> reads(each.getValue(), topic))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no stage reads " + topic + "-" + partition));
  }

  private static boolean reads(Part part, String topic) {
    return part.nodes().stream()
        .anyMatch(node -> node instanceof Source source && source.topics().contains(topic));
  }

  /**
   * Puts a record where a task reads it, in a topic by its name in the topology.
   *
   * @param key its key; null for none
   * @param value its bytes; null for a tombstone
   */
  public void give(
      TopicPartition to, long timestampMs, byte[] key, byte[] value, Header[] headers) {
    log.append(partitions(to.topic()).get(to.partition()), timestampMs, key, value, headers);
  }

  /** Returns the tasks, in the order in which {@link #run} has them. */
  public List<TaskId> tasks() {
    return List.copyOf(tasks.keySet());
  }

  /** Returns whether a task has a store of this name. */
  public boolean has(TaskId task, String store) {
    return parts.get(task).stores().containsKey(store);
  }

  /**
   * Has a task process one record, which is the least that it can commit: output, changelog and
   * position are there together.
   *
   * @return whether there was one
   * @throws TaskFailedException where the record could not be processed
   */
  public boolean step(TaskId task) {
    return tasks.get(task).step();
  }

  /**
   * Lets a task die between two records and begin anew, from its changelogs and from where it had
   * come to. The log must keep everything.
   *
   * @param rows which rows it gets back
   */
  public void restart(TaskId task, RestoredRows rows) {
    StageTask dead = tasks.get(task);
    TaskPast past = dead.died(rows);
    dead.close();
    tasks.put(task, made(parts.get(task), task.partition(), past));
  }

  /** Returns the names of the global tables. */
  public List<String> tables() {
    return tables.stream().map(TableKeeper::name).toList();
  }

  /** Has one global table take all that has come for it; returns whether there was anything. */
  public boolean keep(String table) {
    boolean any = false;
    for (TableKeeper each : tables) {
      any |= each.name().equals(table) && each.run();
    }
    return any;
  }

  /** Has all global tables take all that has come for them; returns whether there was anything. */
  public boolean keepTables() {
    boolean any = false;
    for (TableKeeper table : tables) {
      any |= table.run();
    }
    return any;
  }

  /**
   * Returns what later stages go on from; the rows are views, to be used before anything is
   * processed. Everything must have been processed: {@link #run} finds nothing to do.
   */
  public SavedStages saved() {
    Map<String, NavigableMap<byte[], byte[]>> rows = new TreeMap<>();
    tables.forEach(table -> rows.put(table.name(), table.rows()));
    return new SavedStages(rows, tasks.values().stream().map(StageTask::saved).toList());
  }

  /** Puts the rows of all stores where they are to go. */
  public void rows(StateRows to) {
    for (StageTask task : tasks.values()) {
      task.stores()
          .forEach(
              (name, store) ->
                  store
                      .rows()
                      .forEach(
                          (key, value) ->
                              to.store(name, task.id().partition(), store.isAvro(), key, value)));
    }
  }

  @Override
  public void close() {
    tasks.values().forEach(StageTask::close);
    tables.forEach(TableKeeper::close);
  }
}
