package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Instrument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What ties an exchange to the market and to what was committed about it. An exchange in the
 * executor's process has neither prices nor a memory of its own: it is shown the marks, asked what
 * its protective orders did, and given back its state from the committed records. A remote exchange
 * has all of that at its own end; it reports what happened there without a plan, once each, and is
 * given back what was committed to tell which of it was reported.
 *
 * <p>The executor calls each method whatever the exchange is; what has no use for an exchange does
 * nothing there.
 */
public interface MarketLink {

  /**
   * How long an executor may be away and still be given back the results of the day before that.
   */
  Duration LONGEST_ABSENCE = Duration.ofDays(5);

  /** Returns whether the exchange is to be shown the marks; otherwise nobody reads them for it. */
  boolean takesMarks();

  /**
   * Returns whether what the exchange did is undone with the transaction that was to commit it, so
   * that a call whose results were never committed never happened. Then an order needs no
   * announcement before it is executed: announcement, fills and account are committed in one
   * transaction. Otherwise the announcement has to be committed before the order is sent.
   */
  boolean rollsBack();

  /**
   * Shows a closed candle: it sets the price and may set off protective orders. An older one than
   * the last of its symbol sets no price. One that was seen before changes nothing.
   */
  void see(Candle candle);

  /**
   * Says what is accepted in a symbol, as a real exchange has it; from then on its prices tell
   * nothing about it. Said again it changes nothing.
   */
  void list(Instrument instrument);

  /**
   * Returns, once, the fills of an account that no plan asked for since it was asked for last, in
   * the order they happened: those of protective orders, and those of orders that the exchange or
   * somebody else placed. The account as it is said to be contains them already.
   *
   * @param nowMs the clock, epoch milliseconds UTC; the time of fills where the exchange has no
   *     clock of its own
   */
  List<UnplannedFill> unplanned(String account, long nowMs);

  /**
   * Says which orders of an account have a run that reports their fills, by client order id. The
   * fills of any other order, also of a plan that has no run, are told by {@link #unplanned}.
   */
  default void runs(String account, Set<String> clientOrderIds) {}

  /**
   * Returns which orders that were taken and left open have an answer now, by client order id:
   * these are worth asking about at once. An exchange that is asked from time to time says none.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  default Set<String> answered(String account, long nowMs) {
    return Set.of();
  }

  /**
   * Wants the trades in a symbol looked through, because ledger and exchange disagree there; what
   * was missed is told by {@link #unplanned}. To be wanted again for as long as they do.
   *
   * @param sinceMs since when they disagree, on the clock, epoch milliseconds UTC
   * @return whether that was done since, and nothing that happened in the account is still to be
   *     asked for
   */
  default boolean search(String account, String symbol, long sinceMs) {
    return true;
  }

  /**
   * Assumes that the position in a symbol is booked as {@link Exchange#account} told it last: the
   * trades that led to it are contained in it, and are not told any more.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   * @return when it was told, on the exchange's clock where it has one, epoch milliseconds UTC
   */
  default long adopted(String account, String symbol, long nowMs) {
    return nowMs;
  }

  /** Returns the asset that the wallet is in. */
  default String walletAsset() {
    return "USDT";
  }

  /**
   * Returns, once, the cash that came or went apart from trades since it was asked for last, in the
   * order it happened.
   *
   * @param nowMs the clock, epoch milliseconds UTC; becomes the time it was learnt
   */
  List<ExchangeIncome> income(String account, long nowMs);

  /** Gives back an instrument that was published before. */
  void restore(Instrument instrument);

  /**
   * Gives back an account. Its protective orders have seen no candle since they were placed: those
   * after that are to be shown to it.
   *
   * @param account one of {@link Exchange#accounts()}
   * @param last what was last published about it; empty where it is new
   * @param results its committed results, in the order they were committed: all of the 24 hours
   *     before it was last published, and since; of the last six days at the most
   */
  void restore(String account, Optional<ExchangeAccount> last, List<ApplyResult> results);

  /** Gives back the cash of an account that was told in that time; it is not told again. */
  default void restoreIncome(String account, List<ExchangeIncome> told) {}

  /** Drops all that is known of an account; another process goes on with it. */
  void forget(String account);

  /**
   * Drops what is known of orders executed before a time; asked for again, they are unknown.
   *
   * @param beforeMs epoch milliseconds UTC
   */
  void expireOrders(long beforeMs);
}
