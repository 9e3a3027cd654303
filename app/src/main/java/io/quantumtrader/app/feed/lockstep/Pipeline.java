package io.quantumtrader.app.feed.lockstep;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who reads what in the pipeline, and which topics it writes.
 *
 * @param readers topics by the consumer group that reads them
 * @param topics every topic that a transaction of the pipeline may write to; those that are read
 *     belong to them too
 */
public record Pipeline(Map<String, Set<String>> readers, Set<String> topics) {

  /** Application id of the topology, and so its consumer group. */
  public static final String STREAMS = "quantum-streams";

  /** Group of the executor's plans and clock. */
  public static final String EXECUTOR = ExecutorSettings.GROUP;

  /** Group of the paper exchange's marks. */
  public static final String EXECUTOR_MARKET = ExecutorSettings.MARKET_GROUP;

  /** Group of the agent. */
  public static final String AGENT = "quantum-agent";

  public Pipeline {
    Map<String, Set<String>> read = new TreeMap<>();
    readers.forEach((group, names) -> read.put(group, Set.copyOf(names)));
    readers = Map.copyOf(read);
    Set<String> all = new TreeSet<>(topics);
    readers.values().forEach(all::addAll);
    topics = Set.copyOf(all);
  }

  /** Returns the topics of the catalog, and nobody who reads them yet. */
  public static Pipeline ofCatalog() {
    return new Pipeline(
        Map.of(), Arrays.stream(Topic.values()).map(Topic::topicName).collect(toUnmodifiableSet()));
  }

  /** Returns this pipeline with the Streams application: its sources and repartition topics. */
  public Pipeline withTopology() {
    Stream<String> sources =
        Stream.of(
                Topic.CLOCK,
                Topic.CANDLE,
                Topic.MARK,
                Topic.TRADE_INTENT,
                Topic.APPLY_RESULT,
                Topic.EXCHANGE_ACCOUNT,
                Topic.POSITION_SNAPSHOT,
                Topic.HARVEST_PROPOSAL)
            .map(Topic::topicName);
    Stream<String> between =
        Stream.of(Names.LEDGER_BY_SYMBOL, Names.UNIVERSE_STATE, Names.UNIVERSE_CLOCK)
            .map(name -> STREAMS + "-" + name + "-repartition");
    return with(STREAMS, Stream.concat(sources, between).collect(toUnmodifiableSet()));
  }

  /** Returns this pipeline with the executor and the paper exchange. */
  public Pipeline withExecutor() {
    return with(EXECUTOR, Set.of(Topic.APPLY_PLAN.topicName(), Topic.CLOCK.topicName()))
        .with(EXECUTOR_MARKET, Set.of(Topic.MARK.topicName()));
  }

  /** Returns this pipeline with the agent. */
  public Pipeline withAgent() {
    return with(
        AGENT,
        Set.of(
            Topic.MARKET_STATE.topicName(), Topic.UNIVERSE.topicName(), Topic.CLOCK.topicName()));
  }

  /** Returns this pipeline with one more group that reads these topics. */
  public Pipeline with(String group, Set<String> topicsRead) {
    Map<String, Set<String>> more = new TreeMap<>(readers);
    more.put(group, topicsRead);
    return new Pipeline(more, topics);
  }
}
