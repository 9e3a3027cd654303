package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.StopOrder;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * An operator's orders to tighten a stop. An order is for the position that is open when the
 * account's clock first passes it. It waits for whatever is under way for that position, a moved
 * stop too: of two stops at once nobody could say which is the tighter. Then it is asked for once.
 */
public final class StopOrders {

  private static final ExitAction MOVE =
      new ExitAction(ExitAction.Kind.MOVE_STOP, BigDecimal.ZERO, Optional.empty());

  private StopOrders() {}

  /**
   * An order as it stands for one account.
   *
   * @param order what was ordered
   * @param remaining the position that it waits for; none where it is asked for, or has ended
   * @param ask the move to ask for now
   * @param ended why nothing can be asked for
   */
  public record Standing(
      StopOrder order, List<String> remaining, Optional<ExitAsk> ask, Optional<Finding> ended) {}

  /**
   * Returns how each order stands for an account.
   *
   * @param controls the control records that hold for it
   * @param remainingOf the position that an order waits for; empty for an order not seen before
   * @param asked positions for which something is asked at this step already
   * @param nowMs the account's clock, epoch ms
   */
  public static List<Standing> standing(
      AccountView view,
      List<Control> controls,
      Function<String, Optional<List<String>>> remainingOf,
      Set<String> asked,
      long nowMs) {
    List<Standing> standing = new ArrayList<>();
    List<String> busy = new ArrayList<>(asked);
    for (Control control : controls) {
      for (StopOrder order : control.getStops()) {
        Optional<List<String>> before = remainingOf.apply(order.getId());
        boolean tooOld = before.isEmpty() && nowMs - order.getAtMs() >= view.policy().getDedupeMs();
        boolean done = before.filter(List::isEmpty).isPresent();
        if (!tooOld && !done) {
          Standing one = standing(view, order, before, busy, nowMs);
          one.ask().map(ExitAsk::positionId).ifPresent(busy::add);
          standing.add(one);
        }
      }
    }
    return standing;
  }

  private static Standing standing(
      AccountView view,
      StopOrder order,
      Optional<List<String>> before,
      List<String> busy,
      long nowMs) {
    Optional<ValuedPosition> meant =
        view.positions().stream()
            .filter(each -> each.ledger().getSymbol().equals(order.getSymbol()))
            .filter(
                each -> before.isEmpty() || before.get().contains(each.ledger().getPositionId()))
            .findFirst();
    if (meant.isEmpty()) {
      return new Standing(order, List.of(), Optional.empty(), Optional.of(nothing(view, order)));
    }
    String positionId = meant.get().ledger().getPositionId();
    boolean waits =
        busy.contains(positionId)
            || CloseInFlight.holdingBack(view.openPlans(), positionId, ExitTrigger.TRAILING_STOP)
                .isPresent();
    return waits
        ? new Standing(order, List.of(positionId), Optional.empty(), Optional.empty())
        : new Standing(
            order, List.of(), Optional.of(ask(order, meant.get(), nowMs)), Optional.empty());
  }

  private static ExitAsk ask(StopOrder order, ValuedPosition position, long nowMs) {
    return ManualCloses.ask(
        position,
        ExitTrigger.MANUAL_CLOSE,
        MOVE,
        Optional.of(Decimals.cash(order.getPrice())),
        new ManualCloses.Asker(ManualCloses.SOURCE, order.getReason(), OptionalDouble.empty()),
        nowMs);
  }

  private static Finding nothing(AccountView view, StopOrder order) {
    return new Finding(
        ReasonCode.NOTHING_TO_PROTECT,
        Numbers.none()
            .and("symbol", order.getSymbol())
            .and("newStop", order.getPrice())
            .and("openPositions", (long) view.positions().size()));
  }
}
