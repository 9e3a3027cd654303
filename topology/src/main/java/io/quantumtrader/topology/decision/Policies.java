package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Policy;
import java.util.Optional;
import org.apache.avro.Schema;

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

  /**
   * Returns the policy that holds. A record with a number that is not finite counts as absent; it
   * does not let the default through, since that may be looser than what was meant.
   */
  public static InForce inForce(Optional<Policy> own, Optional<Policy> byDefault) {
    return own.or(() -> byDefault)
        .filter(Policies::isUsable)
        .map(policy -> new InForce(policy, true))
        .orElse(new InForce(BUILTIN_POLICY, false));
  }

  private static boolean isUsable(Policy policy) {
    for (Schema.Field field : policy.getSchema().getFields()) {
      if (policy.get(field.pos()) instanceof Double number && !Double.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
