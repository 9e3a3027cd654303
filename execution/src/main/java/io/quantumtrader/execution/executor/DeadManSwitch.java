package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.DeadManSchedule;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.time.Duration;
import java.util.Collection;
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
 * has replaced, leaves it as it is: it fires, or whoever comes next goes on telling. One that comes
 * next with the switch off takes it back, as the exchange counts on until it is told otherwise.
 */
final class DeadManSwitch {

  private static final Logger LOG = LoggerFactory.getLogger(DeadManSwitch.class);

  /** How often it is taken back at the end, where the exchange does not answer. */
  private static final int TRIES = 3;

  /** Pause before it is asked again to take back what an earlier executor told it, milliseconds. */
  static final long AGAIN_MS = 5_000;

  /** How often that is tried; by then it has fired, or never will. */
  static final int INHERITED_TRIES = 60;

  private final Exchange exchange;
  private final Duration within;
  private final Map<String, Long> toldAtMs = new HashMap<>();
  private final Map<String, Set<String>> armed = new HashMap<>();
  private final Map<String, Set<String>> unset = new HashMap<>();
  private final Map<String, Integer> inheritedTries = new HashMap<>();

  /**
   * Creates it.
   *
   * @param within how long the exchange waits; zero: the switch is off
   * @param inherited accounts as an earlier executor published them last: in what was open there it
   *     may have told the exchange to cancel
   */
  DeadManSwitch(Exchange exchange, Duration within, Collection<ExchangeAccount> inherited) {
    this.exchange = exchange;
    this.within = within;
    inherited.stream()
        .filter(account -> !account.getPositions().isEmpty())
        .forEach(account -> armed.put(account.getAccount(), open(account)));
  }

  private static Set<String> open(ExchangeAccount account) {
    Set<String> open = new TreeSet<>();
    account.getPositions().forEach(position -> open.add(position.getSymbol()));
    return open;
  }

  /**
   * Returns whether the exchange is to be told of an account again.
   *
   * @param nowMs the executor's own time, epoch milliseconds UTC
   */
  boolean isDue(String account, long nowMs) {
    Long told = toldAtMs.get(account);
    if (within.isZero()) {
      return isOwed(account)
          && (told == null || nowMs < told || nowMs - told >= AGAIN_MS)
          && inheritedTries.getOrDefault(account, 0) < INHERITED_TRIES;
    }
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
    if (within.isZero()) {
      takeBackInherited(name);
      return;
    }
    Set<String> open = open(account);
    Set<String> amiss = new TreeSet<>(open);
    amiss.removeIf(symbol -> tell(name, symbol, within) instanceof Done);
    Set<String> known = armed.computeIfAbsent(name, each -> new TreeSet<>());
    known.removeIf(symbol -> !open.contains(symbol) && isTakenBack(name, symbol));
    known.stream().filter(symbol -> !open.contains(symbol)).forEach(amiss::add);
    known.addAll(open);
    unset.put(name, amiss);
  }

  /** Takes back what an earlier executor may have told, since this one tells nothing. */
  private void takeBackInherited(String account) {
    int tries = inheritedTries.merge(account, 1, Integer::sum);
    armed.get(account).removeIf(symbol -> isTakenBack(account, symbol));
    if (isOwed(account) && tries == INHERITED_TRIES) {
      LOG.error(
          "{}: the exchange did not say in {} tries that the dead-man switch is off for {}; where"
              + " an earlier executor had set it, stops may be cancelled",
          account,
          tries,
          armed.get(account));
    }
  }

  private boolean isOwed(String account) {
    return !armed.getOrDefault(account, Set.of()).isEmpty();
  }

  /**
   * Returns whether the exchange was told to cancel something and not yet to leave it, by this
   * executor or perhaps by an earlier one.
   */
  boolean isArmed() {
    return armed.keySet().stream().anyMatch(this::isOwed);
  }

  /** Returns whether the switch is on, and the exchange not yet told to leave what rests. */
  boolean isSet() {
    return !within.isZero() && isArmed();
  }

  /** Returns in how many symbols it is not as it is wanted, set or taken back, since it was due. */
  int unset() {
    return unset.values().stream().mapToInt(Set::size).sum();
  }

  /** Returns in how many symbols an earlier executor's word is not taken back yet. */
  int inherited() {
    return within.isZero() ? armed.values().stream().mapToInt(Set::size).sum() : 0;
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
                "{}: the exchange did not say that the dead-man switch is off for {}; where it is"
                    + " on it cancels what rests there, stops too",
                account,
                symbols));
  }

  /**
   * Returns false where the exchange counts on, or may: it has to be taken back again. In what is
   * not listed any more nothing rests.
   */
  private boolean isTakenBack(String account, String symbol) {
    return switch (tell(account, symbol, Duration.ZERO)) {
      case Done done -> true;
      case Refused refused -> refused.code() == ReasonCode.INSTRUMENT_UNKNOWN;
      case Unresolved unresolved -> false;
    };
  }

  private Acknowledgement tell(String account, String symbol, Duration wait) {
    Acknowledgement answer = exchange.cancelUnlessTold(account, symbol, wait);
    if (!(answer instanceof Done)) {
      LOG.warn("{} {}: the dead-man switch was not set: {}", account, symbol, answer);
    }
    return answer;
  }
}
