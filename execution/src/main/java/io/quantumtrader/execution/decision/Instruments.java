package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.LeverageBracket;
import java.math.BigDecimal;
import java.util.List;

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
        && one.getStatus() == other.getStatus()
        && same(one.getMaxMarketQuantity(), other.getMaxMarketQuantity())
        && same(one.getPercentUp(), other.getPercentUp())
        && same(one.getPercentDown(), other.getPercentDown())
        && sameBrackets(one.getBrackets(), other.getBrackets());
  }

  private static boolean same(BigDecimal one, BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }

  private static boolean sameBrackets(List<LeverageBracket> one, List<LeverageBracket> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(LeverageBracket one, LeverageBracket other) {
    return one.getMaxLeverage() == other.getMaxLeverage()
        && same(one.getNotionalFloor(), other.getNotionalFloor())
        && same(one.getNotionalCap(), other.getNotionalCap())
        && same(one.getMaintenanceRatio(), other.getMaintenanceRatio())
        && same(one.getMaintenanceAmount(), other.getMaintenanceAmount());
  }
}
