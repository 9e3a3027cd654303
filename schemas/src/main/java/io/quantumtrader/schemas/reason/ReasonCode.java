package io.quantumtrader.schemas.reason;

import java.util.Optional;

/**
 * The closed list of reasons. Codes travel as strings, so that a reader of any version keeps what
 * it cannot name, and are checked against this list where they are made. `docs/reason-codes.md` is
 * generated from it.
 */
public enum ReasonCode {
  // Intake: what every intent must be.
  NUMBER_INVALID(
      "intake", "A number of the intent is missing, not finite, not positive or out of range."),
  TIME_INVALID("intake", "A time is before 1970 or ahead of the clock by more than the tolerance."),
  INTENT_EXPIRED("intake", "The intent is older than the policy allows."),
  INTENT_DUPLICATE("intake", "An intent with this id was decided within the dedupe time."),
  INTENT_HOLD("intake", "The sender asks for nothing."),
  ACTION_CONTRADICTORY(
      "intake", "Fields of the intent ask for different things, for example action and side."),
  ACTION_UNRECOGNIZED("intake", "This version does not know the action."),
  SYMBOL_INVALID(
      "intake",
      "Not a symbol: empty, too long, or with characters other than upper-case letters, digits"
          + " and underscores."),
  INTENT_ID_INVALID("intake", "The intent has no id, or one that is too long."),
  TEXT_TOO_LONG("intake", "The intent's texts are too long for the records made from them."),

  // Bridge: may this be traded now, and is it an entry or a close?
  POLICY_MISSING(
      "bridge", "There is no policy record, or it is out of bounds, so entries cannot be judged."),
  TRADING_HALTED("bridge", "The trading state is HALTED."),
  TRADING_REDUCING(
      "bridge", "The trading state is REDUCING, or no control record exists: closes only."),
  SYMBOL_LOCKED("bridge", "An operator has locked the symbol: no entries."),
  INSTRUMENT_UNKNOWN("bridge", "The exchange's filters for the symbol are not known."),
  INSTRUMENT_NOT_TRADING("bridge", "The exchange does not accept orders in the symbol."),
  UNIVERSE_EMPTY("bridge", "No symbol may be opened: there is no top list, or it is empty."),
  SYMBOL_NOT_IN_UNIVERSE("bridge", "The symbol is not in the list of symbols that may be opened."),
  MARKET_STATE_MISSING(
      "bridge", "There is no market state for the symbol: it is unknown or still warming up."),
  MARKET_STATE_STALE("bridge", "The market state is older than the policy allows."),
  PRICE_SUSPECT("bridge", "The last candles disagree about the price."),
  POSITION_HELD(
      "bridge", "Ledger and exchange disagree about the position; entries wait until they agree."),
  LEDGER_FLIP(
      "bridge", "The opposite side of an open position with a larger quantity: close first."),
  ALREADY_OPEN("bridge", "A position on the same side is already open."),
  ENTRY_IN_FLIGHT("bridge", "An entry in the symbol was granted and has no final result yet."),
  CHURN_COOLDOWN("bridge", "The symbol became flat too recently."),
  NOTHING_TO_CLOSE("bridge", "A close was requested, but no position is open."),

