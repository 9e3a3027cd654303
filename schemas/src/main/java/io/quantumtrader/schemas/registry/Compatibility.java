package io.quantumtrader.schemas.registry;

/** What a registry demands of a new version of a subject; the names are the registry's own. */
public enum Compatibility {
  NONE,
  BACKWARD,
  BACKWARD_TRANSITIVE,
  FORWARD,
  FORWARD_TRANSITIVE,
  FULL,
  FULL_TRANSITIVE
}
