package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.DeadManSchedule;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the exchange, three times in the time that it waits, not to cancel yet what rests in the
 * symbols in which something is open. It goes by the executor's own life and time: each turn of its
 * loop that was committed counts, whether or not the clock of the pipeline goes on. When the
 * executor is gone, the exchange cancels it: limit orders that the trader placed, and the stops and
 * targets too. The positions stay open, and are then without a stop; whoever wants them to keep it
 * leaves the switch off, as it is by default.
 *
 * <p>Only an executor that is stopped in order takes it back. One that fails, or that another one
 * has replaced, leaves it as it is: it fires, or whoever comes next goes on telling.
 */
final class DeadManSwitch {

  private static final Logger LOG = LoggerFactory.getLogger(DeadManSwitch.class);

  /** How often it is taken back at the end, where the exchange does not answer. */
  private static final int TRIES = 3;

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
   * Returns whether the exchange is to be told of an account again.
   *
   * @param nowMs the executor's own time, epoch milliseconds UTC
   */
  boolean isDue(String account, long nowMs) {
    Long told = toldAtMs.get(account);
    OptionalLong last = told == null ? OptionalLong.empty() : OptionalLong.of(told);
    return DeadManSchedule.isDue(last, nowMs, within);
  }

  /**
   * Tells the exchange what is due.
   *
   * @param account as it was looked at last
   * @param nowMs the executor's own time, epoch milliseconds UTC
   */
  void alive(ExchangeAccount account, long nowMs) {
    String name = account.getAccount();
    if (!isDue(name, nowMs)) {
      return;
    }
    toldAtMs.put(name, nowMs);
    Set<String> open = new TreeSet<>();
    account.getPositions().forEach(position -> open.add(position.getSymbol()));
    open.forEach(symbol -> tell(name, symbol, within));
    Set<String> known = armed.computeIfAbsent(name, each -> new TreeSet<>());
    known.removeIf(symbol -> !open.contains(symbol) && isTakenBack(name, symbol));
    known.addAll(open);
  }

  /** Returns whether the exchange was told to cancel something and not yet to leave it. */
  boolean isArmed() {
    return armed.values().stream().anyMatch(symbols -> !symbols.isEmpty());
  }

  /**
   * Takes it back everywhere, because the executor is stopped in order and what rests is to stay.
   * Where the exchange does not answer it is asked a few times.
   */
  void takeBack() {
    for (int i = 0; i < TRIES && !armed.isEmpty(); i++) {
      armed.forEach((account, symbols) -> symbols.removeIf(symbol -> isTakenBack(account, symbol)));
      armed.values().removeIf(Set::isEmpty);
    }
    armed.forEach(
        (account, symbols) ->
            LOG.error(
                "{}: the exchange did not say that the dead-man switch is off for {}; within {} s"
                    + " it may cancel what rests there, stops too",
                account,
                symbols,
                within.toSeconds()));
  }

  /** Returns false where that is not known: it has to be taken back again. */
  private boolean isTakenBack(String account, String symbol) {
    return !(tell(account, symbol, Duration.ZERO) instanceof Unresolved);
  }

  private Acknowledgement tell(String account, String symbol, Duration wait) {
    Acknowledgement answer = exchange.cancelUnlessTold(account, symbol, wait);
    if (!(answer instanceof Done)) {
      LOG.warn("{} {}: the dead-man switch was not set: {}", account, symbol, answer);
    }
    return answer;
  }
}
