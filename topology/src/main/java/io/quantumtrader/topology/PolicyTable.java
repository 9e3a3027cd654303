package io.quantumtrader.topology;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Policies;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The table of policies, as one processor looks into it. Whether a record breaks a rule is found
 * out once for each record, and not at each look-up: there are seventy rules.
 */
public final class PolicyTable {

  private static final String DEFAULT = io.quantumtrader.schemas.policy.Policies.DEFAULT;

  private final ReadOnlyKeyValueStore<String, Policy> table;
  private final Map<String, Judged> judged = new HashMap<>();

  /** Opens the table for the processor that the context is of. */
  public PolicyTable(ProcessingContext context) {
    table = context.getStateStore(Names.POLICY_TABLE);
  }

  /** A record and what it comes to. */
  private record Judged(Policy record, Policies.InForce inForce) {}

  /** Returns the policy that holds for an account, and notes what was looked at. */
  public Policies.InForce of(String account, Lookups lookups) {
    return noted(account, lookups).or(() -> noted(DEFAULT, lookups)).orElse(Policies.NONE);
  }

  /** Returns the policy that holds for an account, without a note. */
  public Policies.InForce of(String account) {
    return find(account).or(() -> find(DEFAULT)).orElse(Policies.NONE);
  }

  /** Returns the policy that holds for all that have none of their own, with a note. */
  public Policies.InForce byDefault(Lookups lookups) {
    return noted(DEFAULT, lookups).orElse(Policies.NONE);
  }

  private Optional<Policies.InForce> noted(String key, Lookups lookups) {
    Optional<Policy> record = Optional.ofNullable(table.get(key));
    return lookups
        .note(Topic.POLICY.topicName(), key, record, Policy::getCreatedAtMs)
        .map(found -> judge(key, found));
  }

  private Optional<Policies.InForce> find(String key) {
    return Optional.ofNullable(table.get(key)).map(found -> judge(key, found));
  }

  @SuppressWarnings("ReferenceEquality") // the table gives the same object until the record changes
  private Policies.InForce judge(String key, Policy record) {
    Judged known = judged.get(key);
    if (known == null || known.record() != record) {
      known = new Judged(record, Policies.inForce(record));
      judged.put(key, known);
    }
    return known.inForce();
  }
}
