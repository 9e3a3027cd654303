package io.quantumtrader.console.testing;

import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.order.Orders;
import io.quantumtrader.console.order.PolicyOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Orders that are noted and not carried out. */
public final class GivenOrders implements Orders {

  private final List<Order> given = new CopyOnWriteArrayList<>();
  private final List<PolicyOrder> policies = new CopyOnWriteArrayList<>();
  private final List<String> attempts = new CopyOnWriteArrayList<>();

  /** Creates it: nothing was given yet. */
  public GivenOrders() {}

  @Override
  public String give(Order order, String by) {
    if (order.symbol().equals("ETHUSDT")) {
      throw new OrderRefusedException("nothing is open in ETHUSDT");
    }
    given.add(order);
    return order.kind() + " by " + by;
  }

  /** Notes a change of the policy; the id "gone" does not wait any more. */
  public String give(PolicyOrder order, String by) {
    if (order.scheduleId().equals("gone")) {
      throw new OrderRefusedException("gone does not wait any more");
    }
    policies.add(order);
    return order.kind() + " by " + by;
  }

  @Override
  public void attempted(String what, String from) {
    attempts.add(what + " from " + from);
  }

  /** Returns what was given. */
  public List<Order> given() {
    return List.copyOf(given);
  }

  /** Returns which changes of the policy were given. */
  public List<PolicyOrder> policies() {
    return List.copyOf(policies);
  }

  /** Returns who tried without the token. */
  public List<String> attempts() {
    return List.copyOf(attempts);
  }
}
