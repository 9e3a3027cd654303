package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;

/**
 * The trading state on topics that come from a backup, while the exchange has gone on: what was
 * ordered since the backup, a halt among it, is not in them, and neither is what was traded.
 */
public final class RestoredState {

  private static final String SET_BY = "quantum up";

  private RestoredState() {}

  /**
   * Lets nothing be opened until an operator says so: all accounts are put to REDUCING, unless they
   * are, or are HALTED. What is ordered and locked stays.
   *
   * @param reason why, for people
   * @param nowMs wall time, epoch milliseconds UTC
   * @return the state that holds for all accounts now
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read or written
   */
  public static TradingState reduce(ControlTopic topic, String reason, long nowMs) {
    ControlTopic.Reading before = topic.read();
    ControlChange change = new ControlChange(Accounts.ALL, reason, SET_BY, nowMs);
    if (before.of(Accounts.ALL).map(RestoredState::opens).orElse(false)) {
      return topic
          .change(
              Accounts.ALL,
              before,
              before.of(Accounts.ALL).orElseThrow(),
              last -> opens(last) ? change.withState(last, TradingState.REDUCING) : last,
              nowMs)
          .control()
          .getTradingState();
    }
    // No record means REDUCING.
    return before.of(Accounts.ALL).map(Control::getTradingState).orElse(TradingState.REDUCING);
  }

  private static boolean opens(Control control) {
    return control.getTradingState() == TradingState.ACTIVE;
  }
}
