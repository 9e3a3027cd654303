package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.Policy;
import java.util.List;

/**
 * What a decision rests on besides its input.
 *
 * @param policyName name of the policy it was made under; empty where none was asked
 * @param policyVersion version of that policy
 * @param lookups table rows that were looked at, with their ages
 */
public record Basis(String policyName, long policyVersion, List<Lookup> lookups) {

  /** Rests on nothing but the input. */
  public static final Basis NONE = new Basis("", 0, List.of());

  /** Returns the basis of a decision under this policy that looked at these rows. */
  public static Basis of(Policy policy, List<Lookup> lookups) {
    return new Basis(policy.getName(), policy.getVersion(), List.copyOf(lookups));
  }
}
