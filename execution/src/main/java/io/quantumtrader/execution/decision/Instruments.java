package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.Instrument;

/** Comparison of instruments. */
public final class Instruments {

  private Instruments() {}

  /**
   * Returns whether two records say the same of an instrument, whenever it was learnt. Decimals are
   * compared by value: a record that was read has another scale.
   */
  public static boolean same(Instrument one, Instrument other) {
    return one.getTickSize().compareTo(other.getTickSize()) == 0
        && one.getStepSize().compareTo(other.getStepSize()) == 0
        && one.getMinQuantity().compareTo(other.getMinQuantity()) == 0
        && one.getMinNotional().compareTo(other.getMinNotional()) == 0
        && one.getMaxLeverage() == other.getMaxLeverage()
        && one.getStatus() == other.getStatus();
  }
}