  // Governor: how much.
  SIZE_MISSING(
      "governor",
      "The intent carries no usable size, and none can be made of equity and the policy's risk per"
          + " trade."),
  LEVERAGE_OUT_OF_RANGE(
      "governor", "The leverage is below the lowest or above the highest that an exchange offers."),
  MIN_QUANTITY("governor", "Rounded down to the step, the quantity is below the smallest order."),
  MIN_NOTIONAL("governor", "The order is worth less than the exchange accepts."),
  RATE_HOURLY("governor", "The entries that entriesPerHour allows have already been granted."),
  RATE_BURST(
      "governor", "The entries that entriesPerFiveMinutes allows have already been granted."),
  LEVERAGE_CAPPED("governor-note", "The leverage was lowered to the policy's maximum."),
  LEVERAGE_CAPPED_BRACKET(
      "governor-note",
      "The leverage was lowered to what the exchange allows for a position of this value."),
  LEVERAGE_ROUNDED("governor-note", "The leverage was lowered to a whole number."),
  QUANTITY_CAPPED_NOTIONAL(
      "governor-note", "The quantity was lowered to the policy's maximum notional of an order."),
  QUANTITY_CAPPED_SHARE(
      "governor-note", "The quantity was lowered to the policy's maximum share of one symbol."),
  QUANTITY_CAPPED_BRACKET(
      "governor-note", "The quantity was lowered to the largest position that the exchange takes."),
  QUANTITY_CAPPED_MARKET(
      "governor-note", "The quantity was lowered to the exchange's largest market order."),
  QUANTITY_CAPPED_SENDER("governor-note", "The quantity was lowered to what is open."),
  QUANTITY_SCALED_KILL("governor-note", "The quantity was lowered because of a high kill score."),
  QUANTITY_FROM_RISK(
      "governor-note",
      "The sender left the size open; it risks the policy's share of equity at the stop."),
  QUANTITY_UPSIZED("governor-note", "The quantity was raised to the minimum notional."),
  RISK_ATR_IMPLAUSIBLE("governor-note", "The ATR implies an implausible stop; it was ignored."),
  RISK_ATR_MISSING("governor-note", "No ATR is known; the stop distance is the policy's default."),
  STOP_DISCARDED(
      "governor-note", "The intent's stop is on the wrong side of the price or at" + " zero."),
  STOP_OUTSIDE_BOUNDS(
      "governor-note",
      "The intent's stop is nearer than stopMinPct or farther than stopMaxPct; it was kept."),
  STOP_MOVED_INTO_BAND(
      "governor-note", "The stop was outside the exchange's price band; it was moved to its edge."),
  TARGET_DISCARDED(
      "governor-note", "The intent's target is on the wrong side of the price or at zero."),
  TARGET_OUTSIDE_BAND(
      "governor-note", "The target is outside the exchange's price band; it was kept."),

  // Portfolio gate (P3.3): is there room.
  EQUITY_UNKNOWN("portfolio-gate", "Equity is missing, not positive or too old."),
  POSITION_LIMIT(
      "portfolio-gate", "Open positions and reservations have reached the policy's maximum."),
  EXPOSURE_LIMIT("portfolio-gate", "Margin in use and reserved would exceed its share of equity."),
  MARGIN_RATIO_LIMIT(
      "portfolio-gate", "Equity over gross notional would fall below the policy's minimum."),
  DAILY_LOSS_LIMIT("portfolio-gate", "Loss since the first equity of the UTC day: entries halt."),
  DRAWDOWN_LIMIT("portfolio-gate", "Loss from peak equity: entries halt."),
  LOSS_STREAK_LIMIT("portfolio-gate", "Losing trades in a row: entries halt."),
  PERMIT_GRANTED("portfolio-gate", "The entry is granted; slot and margin are reserved."),
  RESERVATION_OVERDUE(
      "portfolio-gate",
      "A reservation has had no final result for longer than the policy expects."),

  // Heat gate (P2.6): may a full close go ahead as proposed?
  CLOSE_PASSED("heat-gate", "The proposal passes as it is."),
  HEAT_HOLD("heat-gate", "An unstable close is held back."),
  HEAT_STOP_INSTEAD("heat-gate", "An unstable close is held back; the tighter stop is set."),
  PROFIT_OVERRIDE("heat-gate", "An unstable close passes because of the profit it takes."),

