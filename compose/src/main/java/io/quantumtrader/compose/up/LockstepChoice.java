package io.quantumtrader.compose.up;

import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.PipelineReaders;
import io.quantumtrader.app.parts.Waiting;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.market.lockstep.AdminOffsets;
import io.quantumtrader.market.lockstep.Drain;
import io.quantumtrader.market.lockstep.Lockstep;
import io.quantumtrader.market.lockstep.LockstepSettings;
import io.quantumtrader.market.lockstep.Pipeline;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.GlobalTableProgress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** What event time is kept in step with: the parts of the pipeline that run. */
final class LockstepChoice implements AutoCloseable {

  /** Topics that the stages read as global tables, without a consumer group to show it. */
  private static final List<Topic> TABLES =
      List.of(Topic.MARKET_STATE, Topic.INSTRUMENT, Topic.UNIVERSE, Topic.POLICY, Topic.CONTROL);

  private static final Duration TAP_PATIENCE = Duration.ofSeconds(30);

  private final AdminOffsets offsets;
  private final Admin admin;
  private final TopicTail tail;
  private final Set<Part> leftOut;
  private volatile GlobalTableProgress progress;

  LockstepChoice(Endpoints addresses, Admin admin, TopicTail tail, Set<Part> leftOut) {
    this.offsets = new AdminOffsets(addresses.kafka());
    this.admin = admin;
    this.tail = tail;
    this.leftOut = leftOut;
  }

  /** Returns what a step of the clock waits for: stages, executor and agent. */
  Lockstep forSteps() {
    return lockstep(decisionPipeline());
  }

  /** Waits until everything is done and seen, the Redis sink and the tail included. */
  void awaitEverything() throws InterruptedException {
    Pipeline pipeline = decisionPipeline();
    if (!leftOut.contains(Part.REDIS)) {
      Set<String> topics =
          LegacyContract.TOPICS.stream().map(Topic::topicName).collect(Collectors.toSet());
      pipeline = pipeline.with("connect-" + LegacyContract.CONNECTOR_NAME, topics);
    }
    lockstep(pipeline).await("at the end", new Stop());
    Waiting.until(
        "the last record",
        TAP_PATIENCE,
        () -> tail.caughtUp(admin, EnumSet.allOf(Topic.class)),
        java.util.Optional::empty);
  }

  private Pipeline decisionPipeline() {
    Pipeline pipeline = Pipeline.ofCatalog();
    if (!leftOut.contains(Part.STREAMS)) {
      pipeline = PipelineReaders.withTopology(pipeline);
    }
    if (!leftOut.contains(Part.EXECUTOR)) {
      pipeline = PipelineReaders.withExecutor(pipeline);
    }
    if (!leftOut.contains(Part.AGENT)) {
      pipeline = PipelineReaders.withAgent(pipeline);
    }
    return pipeline;
  }

  private Lockstep lockstep(Pipeline pipeline) {
    return new Lockstep(
        new Drain(pipeline, offsets, this::tablesCurrent), LockstepSettings.DEFAULT);
  }

  /** Lets steps wait for the global tables of this process's stages too. */
  void followTables(GlobalTableProgress tables) {
    progress = tables;
  }

  /** Whether the global tables have applied every record of their topics. */
  private boolean tablesCurrent() {
    if (progress == null) {
      return true;
    }
    return tail.caughtUp(admin, TABLES)
        && tail.partitions(TABLES).stream().allMatch(this::isApplied);
  }

  private boolean isApplied(TopicPartition partition) {
    return progress.lastApplied(partition).orElse(-1) >= tail.lastOffset(partition);
  }

  @Override
  public void close() {
    offsets.close();
  }
}
