package io.quantumtrader.replay.run;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline in memory begins with.
 *
 * @param counts partitions of the topics
 * @param paper the paper exchange and its accounts
 * @param agent the agent; empty for none
 * @param policies policies by key, {@code default} or an account
 * @param controls trading states by key, {@code *} or an account
 * @param beginMs time of what is there before the first step, epoch milliseconds UTC
 */
public record PipelineSetup(
    PartitionCounts counts,
    PaperSettings paper,
    Optional<AgentSettings> agent,
    Map<String, Policy> policies,
    List<Control> controls,
    long beginMs) {

  public PipelineSetup {
    policies = Map.copyOf(policies);
    controls = List.copyOf(controls);
  }
}
