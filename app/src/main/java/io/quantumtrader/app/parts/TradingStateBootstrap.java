package io.quantumtrader.app.parts;

import io.quantumtrader.app.control.ControlTopic;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;

/**
 * Puts the trading state of all accounts to ACTIVE where nobody ever set one. Without a record the
 * pipeline is REDUCING, so a first start would deny every entry; a state that an operator set is
 * left alone.
 */
public final class TradingStateBootstrap {

  private TradingStateBootstrap() {}

  /**
   * Writes the record if there is none.
   *
   * @param nowMs time of the record, epoch milliseconds
   * @return whether it was written
   */
  static boolean run(ControlTopic topic, long nowMs) {
    if (topic.read().of(Accounts.ALL).isPresent()) {
      return false;
    }
    topic.write(Accounts.ALL, firstStart(nowMs), nowMs);
    return true;
  }

  /**
   * Returns the record that a first start writes.
   *
   * @param nowMs its time, epoch milliseconds
   */
  public static Control firstStart(long nowMs) {
    return Control.newBuilder()
        .setAccount(Accounts.ALL)
        .setTradingState(TradingState.ACTIVE)
        .setReason("first start")
        .setSetBy("quantum up")
        .setAtMs(nowMs)
        .build();
  }
}