  // Apply layer (P2.6): closes.
  ACTION_HOLD("apply-layer", "The proposal asks for nothing."),
  ACTION_UNKNOWN("apply-layer", "This version does not know the proposal's action."),
  ACTION_NORMALIZED_TO_STOP(
      "apply-layer-note", "An action of the old system was read as moving the stop."),
  ACTION_NORMALIZED_TO_CLOSE(
      "apply-layer-note", "An action of the old system was read as a full close."),
  ACTION_NORMALIZED_TO_HOLD("apply-layer-note", "An action of the old system was read as nothing."),
  CLOSE_IN_PARTS(
      "apply-layer-note",
      "The close is larger than the exchange's largest market order; when this part is filled, the"
          + " rest follows."),
  CLOSE_REST_GRANTED(
      "apply-layer", "The rest of a close that was too large for one order is granted."),
  POSITION_CHANGED(
      "apply-layer", "The position that the proposal was made for is closed or has been replaced."),
  PROPOSAL_STALE("apply-layer", "The proposal is older than an intent may be (intentMaxAgeMs)."),
  RUNG_TAKEN("apply-layer", "A fill has carried this rung of the ladder in this position."),
  STOP_MISSING("apply-layer", "The proposal moves the stop, but does not say where to."),
  STOP_NOT_TIGHTER("apply-layer", "The new stop is not tighter than the one in place."),
  STOP_BEYOND_MARKET("apply-layer", "The new stop is at the market or beyond it."),
  STOP_GRANTED("apply-layer", "The stop may be moved."),
  MANUAL_CLOSE("apply-layer", "An operator requested the close."),
  EXIT_LOCKED(
      "apply-layer", "An operator has locked the symbol: nothing that harvest proposes is done."),
  EXPOSURE_REACHED(
      "apply-layer", "The exposure is at most what an operator ordered it to be reduced to."),
  NOTHING_TO_PROTECT(
      "apply-layer", "An operator ordered a stop to be tightened, but no position is open."),
  LIQUIDATION_GUARD("apply-layer", "The margin ratio fell to the guard: worst R is closed first."),
  EXIT_IN_FLIGHT("apply-layer", "A close of the position was granted and has no final result yet."),
  PLAN_DUPLICATE("apply-layer", "A plan for this same exit was granted before and has finished."),
  CLOSE_GRANTED("apply-layer", "The close is granted."),

  // Executor and exchange.
  PLAN_INVALID("executor", "The plan has an action, side or quantity that cannot be executed."),
  PERMIT_INVALID("executor", "The permit does not belong to the plan."),
  PERMIT_LAPSED("executor", "The permit expired before the plan was executed."),
  EXECUTION_HALTED("executor", "The trading state forbids the order at the time of execution."),
  EXECUTOR_OBSERVES("executor", "The executor only observes: no order is sent."),
  MARKET_NOT_OF_EXCHANGE(
      "executor", "The prices are of another market than that of the exchange: no entry is sent."),
  APPROVAL_AWAITED("executor", "The entry waits for a person until its permit expires."),
  APPROVAL_REFUSED("executor", "A person refused the entry."),
  POSITION_FLAT("executor", "A close found no open position."),
  PRICE_UNKNOWN("executor", "The exchange has no price for the symbol."),
  FILTER_STEP("executor", "The quantity is not a multiple of the step."),
  // The executor puts every trigger on the tick that it knows; an exchange may have another by
  // then.
  FILTER_TICK("executor", "The price is not a multiple of the tick, which has changed since."),
  FILTER_QUANTITY("executor", "The quantity is below the smallest order."),
  FILTER_NOTIONAL("executor", "The order is worth less than the exchange accepts."),
  FILTER_QUANTITY_MAXIMUM("executor", "The quantity is above the largest market order."),
  FILTER_PRICE_BAND(
      "executor", "The price, or the best price there is, is too far from the mark price."),
  POSITION_LIMIT_AT_LEVERAGE(
      "executor", "The position would be larger than the exchange allows at this leverage."),
  STOP_PASSED(
      "executor", "The price is at the trigger of the protective order or beyond it already."),
  REDUCE_ONLY_TAKEN(
      "executor", "Resting orders that may only reduce have taken up what the order would close."),
  ORDER_LIMIT("executor", "As many orders rest on the exchange as it allows."),
  KEY_REFUSED("executor", "The exchange does not accept the key, or not for this."),
  POSITION_MODE("executor", "The account is not in one-way mode."),
  MARGIN_INSUFFICIENT("executor", "The wallet does not cover the margin of the order."),
  EXCHANGE_REJECTED("executor", "The exchange refused the order."),
  PROTECTION_REJECTED(
      "executor", "The fill stands, but the exchange refused its protective stop or target."),
  EXCHANGE_UNRESOLVED(
      "executor",
      "The exchange has not reported what became of the order; it will be asked again."),

