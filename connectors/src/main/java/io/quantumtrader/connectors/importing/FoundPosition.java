package io.quantumtrader.connectors.importing;

import io.quantumtrader.schemas.avro.ExchangePosition;

/** What came of one key that should hold a position. */
public sealed interface FoundPosition {

  /** Returns the key. */
  String key();

  /**
   * An open position.
   *
   * @param asOfMs when the old system wrote it, epoch milliseconds; 0 where it does not say
   */
  record Open(String key, ExchangePosition position, long asOfMs) implements FoundPosition {}

  /**
   * None that can be taken over.
   *
   * @param reason why, a code
   * @param text why, for people
   */
  record Skipped(String key, String reason, String text) implements FoundPosition {}
}
