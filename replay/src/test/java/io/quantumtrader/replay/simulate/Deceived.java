package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An executor that does something else than it thinks, by what it has in place of its exchange. */
final class Deceived implements Tampering {

  /** What becomes of a call of the exchange. */
  @FunctionalInterface
  private interface Call {
    Object on(Exchange real, Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private final Call call;

  private Deceived(Call call) {
    this.call = call;
  }

  /** Each order is sent a second time, under an id of its own. */
  static Deceived sendingTwice() {
    return new Deceived(
        (real, method, arguments) -> {
          if (method.getName().equals("execute")) {
            MarketOrder order = (MarketOrder) arguments[0];
            var unused =
                real.execute(
                    new MarketOrder(
                        order.account(),
                        order.symbol(),
                        order.side(),
                        order.quantity(),
                        order.reduceOnly(),
                        order.clientOrderId() + "-again",
                        order.atMs()));
          }
          return method.invoke(real, arguments);
        });
  }

  /** Stops and targets are taken for placed, and never are. */
  static Deceived believingInStops() {
    Map<String, BigDecimal> believed = new HashMap<>();
    return new Deceived(
        (real, method, arguments) ->
            switch (method.getName()) {
              case "protect" -> {
                ProtectiveOrder order = (ProtectiveOrder) arguments[0];
                believed.put(order.account() + order.symbol(), order.triggerPrice());
                yield new Acknowledgement.Done();
              }
              case "account" ->
                  ((Optional<?>) method.invoke(real, arguments))
                      .map(found -> protectedBy((ExchangeAccount) found, believed));
              default -> method.invoke(real, arguments);
            });
  }

  private static ExchangeAccount protectedBy(
      ExchangeAccount account, Map<String, BigDecimal> believed) {
    List<ExchangePosition> positions =
        account.getPositions().stream()
            .map(
                each ->
                    ExchangePosition.newBuilder(each)
                        .setStopPrice(believed.get(account.getAccount() + each.getSymbol()))
                        .build())
            .toList();
    return ExchangeAccount.newBuilder(account).setPositions(positions).build();
  }

  /** The executor fails at its first order, with an error of its own. */
  static Deceived failing() {
    return new Deceived(
        (real, method, arguments) -> {
          if (method.getName().equals("execute")) {
            throw new IllegalStateException("a fault of the executor");
          }
          return method.invoke(real, arguments);
        });
  }

  @Override
  public Exchange exchange(Exchange real) {
    return (Exchange)
        Proxy.newProxyInstance(
            Deceived.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (proxy, method, arguments) -> {
              try {
                return call.on(real, method, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
