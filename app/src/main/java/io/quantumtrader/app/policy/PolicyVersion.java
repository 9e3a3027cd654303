package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.Policy;
import java.util.Optional;

/**
 * One record of the policy topic.
 *
 * @param key default, or the account it replaces the default for
 * @param offset where it lies
 * @param policy what it says; empty for the removal of an account's own record
 * @param setBy who wrote it; empty where the record does not say
 * @param reason why; empty where the record does not say
 * @param atMs when, epoch milliseconds UTC
 */
record PolicyVersion(
    String key, long offset, Optional<Policy> policy, String setBy, String reason, long atMs) {

  /** Returns its version; 0 for a removal, which is none. */
  long version() {
    return policy.map(Policy::getVersion).orElse(0L);
  }
}
