package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An exchange, as far as the executor needs one. Calls are made by one thread. An exchange that
 * cannot be reached answers {@link OrderOutcome.Unresolved} or {@link Acknowledgement.Unresolved};
 * it throws only for a fault in the program.
 *
 * <p>One position per account and symbol (one-way mode). Prices are in quote currency, quantities
 * in base units.
 */
public interface Exchange {

  /** Returns what the exchange needs of the executor beside orders. */
  MarketLink marketLink();

  /**
   * Returns how long after an order was sent it may still arrive, in milliseconds, 0 or more. Only
   * when this has passed does "no such order" mean that there will never be one.
   */
  long receiveWindowMs();

  /** Returns the accounts that can trade here, each once, in a fixed order. */
  List<String> accounts();

  /**
   * Sets the leverage that positions in a symbol have from now on.
   *
   * @param leverage 1 to the instrument's maximum
   * @param nowMs the clock, epoch milliseconds UTC
   */
  Acknowledgement setLeverage(String account, String symbol, int leverage, long nowMs);

  /**
   * Executes a market order. Idempotent by client order id: asked again, the exchange answers with
   * what became of the order the first time.
   */
  OrderOutcome execute(MarketOrder order);

  /**
   * Returns what became of an order, or {@link OrderOutcome.Unknown} where the exchange has none
   * with this client order id.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  OrderOutcome query(String account, String symbol, String clientOrderId, long nowMs);

  /**
   * Lets a protective order rest. It takes the place of one of the same kind for the same account
   * and symbol, so that repeating a call changes nothing.
   */
  Acknowledgement protect(ProtectiveOrder order);

  /**
   * Cancels the protective orders of an account in a symbol; done also where there are none.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  Acknowledgement cancelProtection(String account, String symbol, long nowMs);

  /**
   * Cancels the protective orders of an account in a symbol in which nothing is open any more; done
   * also where none rest. Where something is open they stay, and that is done, too.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  Acknowledgement clearProtection(String account, String symbol, long nowMs);

  /**
   * Has the exchange cancel every open order of an account in a symbol, stops and targets too,
   * unless it is told so again in time: a switch for the case that whoever trades is gone. An
   * exchange that knows no such thing does nothing.
   *
   * @param within how long the exchange waits, above 0; zero takes it back
   */
  default Acknowledgement cancelUnlessTold(String account, String symbol, Duration within) {
    return new Acknowledgement.Done();
  }

  /**
   * Finishes what is left of replacing protective orders where that was cut short. An exchange that
   * replaces them in one step has nothing to do.
   */
  default Acknowledgement finishProtection(String account, String symbol) {
    return new Acknowledgement.Done();
  }

  /**
   * Returns the protective orders that rest for an account in a symbol, stop before target; empty
   * where the exchange does not answer, which says nothing of what rests.
   */
  Optional<List<ProtectiveOrder>> protection(String account, String symbol);

  /**
   * Returns wallet and positions, or empty where the exchange does not answer.
   *
   * @param nowMs the clock, epoch milliseconds UTC; becomes {@code asOfMs}
   */
  Optional<ExchangeAccount> account(String account, long nowMs);

  /**
   * Returns what the exchange accepts in each symbol, ascending by symbol. May be what was last
   * learnt where the exchange does not answer.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  List<Instrument> instruments(long nowMs);

  /** Returns what the exchange accepts in a symbol, as last learnt, or empty. */
  Optional<Instrument> instrument(String symbol);
}
