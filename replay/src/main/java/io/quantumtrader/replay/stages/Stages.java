package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.hash.StateRows;
import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.topology.export.TopologyGraph;
import io.quantumtrader.topology.export.TopologyGraph.GlobalTable;
import io.quantumtrader.topology.export.TopologyGraph.Part;
import io.quantumtrader.topology.export.TopologyGraph.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * All stages of a topology over topics in memory. Repartition topics and changelogs are made as
 * Streams would make them, under the same names. For one thread.
 */
public final class Stages implements AutoCloseable {

  private final TopologyGraph graph;
  private final RecordLog log;
  private final String prefix;
  private final List<TableKeeper> tables = new ArrayList<>();
  private final List<StageTask> tasks = new ArrayList<>();

  /**
   * Creates the stages; nothing is read before {@link #run}.
   *
   * @param topology built for this alone
   * @param configuration Streams configuration it was built with
   * @param log has the topics of the catalog
   * @param wallMs the wall clock, epoch milliseconds UTC
   */
  public Stages(Topology topology, Properties configuration, RecordLog log, LongSupplier wallMs) {
    this.graph = TopologyGraph.of(topology, configuration);
    this.log = log;
    Map<String, Object> settings = new HashMap<>();
    configuration.forEach((name, value) -> settings.put((String) name, value));
    StageEnvironment environment = new StageEnvironment(log, settings, wallMs);
    this.prefix = settings.get(StreamsConfig.APPLICATION_ID_CONFIG) + "-";
    graph.repartitions().forEach((name, count) -> log.create(prefix + name, count));
    for (GlobalTable table : graph.tables()) {
      tables.add(new TableKeeper(table, environment, log.partitions(table.topic())));
    }
    for (Part part : graph.subtopologies()) {
      start(part, environment);
    }
  }

  private void start(Part part, StageEnvironment environment) {
    int count = partitions(part);
    part.stores()
        .forEach(
            (name, store) -> {
              if (store.logged()) {
                log.create(prefix + name + "-changelog", count);
              }
            });
    for (int partition = 0; partition < count; partition++) {
      int own = partition;
      tasks.add(
          new StageTask(
              part,
              partition,
              environment,
              this::partitions,
              store -> log.partitions(prefix + store + "-changelog").get(own)));
    }
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
    for (StageTask task : tasks) {
      any |= task.run();
      any |= keepTables();
    }
    return any;
  }

  private boolean keepTables() {
    boolean any = false;
    for (TableKeeper table : tables) {
      any |= table.run();
    }
    return any;
  }

  /** Puts the rows of all stores where they are to go. */
  public void rows(StateRows to) {
    for (StageTask task : tasks) {
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
    tasks.forEach(StageTask::close);
    tables.forEach(TableKeeper::close);
  }
}
