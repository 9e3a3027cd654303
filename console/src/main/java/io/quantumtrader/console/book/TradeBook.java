package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Positions as the fills tell them, each fill once. The results alone are read for it: the rows of
 * the ledger are compacted away, while the results of an account lie in one partition in their
 * order. What a plan adds, who wanted the position and its first stop, is looked up when asked.
 *
 * <p>A close of something that was opened before the first result that is still there is passed
 * over: nothing is known of its entry.
 */
public final class TradeBook {

  private static final int FILLS_KNOWN = 200_000;

  private final int kept;
  private final DayBook days;
  private final Map<String, Boolean> seen = Bounded.map(FILLS_KNOWN);
  private final Map<String, Open> open = new HashMap<>();
  private final Deque<Closed> closed = new ArrayDeque<>();

  private static final class Open {
    private final String account;
    private final String symbol;
    private final PositionSide side;
    private final String openedBy;
    private final long openedAtMs;
    private BigDecimal amount = BigDecimal.ZERO;
    private BigDecimal most = BigDecimal.ZERO;

    /** What is open now was bought for, or sold for; per unit it is the entry of what is left. */
    private BigDecimal cost = BigDecimal.ZERO;

    private BigDecimal bought = BigDecimal.ZERO;
    private BigDecimal boughtFor = BigDecimal.ZERO;
    private BigDecimal sold = BigDecimal.ZERO;
    private BigDecimal soldFor = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private BigDecimal funding = BigDecimal.ZERO;

    private Open(ApplyResult first) {
      account = first.getAccount();
      symbol = first.getSymbol();
      side = first.getSide() == OrderSide.BUY ? PositionSide.LONG : PositionSide.SHORT;
      openedBy = first.getPlanId();
      openedAtMs = first.getFill().getAtMs();
    }

    private boolean grownBy(OrderSide order) {
      return (order == OrderSide.BUY) == (side == PositionSide.LONG);
    }

    private void grow(BigDecimal quantity, BigDecimal price) {
      amount = amount.add(quantity);
      most = most.max(amount);
      cost = cost.add(quantity.multiply(price));
      bought = bought.add(quantity);
      boughtFor = boughtFor.add(quantity.multiply(price));
    }

    /** Returns the profit of what was closed, before fees. */
    private BigDecimal shrink(BigDecimal quantity, BigDecimal price) {
      BigDecimal closed =
          quantity.compareTo(amount) == 0 ? cost : average(cost, amount).multiply(quantity);
      cost = cost.subtract(closed);
      amount = amount.subtract(quantity);
      sold = sold.add(quantity);
      BigDecimal got = quantity.multiply(price);
      soldFor = soldFor.add(got);
      return side == PositionSide.LONG ? got.subtract(closed) : closed.subtract(got);
    }
  }

  private record Closed(Open position, long atMs, String by) {}

  /**
   * Creates it, empty.
   *
   * @param kept how many closed positions it keeps, 1 or more
   * @param days is told what each fill came to
   */
  TradeBook(int kept, DayBook days) {
    this.kept = kept;
    this.days = days;
  }

  void take(ApplyResult result) {
    Fill fill = result.getFill();
    String key = Accounts.key(result.getAccount(), result.getSymbol());
    if (fill == null
        || seen.put(result.getAccount() + ":" + fill.getFillId(), Boolean.TRUE) != null) {
      return;
    }
    days.fee(result.getAccount(), fill.getAtMs(), fill.getFee());
    Open position = open.get(key);
    if (position == null) {
      if (result.getReduceOnly()) {
        days.closeWithoutEntry(result.getAccount(), fill.getAtMs());
        return;
      }
      position = new Open(result);
      open.put(key, position);
    }
    position.fees = position.fees.add(fill.getFee());
    if (position.grownBy(result.getSide())) {
      position.grow(fill.getQuantity(), fill.getPrice());
    } else {
      close(key, position, result);
    }
  }

  /** What is left of a fill that closes more than is open opens the other side. */
  private void close(String key, Open position, ApplyResult result) {
    Fill fill = result.getFill();
    BigDecimal closing = fill.getQuantity().min(position.amount);
    BigDecimal profit = position.shrink(closing, fill.getPrice());
    days.realized(position.account, fill.getAtMs(), profit);
    if (position.amount.signum() > 0) {
      return;
    }
    open.remove(key);
    closed.addLast(new Closed(position, fill.getAtMs(), reason(result)));
    if (closed.size() > kept) {
      closed.removeFirst();
    }
    BigDecimal rest = fill.getQuantity().subtract(closing);
    if (rest.signum() > 0) {
      Open other = new Open(result);
      other.grow(rest, fill.getPrice());
      open.put(key, other);
    }
  }

  /** A close that an intent asked for has no trigger, nor one that the exchange did by itself. */
  private static String reason(ApplyResult result) {
    if (result.getTrigger() != ExitTrigger.NONE) {
      return result.getTrigger().name();
    }
    return result.getOrigin() == ResultOrigin.PLAN
        ? ExitTrigger.INTENT.name()
        : result.getOrigin().name();
  }

  void take(ExchangeIncome income) {
    if (income.getKind() == IncomeKind.FUNDING) {
      days.funding(income.getAccount(), income.getAtMs(), income.getAmount());
    }
    Open position = open.get(Accounts.key(income.getAccount(), income.getSymbol()));
    if (income.getKind() == IncomeKind.FUNDING && position != null) {
      position.funding = position.funding.add(income.getAmount());
    }
  }

  /** Returns the plan that opened what is open in a symbol; empty where none did. */
  public Optional<String> openedBy(String account, String symbol) {
    return Optional.ofNullable(open.get(Accounts.key(account, symbol)))
        .map(position -> position.openedBy)
        .filter(planId -> !planId.isEmpty());
  }

  /**
   * Returns what was closed, the newest first.
   *
   * @param planOf finds a plan by its id
   */
  public List<ClosedTrade> closed(Function<String, Optional<ApplyPlan>> planOf) {
    List<ClosedTrade> trades = new ArrayList<>(closed.size());
    closed.descendingIterator().forEachRemaining(each -> trades.add(trade(each, planOf)));
    return trades;
  }

  private static ClosedTrade trade(Closed each, Function<String, Optional<ApplyPlan>> planOf) {
    Open position = each.position();
    Optional<ApplyPlan> plan = planOf.apply(position.openedBy);
    BigDecimal entry = average(position.boughtFor, position.bought);
    BigDecimal exit = average(position.soldFor, position.sold);
    BigDecimal gain = position.soldFor.subtract(entry.multiply(position.sold));
    return new ClosedTrade(
        position.account,
        position.symbol,
        position.side,
        position.most,
        entry,
        exit,
        position.openedAtMs,
        each.atMs(),
        position.side == PositionSide.LONG ? gain : gain.negate(),
        position.fees,
        position.funding,
        plan.map(ApplyPlan::getRisk)
            .map(risk -> entry.subtract(risk.getInitialStop()).abs().multiply(position.most))
            .orElse(BigDecimal.ZERO),
        position.openedBy,
        plan.map(ApplyPlan::getSource).orElse(""),
        plan.map(ApplyPlan::getReason).orElse(""),
        plan.map(ApplyPlan::getRegime).orElse(""),
        each.by());
  }

  private static BigDecimal average(BigDecimal money, BigDecimal quantity) {
    return quantity.signum() == 0 ? BigDecimal.ZERO : money.divide(quantity, MathContext.DECIMAL64);
  }
}
