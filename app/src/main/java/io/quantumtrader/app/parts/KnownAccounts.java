package io.quantumtrader.app.parts;

import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whether a pipeline has an account: a mistyped one must not look like one to which something was
 * done.
 */
public final class KnownAccounts {

  private KnownAccounts() {}

  /**
   * Refuses an account that the pipeline does not have. Before any account is known, each may come.
   *
   * @param account its name
   * @param known the accounts that the pipeline has
   * @param refusal makes what is thrown of the reason, one line
   */
  public static void require(
      String account, Collection<String> known, Function<String, RuntimeException> refusal) {
    if (!known.isEmpty() && !known.contains(account)) {
      throw refusal.apply(
          "there is no account '%s' in this pipeline; it has %s"
              .formatted(account, String.join(", ", new TreeSet<>(known))));
    }
  }
}
