package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyRules;
import java.util.Optional;

/**
 * Which policy holds. An account's own record replaces the default whole. Where there is none,
 * exits run on the built-in one and entries are denied.
 */
public final class Policies {

  /** Name of the policy that holds where no record does. */
  public static final String BUILTIN = "builtin";

  private static final Policy BUILTIN_POLICY = Policy.newBuilder().setName(BUILTIN).build();

  private Policies() {}

  /**
   * The policy that holds.
   *
   * @param policy its thresholds
   * @param present false: no usable record exists, this is the built-in one
   */
  public record InForce(Policy policy, boolean present) {}

  /** What holds where there is no record: the built-in policy. */
  public static final InForce NONE = new InForce(BUILTIN_POLICY, false);

  /**
   * Returns the policy that holds. A record that breaks a rule of {@link PolicyRules} counts as
   * absent: nobody can say what was meant. It does not let the default through, since that may be
   * looser.
   */
  public static InForce inForce(Optional<Policy> own, Optional<Policy> byDefault) {
    return own.or(() -> byDefault).map(Policies::inForce).orElse(NONE);
  }

  /** Returns what a record comes to: itself, or the built-in policy where it breaks a rule. */
  public static InForce inForce(Policy record) {
    return PolicyRules.isValid(record) ? new InForce(record, true) : NONE;
  }
}
