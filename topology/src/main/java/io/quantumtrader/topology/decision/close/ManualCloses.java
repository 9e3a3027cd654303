package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * An operator's orders to close. An order is for the positions that are open when the account's
 * clock first passes it, and stands until each of them is closed: a plan that does not fill is
 * followed by another.
 */
public final class ManualCloses {

  /** Who asks where an operator does. */
  public static final String SOURCE = "operator";

  /** The whole position. */
  static final ExitAction ALL =
      new ExitAction(ExitAction.Kind.FULL_CLOSE, BigDecimal.ONE, Optional.empty());

  private ManualCloses() {}

  /**
   * An order as it stands for one account.
   *
   * @param order what was ordered
   * @param isNew whether the account sees it for the first time
   * @param remaining positions that are still to be closed
   * @param asks exits to ask for now
   */
  public record Standing(
      ManualClose order, boolean isNew, List<String> remaining, List<ExitAsk> asks) {}

  /**
   * Returns how each order stands for an account.
   *
   * @param controls the control records that hold for it
   * @param remainingOf positions that were still to be closed; empty for an order not seen before
   * @param keepMs orders older than this are not taken up any more, milliseconds
   * @param nowMs the account's clock, epoch ms
   */
  public static List<Standing> standing(
      AccountView view,
      List<Control> controls,
      Function<String, Optional<List<String>>> remainingOf,
      long keepMs,
      long nowMs) {
    List<Standing> standing = new ArrayList<>();
    for (Control control : controls) {
      for (ManualClose order : control.getCloses()) {
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
      AccountView view, ManualClose order, Optional<List<String>> before, long nowMs) {
    List<String> remaining = new ArrayList<>();
    List<ExitAsk> asks = new ArrayList<>();
    for (ValuedPosition position : view.positions()) {
      String positionId = position.ledger().getPositionId();
      boolean meant =
          before
              .map(ids -> ids.contains(positionId))
              .orElseGet(() -> isFor(order, position.ledger().getSymbol()));
      if (meant) {
        remaining.add(positionId);
        if (CloseInFlight.holdingBack(view.openPlans(), positionId, ExitTrigger.MANUAL_CLOSE)
            .isEmpty()) {
          asks.add(ask(order, position, nowMs));
        }
      }
    }
    return new Standing(order, before.isEmpty(), List.copyOf(remaining), List.copyOf(asks));
  }

  private static boolean isFor(ManualClose order, String symbol) {
    return order.getSymbol().isEmpty() || order.getSymbol().equals(symbol);
  }

  private static ExitAsk ask(ManualClose order, ValuedPosition position, long nowMs) {
    return fullClose(
        position,
        ExitTrigger.MANUAL_CLOSE,
        SOURCE,
        order.getReason(),
        OptionalDouble.empty(),
        nowMs);
  }

  /** Returns the ask to close all of a position. */
  static ExitAsk fullClose(
      ValuedPosition position,
      ExitTrigger trigger,
      String source,
      String reason,
      OptionalDouble rNet,
      long nowMs) {
    return ask(position, trigger, ALL, Optional.empty(), new Asker(source, reason, rNet), nowMs);
  }

  /**
   * Who asks.
   *
   * @param source source of the plan
   * @param reason in words
   * @param rNet R of the position, where it counted
   */
  record Asker(String source, String reason, OptionalDouble rNet) {}

  /** Returns the ask for an exit at the price that the position is valued at. */
  static ExitAsk ask(
      ValuedPosition position,
      ExitTrigger trigger,
      ExitAction action,
      Optional<BigDecimal> newStop,
      Asker asker,
      long nowMs) {
    return new ExitAsk(
        position.ledger().getAccount(),
        position.ledger().getSymbol(),
        position.ledger().getPositionId(),
        trigger,
        0,
        action,
        newStop,
        nowMs,
        position.mark(),
        asker.rNet(),
        OptionalDouble.empty(),
        Optional.empty(),
        asker.source(),
        asker.reason(),
        Optional.empty());
  }
}
