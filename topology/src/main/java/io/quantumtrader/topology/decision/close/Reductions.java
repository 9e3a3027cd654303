package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ReduceOrder;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * An operator's orders to reduce an account: whole positions are closed, the one with the worst R
 * first, and of the last only as much as is needed. An order is for the positions that are open
 * when the account's clock first passes it, and stands until the exposure is at most what it asks
 * for, or none of them is open any more.
 */
public final class Reductions {

  private Reductions() {}

  /**
   * An order as it stands for one account.
   *
   * @param order what was ordered
   * @param remaining positions that may still be closed for it; none where it has ended
   * @param asks exits to ask for now
   * @param ended why it has ended: {@link ReasonCode#EXPOSURE_REACHED}, or why it cannot be reached
   */
  public record Standing(
      ReduceOrder order, List<String> remaining, List<ExitAsk> asks, Optional<Finding> ended) {}

  /**
   * What is looked at.
   *
   * @param account the account
   * @param money its money at this step of the clock; empty where it cannot be reckoned
   * @param closing positions whose close is asked for at this step already
   * @param instruments the exchange's filters by symbol
   */
  public record View(
      AccountView account,
      Optional<PortfolioState> money,
      Set<String> closing,
      Function<String, Optional<Instrument>> instruments) {}

  /**
   * Returns how each order stands for an account.
   *
   * @param controls the control records that hold for it
   * @param remainingOf positions that may still be closed; empty for an order not seen before
   * @param nowMs the account's clock, epoch ms
   */
  public static List<Standing> standing(
      View view,
      List<Control> controls,
      Function<String, Optional<List<String>>> remainingOf,
      long nowMs) {
    long keepMs = view.account().policy().getDedupeMs();
    List<Standing> standing = new ArrayList<>();
    for (Control control : controls) {
      for (ReduceOrder order : control.getReduces()) {
        Optional<List<String>> before = remainingOf.apply(order.getId());
        boolean tooOld = before.isEmpty() && nowMs - order.getAtMs() >= keepMs;
        boolean done = before.filter(List::isEmpty).isPresent();
        if (!tooOld && !done) {
          standing.add(standing(view, order, before, nowMs));
        }
      }
    }
    return standing;
  }

  private static Standing standing(
      View view, ReduceOrder order, Optional<List<String>> before, long nowMs) {
    Optional<BigDecimal> equity = view.money().flatMap(money -> equity(view, money, nowMs));
    if (equity.isEmpty()) {
      return ended(order, ReasonCode.EQUITY_UNKNOWN, aim(order).and(age(view.money(), nowMs)));
    }
    List<ValuedPosition> worstFirst =
        WorstFirst.of(view.account()).stream()
            .filter(each -> before.isEmpty() || before.get().contains(id(each)))
            .toList();
    BigDecimal margin = view.account().holdings().margin();
    BigDecimal most = equity.get().multiply(Decimals.ratio(order.getToExposure()));
    Numbers numbers =
        Numbers.none()
            .and("exposure", Decimals.quotient(margin, equity.get()).doubleValue())
            .and(aim(order))
            .and("margin", margin)
            .and("equity", equity.get());
    if (margin.compareTo(most) <= 0) {
      return ended(order, ReasonCode.EXPOSURE_REACHED, numbers);
    }
    if (worstFirst.isEmpty()) {
      return ended(order, ReasonCode.NOTHING_TO_CLOSE, numbers);
    }
    return new Standing(
        order,
        worstFirst.stream().map(Reductions::id).toList(),
        asks(view, order, worstFirst, margin.subtract(most), nowMs),
        Optional.empty());
  }

  /** What is being closed already counts as closed. */
  private static List<ExitAsk> asks(
      View view, ReduceOrder order, List<ValuedPosition> worstFirst, BigDecimal over, long nowMs) {
    BigDecimal left = over.subtract(underWay(view));
    List<ExitAsk> asks = new ArrayList<>();
    for (ValuedPosition position : worstFirst) {
      if (!Decimals.isPositive(left)) {
        break;
      }
      BigDecimal margin = position.margin().subtract(underWay(view, position));
      boolean free =
          !view.closing().contains(id(position))
              && CloseInFlight.holdingBack(
                      view.account().openPlans(), id(position), ExitTrigger.MANUAL_CLOSE)
                  .isEmpty();
      if (free) {
        ExitAction action =
            margin.compareTo(left) <= 0 ? ManualCloses.ALL : part(view, position, left);
        asks.add(ask(position, action, order, view, nowMs));
      }
      // What is left of a position that is being closed has its turn before the next one, too.
      left = left.subtract(margin);
    }
    return List.copyOf(asks);
  }

