package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.core.Numbers.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.AccountBook;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.util.List;

/** All that the twin knows of an account, in one answer. */
final class StateJson {
  private StateJson() {}

  static ObjectNode of(TwinEngine engine, String account) {
    return engine.ask(
        (core, now) -> {
          AccountBook book = core.book(account);
          ObjectNode answer =
              Json.object()
                  .put("account", account)
                  .put("time", now)
                  .put("wallet", text(book.wallet()));
          answer.set(
              "positions",
              Json.array(
                  book.openPositions(),
                  position -> AccountJson.position(position, core.margin(account))));
          answer.set("orders", Json.array(List.copyOf(book.orders()), OrderJson::order));
          answer.set("algoOrders", Json.array(List.copyOf(book.algos()), OrderJson::algo));
          answer.set("trades", Json.array(book.trades(), OrderJson::trade));
          answer.set("income", Json.array(book.incomes(), OrderJson::income));
          return answer;
        });
  }
}
