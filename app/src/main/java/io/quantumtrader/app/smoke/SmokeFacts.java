package io.quantumtrader.app.smoke;

import io.quantumtrader.app.control.IntentVerdicts;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.UniverseKeys;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What a smoke test has seen of its account and symbol. Not for use by several threads. */
final class SmokeFacts {

  /** No policy's default lets a state be older when something is to be opened. */
  private static final long FRESH_INTERVALS = 2;

  private final String account;
  private final String symbol;
  private final Map<String, Decision> verdicts = new HashMap<>();
  private final Map<String, ApplyResult> finals = new HashMap<>();
  private Optional<ExchangeAccount> exchange = Optional.empty();
  private Optional<PositionLedger> ledger = Optional.empty();
  private Optional<Policy> policy = Optional.empty();
  private Optional<Universe> universe = Optional.empty();
  private Optional<Instrument> rules = Optional.empty();
  private Optional<MarketState> market = Optional.empty();
  private boolean shownOpen;
  private long nowMs;

  SmokeFacts(SmokeOrder order) {
    this.account = order.account();
    this.symbol = order.symbol();
  }

  /** Takes a committed record; what is about others is passed over. */
  void take(SpecificRecord record) {
    if (record instanceof Decision decision) {
      if (IntentVerdicts.isVerdict(decision, account)) {
        verdicts.put(decision.getCauseId(), decision);
      }
    } else if (record instanceof ApplyResult result) {
      if (result.getFinalResult() && result.getAccount().equals(account)) {
        finals.put(result.getPlanId(), result);
      }
    } else if (record instanceof ExchangeAccount state) {
      exchange = state.getAccount().equals(account) ? Optional.of(state) : exchange;
    } else if (record instanceof PositionLedger row) {
      boolean own = row.getAccount().equals(account) && row.getSymbol().equals(symbol);
      ledger = own ? Optional.of(row) : ledger;
    } else if (record instanceof Clock step) {
      nowMs = Math.max(nowMs, step.getNowMs());
    } else {
      takeOfMarket(record);
    }
    shownOpen |= isOpen();
  }

  private void takeOfMarket(SpecificRecord record) {
    if (record instanceof Policy held) {
      policy = Optional.of(held);
    } else if (record instanceof Universe list) {
      universe = list.getName().equals(UniverseKeys.TOP) ? Optional.of(list) : universe;
    } else if (record instanceof Instrument row) {
      rules = row.getSymbol().equals(symbol) ? Optional.of(row) : rules;
    } else if (record instanceof MarketState state && state.getSymbol().equals(symbol)) {
      market = Optional.of(state);
    }
  }

  /** Returns what may be opened: the policy's own list, else the universe's; empty: not known. */
  List<String> openable() {
    List<String> own = policy.map(Policy::getAllowedSymbols).orElse(List.of());
    return own.isEmpty() ? universe.map(Universe::getSymbols).orElse(List.of()) : own;
  }

  /** Returns the command that lets the symbol be opened beside what may be opened now. */
  String allowing() {
    List<String> all = new ArrayList<>(openable());
    all.add(symbol);
    boolean own = policy.filter(held -> held.getName().equals(account)).isPresent();
    return "./quantum policy set allowedSymbols=%s%s --reason smoke"
        .formatted(String.join(",", all), own ? " --account " + account : "");
  }

  /** Returns what the exchange takes in the symbol. */
  Optional<Instrument> rules() {
    return rules;
  }

  /**
   * Returns the price of the symbol, quote currency, above 0; empty while there is none, or only
   * one of the history that a feed begins with.
   */
  Optional<BigDecimal> price() {
    return market
        .filter(state -> nowMs - state.getAsOfMs() <= FRESH_INTERVALS * state.getIntervalMs())
        .map(MarketState::getLastPrice)
        .filter(last -> last.signum() > 0);
  }

  /** Returns the clock, epoch milliseconds UTC; 0 before the first step. */
  long nowMs() {
    return nowMs;
  }

  /** Returns whether the exchange was heard of. */
  boolean knowsExchange() {
    return exchange.isPresent();
  }

  /** Returns the verdict on an intent. */
  Optional<Decision> verdict(String intentId) {
    return Optional.ofNullable(verdicts.get(intentId));
  }

  /** Returns the final result of the plan that an intent was granted. */
  Optional<ApplyResult> result(String intentId) {
    return verdict(intentId).map(Decision::getPlanId).map(finals::get);
  }

  /** Returns whether the exchange or the ledger has a position. */
  boolean isOpen() {
    return held().signum() != 0 || booked().signum() != 0;
  }

  /** Returns whether the exchange or the ledger has had a position since this began to look. */
  boolean wasOpen() {
    return shownOpen;
  }

  /** Returns whether the plan of an intent has ended with a fill. */
  boolean isFilled(String intentId) {
    return result(intentId).filter(made -> made.getFilledQuantity().signum() != 0).isPresent();
  }

  /** Returns whether an intent was granted, or may yet be. */
  boolean isOrMayBeGranted(String intentId) {
    return verdict(intentId).map(made -> made.getVerdict() == Verdict.GRANTED).orElse(true);
  }

  /** Returns whether nothing more comes of an intent: it was denied, or its plan has ended. */
  boolean isSettled(String intentId) {
    return !isOrMayBeGranted(intentId) || result(intentId).isPresent();
  }

  /** Returns the position as the exchange has it. */
  Optional<ExchangePosition> position() {
    return exchange.flatMap(
        state ->
            state.getPositions().stream()
                .filter(position -> position.getSymbol().equals(symbol))
                .findFirst());
  }

  /** Returns the open quantity in the ledger, base units, signed. */
  BigDecimal booked() {
    return ledger
        .map(
            row ->
                row.getSide() == PositionSide.SHORT
                    ? row.getQuantity().negate()
                    : row.getQuantity())
        .orElse(BigDecimal.ZERO);
  }

  /** Returns the open quantity on the exchange, base units, signed. */
  BigDecimal held() {
    return position()
        .map(
            open ->
                open.getSide() == PositionSide.SHORT
                    ? open.getQuantity().negate()
                    : open.getQuantity())
        .orElse(BigDecimal.ZERO);
  }
}
