package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What happens to an account without an order of its own: liquidation, funding, transfers. */
final class Forced {
  private static final int MONEY_SCALE = 8;

  private final CoreState state;
  private final Orders orders;

  Forced(CoreState state, Orders orders) {
    this.state = state;
    this.orders = orders;
  }

  /** Closes a position that its margin no longer carries, at the mark price. */
  void liquidate(AccountBook book, TwinPosition position, long nowMs) {
    MarginMath margin = state.margin(book);
    state.tell(book, EventBodies.marginCall(book, List.of(position), margin, nowMs));
    BigDecimal notional = margin.notional(position).abs();
    BigDecimal before = book.wallet();
    close(book, position, position.amount().abs(), "autoclose-", "LIQUIDATION", nowMs);
    BigDecimal fee =
        notional
            .multiply(state.rules().liquidationFee())
            .setScale(MONEY_SCALE, RoundingMode.HALF_UP);
    // The insurance fund takes its fee out of what is left, and pays what is missing.
    BigDecimal left =
        margin.isIsolated(position)
            ? position.isolatedWallet().add(book.wallet()).subtract(before)
            : state.margin(book).crossWallet();
    BigDecimal taken = fee.min(left);
    if (taken.signum() != 0) {
      change(
          book,
          "INSURANCE_CLEAR",
          "INSURANCE_CLEAR",
          position.symbol(),
          taken.negate(),
          List.of(),
          nowMs);
    }
  }

  /** Closes a part of a position because the other side of the market was liquidated. */
  void reduce(AccountBook book, TwinPosition position, BigDecimal quantity, long nowMs) {
    close(book, position, quantity, "adl_autoclose", "LIQUIDATION", nowMs);
  }

  /** Closes a position because its contract ends. */
  void settle(AccountBook book, TwinPosition position, long nowMs) {
    close(book, position, position.amount().abs(), "settlement_autoclose-", "MARKET", nowMs);
  }

  /** Trades as its owner does on the web page. */
  void byHand(AccountBook book, String symbol, Side side, BigDecimal quantity, long nowMs) {
    order(book, symbol, PositionSide.BOTH, side, quantity, "web_" + state.nextId(), nowMs);
  }

  void byHandClose(AccountBook book, TwinPosition position, BigDecimal quantity, long nowMs) {
    Side side = closing(position);
    String id = "web_" + state.nextId();
    order(book, position.symbol(), position.positionSide(), side, quantity, id, nowMs);
  }

  private void order(
      AccountBook book,
      String symbol,
      PositionSide positionSide,
      Side side,
      BigDecimal quantity,
      String clientId,
      long nowMs) {
    OrderRequest request =
        new OrderRequest(
            symbol,
            side,
            positionSide,
            "MARKET",
            "GTC",
            quantity,
            BigDecimal.ZERO,
            false,
            clientId);
    orders.fillNow(book, orders.take(book, request, null, nowMs), nowMs);
  }

  private void close(
      AccountBook book,
      TwinPosition position,
      BigDecimal quantity,
      String clientId,
      String type,
      long nowMs) {
    String id = clientId.endsWith("-") ? clientId + state.nextId() : clientId;
    OrderRequest request =
        new OrderRequest(
            position.symbol(),
            closing(position),
            position.positionSide(),
            type,
            "IOC",
            quantity.min(position.amount().abs()),
            BigDecimal.ZERO,
            true,
            id);
    TwinOrder order = orders.take(book, request, null, nowMs);
    BigDecimal mark = state.tape(position.symbol()).mark();
    String executed = type.equals("LIQUIDATION") ? "CALCULATED" : "TRADE";
    TwinOrder filled =
        orders.fills().fill(book, order, order.quantity(), mark, false, executed, nowMs);
    if (filled.status().isOpen()) {
      throw new IllegalStateException("a forced order fills at once: " + filled.orderId());
    }
  }

  private static Side closing(TwinPosition position) {
    return position.amount().signum() > 0 ? Side.SELL : Side.BUY;
  }

  /** Pays funding on a symbol's position: longs pay a rate above 0. */
  void fund(AccountBook book, TwinPosition position, long nowMs) {
    Tape tape = state.tape(position.symbol());
    BigDecimal payment =
        state
            .margin(book)
            .notional(position)
            .multiply(tape.fundingRate())
            .negate()
            .setScale(MONEY_SCALE, RoundingMode.HALF_EVEN);
    if (payment.signum() == 0) {
      return;
    }
    List<TwinPosition> told = List.of();
    if (book.isIsolated(position.symbol())) {
      TwinPosition paid = position.withMore(payment);
      book.put(paid);
      told = List.of(paid);
    }
    change(book, "FUNDING_FEE", "FUNDING_FEE", position.symbol(), payment, told, nowMs);
  }

  /** Pays in, or out below 0. */
  void transfer(AccountBook book, BigDecimal amount, long nowMs) {
    if (amount.negate().compareTo(state.margin(book).available()) > 0) {
      throw TwinError.BALANCE.refused();
    }
    String reason = amount.signum() > 0 ? "DEPOSIT" : "WITHDRAW";
    change(book, "TRANSFER", reason, "", amount, List.of(), nowMs);
  }

  private void change(
      AccountBook book,
      String type,
      String reason,
      String symbol,
      BigDecimal amount,
      List<TwinPosition> told,
      long nowMs) {
    TwinIncome income =
        new TwinIncome(state.nextId(), type, symbol, amount, "USDT", type, 0, nowMs);
    book.add(income);
    MarginMath margin = state.margin(book);
    state.tell(book, EventBodies.account(book, reason, List.of(income), told, margin, nowMs));
  }
}
