package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.DeadManSchedule;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the exchange, three times in the time that it waits, not to cancel yet what rests in the
 * symbols in which something is open. It goes by the executor's own life and time: each turn of its
 * loop that was committed counts, whether or not the clock of the pipeline goes on. When the
 * executor is gone, the exchange cancels it: limit orders that the trader placed, and the stops and
 * targets too. The positions stay open, and are then without a stop; whoever wants them to keep it
 * leaves the switch off, as it is by default.
 */
final class DeadManSwitch {

  private static final Logger LOG = LoggerFactory.getLogger(DeadManSwitch.class);

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

  /**
   * Tells the exchange what is due.
   *
   * @param account as it was looked at last
   * @param nowMs the executor's own time, epoch milliseconds UTC
   */
  void alive(ExchangeAccount account, long nowMs) {
    String name = account.getAccount();
    Long told = toldAtMs.get(name);
    OptionalLong last = told == null ? OptionalLong.empty() : OptionalLong.of(told);
    if (!DeadManSchedule.isDue(last, nowMs, within)) {
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
