package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import java.util.List;

/**
 * What operators restrict for an account, read at one moment.
 *
 * @param tradingState trading state that holds
 * @param locks locks of symbols, those for all accounts and the account's own, lapsed ones too
 */
public record Restrictions(TradingState tradingState, List<SymbolLock> locks) {

  /** Copies the locks. */
  public Restrictions {
    locks = List.copyOf(locks);
  }
}
