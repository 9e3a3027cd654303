package io.quantumtrader.app.parts;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a pipeline has an account: a mistyped one must not look like one to which something was
 * done.
 */
public final class KnownAccounts {

  private KnownAccounts() {}

  /**
   * Returns why an account is refused, or empty. Before any account is known, each may come.
   *
   * @param account its name
   * @param known the accounts that the pipeline has
   */
  public static Optional<String> refusal(String account, Collection<String> known) {
    return known.isEmpty() || known.contains(account)
        ? Optional.empty()
        : Optional.of(
            "there is no account '%s' in this pipeline; it has %s"
                .formatted(account, String.join(", ", new TreeSet<>(known))));
  }
}
