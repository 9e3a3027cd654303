package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import java.util.Arrays;
import java.util.List;

/**
 * A limit that an account is beyond.
 *
 * @param limit which
 * @param allowed what the policy says, as text
 * @param now what the account has, as text
 */
record LimitExceeded(AccountLimit limit, String allowed, String now) {

  /** Returns the limits of a policy that an account is beyond, as it stands. */
  static List<LimitExceeded> of(Policy policy, PortfolioState state) {
    return Arrays.stream(AccountLimit.values())
        .filter(limit -> limit.isExceeded(policy, state))
        .map(limit -> new LimitExceeded(limit, limit.allowed(policy), limit.now(state)))
        .toList();
  }

  /** Returns those that an account is beyond by a change: under the policy before it was not. */
  static List<LimitExceeded> by(Policy before, Policy after, PortfolioState state) {
    return of(after, state).stream()
        .filter(each -> !each.limit().isExceeded(before, state))
        .toList();
  }
}
