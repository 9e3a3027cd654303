package io.quantumtrader.schemas.registry;

import java.util.List;

/**
 * What a registry says about a schema beside a version that it has.
 *
 * @param compatible whether it would take the schema, as far as that version goes
 * @param reasons why not, in the registry's own words; may be empty
 */
public record RegistryVerdict(boolean compatible, List<String> reasons) {

  /** Takes a copy of the list. */
  public RegistryVerdict {
    reasons = List.copyOf(reasons);
  }
}
