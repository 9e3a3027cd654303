package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the exchange, three times in the time that it waits, not to cancel yet what rests in the
 * symbols in which something is open. When the executor is gone, the exchange cancels it: limit
 * orders that the trader placed, and the stops and targets too. The positions stay open, and are
 * then without a stop; whoever wants them to keep it leaves the switch off, as it is by default.
 */
final class DeadManSwitch {

  private static final Logger LOG = LoggerFactory.getLogger(DeadManSwitch.class);
  private static final int TIMES = 3;

  private final Exchange exchange;
  private final Duration within;
  private final Map<String, Long> toldAtMs = new HashMap<>();
  private final Map<String, Set<String>> armed = new HashMap<>();

  /**
   * Creates it.
   *
   * @param within how long the exchange waits; zero: the switch is off
   */
  DeadManSwitch(Exchange exchange, Duration within) {
    this.exchange = exchange;
    this.within = within;
  }

  /** Tells the exchange what is due at a step of the clock. */
  void tick(ExchangeAccount account, long nowMs) {
    if (within.isZero()) {
      return;
    }
    String name = account.getAccount();
    if (nowMs - toldAtMs.getOrDefault(name, 0L) < within.toMillis() / TIMES) {
      return;
    }
    toldAtMs.put(name, nowMs);
    Set<String> open = new HashSet<>();
    for (ExchangePosition position : account.getPositions()) {
      open.add(position.getSymbol());
      tell(name, position.getSymbol(), within);
    }
    Set<String> gone = armed.put(name, open);
    if (gone != null) {
      gone.removeAll(open);
      gone.forEach(symbol -> tell(name, symbol, Duration.ZERO));
    }
  }

  /** Tells the exchange again what was told at a later time than this: the clock was wrong then. */
  void doubtAfter(long clockMs) {
    toldAtMs.values().removeIf(atMs -> atMs > clockMs);
  }

  /** Takes it back everywhere: the executor goes in order, and what rests is to stay. */
  void release() {
    armed.forEach(
        (account, symbols) -> symbols.forEach(symbol -> tell(account, symbol, Duration.ZERO)));
    armed.clear();
  }

  private void tell(String account, String symbol, Duration wait) {
    Acknowledgement answer = exchange.cancelUnlessTold(account, symbol, wait);
    if (!(answer instanceof Done)) {
      LOG.warn("{} {}: the dead-man switch was not set: {}", account, symbol, answer);
    }
  }
}
