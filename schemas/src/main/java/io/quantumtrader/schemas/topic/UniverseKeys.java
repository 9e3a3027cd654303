package io.quantumtrader.schemas.topic;

/** Keys of the topic {@code quantum.universe}, and the names of the lists that lie there. */
public final class UniverseKeys {

  /** What may be opened. */
  public static final String TOP = "top10";

  /** What trades. */
  public static final String ACTIVE = "active";

  private UniverseKeys() {}
}