  /** Returns the margin that comes free by closes under way, of all positions. */
  private static BigDecimal underWay(View view) {
    return view.account().positions().stream()
        .map(each -> underWay(view, each))
        .reduce(Decimals.ZERO, BigDecimal::add);
  }

  private static BigDecimal underWay(View view, ValuedPosition position) {
    if (view.closing().contains(id(position))) {
      return position.margin();
    }
    BigDecimal quantity = position.ledger().getQuantity();
    BigDecimal closing = closing(view.account().openPlans(), id(position)).min(quantity);
    return Decimals.quotient(position.margin().multiply(closing), quantity);
  }

  private static BigDecimal closing(Collection<OpenPlan> plans, String positionId) {
    BigDecimal closing = Decimals.ZERO;
    for (OpenPlan plan : plans) {
      boolean closes =
          plan.getAction() != PlanAction.ENTRY && plan.getAction() != PlanAction.UPDATE_SL;
      if (closes && plan.getPositionId().equals(positionId)) {
        BigDecimal rest = Optional.ofNullable(plan.getRestQuantity()).orElse(Decimals.ZERO);
        closing = closing.add(plan.getQuantity().subtract(plan.getFilledQuantity())).add(rest);
      }
    }
    return closing;
  }

  /**
   * Returns the close of as much as frees the margin, rounded up to the step. It goes on as a share
   * of what is open, which is rounded up for that reason: a share that falls short by a digit would
   * be rounded down by a whole step.
   */
  private static ExitAction part(View view, ValuedPosition position, BigDecimal margin) {
    PositionLedger row = position.ledger();
    BigDecimal leverage = BigDecimal.valueOf(Math.max(1, row.getLeverage()));
    BigDecimal needed =
        margin.multiply(leverage).divide(row.getEntryPrice(), Decimals.SCALE, RoundingMode.CEILING);
    BigDecimal quantity =
        view.instruments()
            .apply(row.getSymbol())
            .map(Instrument::getStepSize)
            .filter(Decimals::isPositive)
            .map(step -> Decimals.ceilTo(needed, step))
            .orElse(needed);
    if (quantity.compareTo(row.getQuantity()) >= 0) {
      return ManualCloses.ALL;
    }
    BigDecimal share = quantity.divide(row.getQuantity(), Decimals.SCALE, RoundingMode.CEILING);
    return new ExitAction(ExitAction.Kind.PARTIAL_CLOSE, share, Optional.empty());
  }

  private static ExitAsk ask(
      ValuedPosition position, ExitAction action, ReduceOrder order, View view, long nowMs) {
    double r = WorstFirst.r(position, view.account().policy());
    return ManualCloses.ask(
        position,
        ExitTrigger.MANUAL_CLOSE,
        action,
        Optional.empty(),
        new ManualCloses.Asker(ManualCloses.SOURCE, order.getReason(), OptionalDouble.of(r)),
        nowMs);
  }

  private static Optional<BigDecimal> equity(View view, PortfolioState money, long nowMs) {
    return Optional.ofNullable(money.getEquity())
        .filter(Decimals::isPositive)
        .filter(
            known ->
                nowMs - money.getEquityAsOfMs() <= view.account().policy().getEquityMaxAgeMs());
  }

  private static Numbers aim(ReduceOrder order) {
    return Numbers.none().and("toExposure", order.getToExposure());
  }

  private static Numbers age(Optional<PortfolioState> money, long nowMs) {
    return money
        .filter(known -> known.getEquity() != null)
        .map(
            known ->
                Numbers.none()
                    .and("equity", known.getEquity())
                    .and("ageMs", nowMs - known.getEquityAsOfMs()))
        .orElseGet(() -> Numbers.none().and("equity", "missing"));
  }

  private static Standing ended(ReduceOrder order, ReasonCode code, Numbers numbers) {
    return new Standing(order, List.of(), List.of(), Optional.of(new Finding(code, numbers)));
  }

  private static String id(ValuedPosition position) {
    return position.ledger().getPositionId();
  }
}