  // Ledger.
  FILL_DUPLICATE("ledger", "A fill with this id was booked before."),
  FILL_INVALID("ledger", "The fill cannot be booked: its numbers or side make no sense."),
  FILL_WITHOUT_PLAN("ledger", "A fill arrived for an unknown plan; it is booked anyway."),

  RISK_BACKFILLED(
      "ledger",
      "The risk data of an adopted position was looked up again, as an operator ordered."),
  NOTHING_TO_BACKFILL(
      "ledger", "No adopted position is open whose risk data could be looked up" + " again."),

  // Market state and universe.
  CANDLE_INVALID(
      "market-state", "A candle with prices that are not positive, or an interval that is not."),
  CANDLE_OUT_OF_ORDER("market-state", "A candle older than the last one; it is dropped."),
  CANDLE_GAP(
      "market-state", "More intervals than candleMaxGap are missing; the warm-up starts again."),
  CANDLE_SUSPECT(
      "market-state",
      "High below low, or further from the last close than candleMaxJump; held back until the next"
          + " agrees."),
  PRICE_RESTORED("market-state", "Candles agree about the price again."),
  WARMING_UP("market-state", "Too few closes for a market state."),
  MARK_INVALID(
      "market-state", "A mark with prices that are not positive, or a time that makes no sense."),
  MARK_OUT_OF_ORDER("market-state", "A mark older than the last known price; it is dropped."),
  MARK_SUSPECT(
      "market-state",
      "A mark with high below low, or further from the last price than candleMaxJump; it is"
          + " dropped."),
  UNIVERSE_RANKED("universe", "The top list was ranked from market states."),
  UNIVERSE_FALLBACK(
      "universe", "Too few symbols pass; the core symbols with a fresh state stand in."),
  UNIVERSE_ACTIVE("universe", "The list of instruments that trade changed."),

  // Console: who may order something by hand.
  OPERATOR_TOKEN_WRONG(
      "console", "An order from the page came without the token, or with a wrong one."),

  // Dead letters of the stages.
  KEY_PARTITION_MISMATCH("dead-letter", "The key's account belongs to another partition."),
  APPROVAL_UNCLAIMED(
      "executor-dead-letter",
      "An approval of a plan that does not wait for a person: it comes too late, or again."),
  KEY_VALUE_MISMATCH("dead-letter", "Key and value name different accounts or symbols."),
  ACCOUNT_INVALID(
      "dead-letter",
      "The account is not 1 to 32 of a-z, 0-9, underscore and dash, or is a word that keys in Redis"
          + " begin with."),
  VALUE_MISSING("dead-letter", "The record has no value where one is needed."),
  VALUE_UNREADABLE("dead-letter", "The record's bytes cannot be read as the topic's type."),
  CLOCK_IN_FUTURE(
      "dead-letter",
      "The step of the clock is further ahead of the wall clock than clocks may differ."),
  CLOCK_NOT_OF_THE_FEED(
      "dead-letter", "The step of the clock was not written by the current feed."),
  VALUE_OUT_OF_BOUNDS(
      "dead-letter",
      "The record can be read, but holds a number or text that does not fit into later records."),
  KEY_INVALID(
      "dead-letter",
      "The key cannot belong to a row: it is missing, too long or not an account's."),
  DECISION_FAILED("dead-letter", "Deciding about the record failed unexpectedly.");

  private final String stage;
  private final String meaning;

  ReasonCode(String stage, String meaning) {
    this.stage = stage;
    this.meaning = meaning;
  }

  /** Returns the stage that uses it, or the group it belongs to. */
  public String stage() {
    return stage;
  }

  /** Returns what it means, one sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns the code with this name, or empty where this version does not know it. */
  public static Optional<ReasonCode> named(String code) {
    for (ReasonCode reason : values()) {
      if (reason.name().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
