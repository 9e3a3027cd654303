package io.quantumtrader.replay.stages;

/** Which rows of a changelog a task gets back when it begins anew. */
@FunctionalInterface
public interface RestoredRows {

  /** Every row, as it should be. */
  RestoredRows ALL = (store, key, value) -> true;

  /**
   * Returns whether a row is given back.
   *
   * @param store name of the store
   * @param value null where the row was deleted
   */
  boolean has(String store, byte[] key, byte[] value);
}
