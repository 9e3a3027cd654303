package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Books fills: trade, position, profit, commission, wallet, and the events that tell of them. */
final class Fills {
  private static final int MONEY_SCALE = 8;
  private static final BigDecimal BNB_DISCOUNT = new BigDecimal("0.9");

  private final CoreState state;

  Fills(CoreState state) {
    this.state = state;
  }

  /**
   * Fills a part of an order.
   *
   * @param executionType {@code TRADE}, or {@code CALCULATED} where the exchange itself closes
   * @return the order after it
   */
  TwinOrder fill(
      AccountBook book,
      TwinOrder order,
      BigDecimal quantity,
      BigDecimal price,
      boolean maker,
      String executionType,
      long nowMs) {
    BigDecimal signed = order.side().signed(quantity);
    TwinPosition before = book.position(order.symbol(), order.positionSide());
    BigDecimal fee = fee(quantity.multiply(price), maker);
    BigDecimal profit = before.profitOf(signed, price);
    TwinTrade trade = trade(book, order, quantity, price, profit, fee, maker, nowMs);
    TwinPosition after =
        before.after(signed, price, fee, nowMs).withMore(setAside(book, before, signed, price));
    TwinOrder filled = order.filled(quantity, price, nowMs);
    book.add(trade);
    book.put(after);
    book.put(filled);
    if (!before.isFlat() && before.amount().signum() != after.amount().signum()) {
      state.gone(new CoreState.Gone(book, order.symbol(), order.positionSide(), order.side()));
    }
    List<TwinIncome> incomes = incomes(trade);
    incomes.forEach(book::add);
    tell(book, filled, trade, incomes, after, executionType, nowMs);
    state.ended(book, filled);
    return filled;
  }

  /** Where margin is isolated, what opens takes its initial margin out of the common wallet. */
  private static BigDecimal setAside(
      AccountBook book, TwinPosition before, BigDecimal signed, BigDecimal price) {
    if (!book.isIsolated(before.symbol())) {
      return BigDecimal.ZERO;
    }
    BigDecimal opened = signed.abs().subtract(before.closedBy(signed));
    return MarginMath.share(opened.multiply(price), book.leverage(before.symbol()));
  }

  private BigDecimal fee(BigDecimal notional, boolean maker) {
    BigDecimal rate = maker ? state.rules().makerFee() : state.rules().takerFee();
    return notional.multiply(rate).setScale(MONEY_SCALE, RoundingMode.HALF_UP);
  }

  private TwinTrade trade(
      AccountBook book,
      TwinOrder order,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal profit,
      BigDecimal fee,
      boolean maker,
      long nowMs) {
    BigDecimal inBnb = inBnb(fee);
    boolean bnb = state.rules().feesInBnb() && book.wallet("BNB").compareTo(inBnb) >= 0;
    return new TwinTrade(
        state.tape(order.symbol()).nextTradeId(),
        order.orderId(),
        order.symbol(),
        order.side(),
        order.positionSide(),
        quantity,
        price,
        profit,
        bnb ? inBnb : fee,
        bnb ? "BNB" : "USDT",
        maker,
        nowMs);
  }

  private void tell(
      AccountBook book,
      TwinOrder order,
      TwinTrade trade,
      List<TwinIncome> incomes,
      TwinPosition after,
      String executionType,
      long nowMs) {
    // The short form overtakes the long one, and has no commission.
    state.tell(book, EventBodies.lite(order, trade, nowMs));
    state.tell(
        book,
        EventBodies.account(book, "ORDER", incomes, List.of(after), state.margin(book), nowMs));
    state.tell(book, EventBodies.order(order, executionType, trade, nowMs));
    state.tell(MarketBodies.trade(state.tape(order.symbol()), trade, nowMs));
  }

  private List<TwinIncome> incomes(TwinTrade trade) {
    List<TwinIncome> incomes = new ArrayList<>();
    if (trade.realized().signum() != 0) {
      incomes.add(income(trade, "REALIZED_PNL", trade.realized(), "USDT"));
    }
    incomes.add(income(trade, "COMMISSION", trade.commission().negate(), trade.commissionAsset()));
    return incomes;
  }

  private TwinIncome income(TwinTrade trade, String type, BigDecimal amount, String asset) {
    String info = Long.toString(trade.tradeId());
    return new TwinIncome(
        state.nextId(), type, trade.symbol(), amount, asset, info, trade.tradeId(), trade.timeMs());
  }

  private BigDecimal inBnb(BigDecimal fee) {
    return fee.multiply(BNB_DISCOUNT)
        .divide(state.rules().bnbPrice(), MONEY_SCALE, RoundingMode.HALF_UP);
  }
}
