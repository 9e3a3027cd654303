package io.quantumtrader.schemas.registry;

/** What is demanded of a new version of a subject; the names are the registry's own. */
public enum Compatibility {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean newReadsOld;
  private final boolean oldReadsNew;
  private final boolean transitive;

  Compatibility(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
    this.newReadsOld = newReadsOld;
    this.oldReadsNew = oldReadsNew;
    this.transitive = transitive;
  }

  /** Returns whether a reader of the new version must read records of earlier ones. */
  public boolean newReadsOld() {
    return newReadsOld;
  }

  /** Returns whether readers of earlier versions must read records of the new one. */
  public boolean oldReadsNew() {
    return oldReadsNew;
  }

  /** Returns whether all earlier versions count, and not just the last. */
  public boolean isTransitive() {
    return transitive;
  }
}
