package io.quantumtrader.replay.run;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.MarketKernel;
import java.util.HashMap;
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
 * @param kernel who computes market states for several runs; empty: each for itself
 */
public record PipelineSetup(
    PartitionCounts counts,
    PaperSettings paper,
    Optional<AgentSettings> agent,
    Map<String, Policy> policies,
    List<Control> controls,
    long beginMs,
    Optional<MarketKernel> kernel) {

  public PipelineSetup {
    policies = Map.copyOf(policies);
    controls = List.copyOf(controls);
  }

  /** Creates one that computes its market states for itself. */
  public PipelineSetup(
      PartitionCounts counts,
      PaperSettings paper,
      Optional<AgentSettings> agent,
      Map<String, Policy> policies,
      List<Control> controls,
      long beginMs) {
    this(counts, paper, agent, policies, controls, beginMs, Optional.empty());
  }

  /** Returns the same with another default policy. */
  public PipelineSetup withPolicy(Policy policy) {
    Map<String, Policy> other = new HashMap<>(policies);
    other.put(Policies.DEFAULT, policy);
    return new PipelineSetup(counts, paper, agent, other, controls, beginMs, kernel);
  }

  /** Returns the same with other trading states to begin with; without any nothing is opened. */
  public PipelineSetup withControls(List<Control> others) {
    return new PipelineSetup(counts, paper, agent, policies, others, beginMs, kernel);
  }

  /** Returns the same with another agent, or none. */
  public PipelineSetup withAgent(Optional<AgentSettings> other) {
    return new PipelineSetup(counts, paper, other, policies, controls, beginMs, kernel);
  }

  /** Returns the same with market states that are computed with those of other runs. */
  public PipelineSetup withKernel(MarketKernel shared) {
    return new PipelineSetup(
        counts, paper, agent, policies, controls, beginMs, Optional.of(shared));
  }
}
