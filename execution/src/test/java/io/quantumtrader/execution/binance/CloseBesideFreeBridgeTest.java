package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.twin.core.TwinRules;

/** The same on an exchange where what waits for its price takes up nothing. */
final class CloseBesideFreeBridgeTest extends CloseBesideBridgeTest {

  @Override
  TwinRules rules() {
    return TwinRules.usual().withRestingConditionals(false);
  }

  @Override
  boolean takes() {
    return false;
  }
}
