package io.quantumtrader.connectors.importing;

import io.quantumtrader.schemas.avro.ExchangePosition;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What came of one key that should hold a position. */
public sealed interface FoundPosition {

  /** Decimals of the contracts. */
  int SCALE = 18;

  /** Returns the key. */
  String key();

  /**
   * An open position.
   *
   * @param asOfMs when the old system wrote it, epoch milliseconds; 0 where it does not say
   */
  record Open(String key, ExchangePosition position, long asOfMs) implements FoundPosition {

    /**
     * Returns the position in whole steps of the exchange, rounded down.
     *
     * @param step the exchange's step, above 0
     */
    public FoundPosition inSteps(BigDecimal step) {
      BigDecimal steps = position.getQuantity().divideToIntegralValue(step);
      if (steps.signum() == 0) {
        return new Skipped(
            key,
            "FLAT",
            "%s is less than the step of %s"
                .formatted(
                    position.getQuantity().stripTrailingZeros().toPlainString(),
                    step.stripTrailingZeros().toPlainString()));
      }
      return new Open(
          key,
          ExchangePosition.newBuilder(position)
              .setQuantity(steps.multiply(step).setScale(SCALE, RoundingMode.DOWN))
              .build(),
          asOfMs);
    }
  }

  /**
   * None that can be taken over.
   *
   * @param reason why, a code
   * @param text why, for people
   */
  record Skipped(String key, String reason, String text) implements FoundPosition {}
}
