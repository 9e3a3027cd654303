package io.quantumtrader.schemas.policy;

import io.quantumtrader.schemas.avro.Policy;

/** The policies that need no operator. Their thresholds are the defaults of the Avro schema. */
public final class Policies {

  /** Key of the policy for all accounts that have none of their own. */
  public static final String DEFAULT = "default";

  /** Name of the policy that exits run on where there is none at all; its version is 0. */
  public static final String BUILTIN = "builtin";

  private Policies() {}

  /**
   * Returns version 1 of the default policy, as the registration step writes it.
   *
   * @param createdAtMs when, epoch milliseconds UTC, 0 or more
   */
  public static Policy initial(long createdAtMs) {
    return Policy.newBuilder()
        .setName(DEFAULT)
        .setVersion(1)
        .setCreatedAtMs(createdAtMs)
        .setNote("The defaults of the schema, written by the registration step.")
        .build();
  }

  /** Returns the policy that exits run on where there is none; entries are not judged by it. */
  public static Policy builtin() {
    return Policy.newBuilder()
        .setName(BUILTIN)
        .setVersion(0)
        .setNote("The defaults of the schema, because there is no policy record.")
        .build();
  }
}
