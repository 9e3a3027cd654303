package io.quantumtrader.app.parts;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.executor.ExecutorSettings;
import io.quantumtrader.market.lockstep.Pipeline;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The consumer groups of this pipeline and what each reads: a replay waits for them, and lag is
 * measured of them.
 */
public final class PipelineReaders {

  /** Application id of the topology, and so its consumer group. */
  public static final String STREAMS = "quantum-streams";

  /** Group of the executor's plans and clock. */
  public static final String EXECUTOR = ExecutorSettings.GROUP;

  /** Group of the paper exchange's marks. */
  public static final String EXECUTOR_MARKET = ExecutorSettings.MARKET_GROUP;

  /** Group of the agent. */
  public static final String AGENT = AgentSettings.GROUP;

  private PipelineReaders() {}

  /** Returns a pipeline with the Streams application: its sources and repartition topics. */
  public static Pipeline withTopology(Pipeline pipeline) {
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
        Stream.of(
                Names.LEDGER_BY_SYMBOL,
                Names.EXCHANGE_BY_SYMBOL,
                Names.UNIVERSE_STATE,
                Names.UNIVERSE_CLOCK)
            .map(name -> STREAMS + "-" + name + "-repartition");
    return pipeline.with(STREAMS, Stream.concat(sources, between).collect(toUnmodifiableSet()));
  }

  /** Returns a pipeline with the executor and the paper exchange. */
  public static Pipeline withExecutor(Pipeline pipeline) {
    return pipeline
        .with(EXECUTOR, Set.of(Topic.APPLY_PLAN.topicName(), Topic.CLOCK.topicName()))
        .with(EXECUTOR_MARKET, Set.of(Topic.MARK.topicName()));
  }

  /** Returns a pipeline with the agent. */
  public static Pipeline withAgent(Pipeline pipeline) {
    return pipeline.with(
        AGENT, AgentSettings.READS.stream().map(Topic::topicName).collect(toUnmodifiableSet()));
  }
}
