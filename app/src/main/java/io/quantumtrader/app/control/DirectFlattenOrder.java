package io.quantumtrader.app.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.ExchangeOptions;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.emergency.DirectClose;
import io.quantumtrader.execution.emergency.DirectFlatten;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.Accounts;
import java.util.List;
import java.util.Optional;

/** Flattens an account at the exchange itself. */
final class DirectFlattenOrder {

  private static final long PAUSE_MS = 500;

  private final ExchangeOptions exchange;
  private final Operator operator;

  DirectFlattenOrder(ExchangeOptions exchange, Operator operator) {
    this.exchange = exchange;
    this.operator = operator;
  }

  /** Does it, and returns the command's exit code. */
  int flatten(String account, String symbol) throws InterruptedException {
    String name = account == null ? Accounts.MAIN : account;
    operator.checkAccount(name);
    Optional<String> only = Optional.ofNullable(symbol).map(operator::symbol);
    if (exchange.isPaper()) {
      throw operator.usage(
          "--direct needs an exchange of its own: --exchange demo, binance or twin");
    }
    operator.talk(
        "Exchange %s at %s, account %s."
            .formatted(exchange.environment().name(), exchange.environment().rest(), name));
    try (BinanceExchange open =
        exchange.open(
            exchange.keys(List.of(name), System.getenv(), operator::talk), WallClock.SYSTEM)) {
      DirectFlatten flatten =
          new DirectFlatten(open, WallClock.SYSTEM, () -> Thread.sleep(PAUSE_MS));
      return close(flatten, name, only);
    }
  }

  private int close(DirectFlatten flatten, String account, Optional<String> symbol)
      throws InterruptedException {
    List<ExchangePosition> positions =
        flatten
            .open(account, symbol)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "the exchange does not say what is open: check the key and the address,"
                            + " or close by hand on its page"));
    if (positions.isEmpty()) {
      operator.talk("Nothing is open.");
      return 0;
    }
    List<DirectClose> done = flatten.close(account, positions, this::tell);
    long open = done.stream().filter(each -> !each.flat()).count();
    operator.talk(
        open == 0
            ? "Closed all %d. The executor books them when it runs.".formatted(done.size())
            : "%d of %d are not known to be closed: run it again, or look at the exchange."
                .formatted(open, done.size()));
    return open == 0 ? 0 : 1;
  }

  private void tell(DirectClose close) {
    ExchangePosition position = close.position();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("account", close.account());
    json.put("symbol", position.getSymbol());
    json.put("side", position.getSide().name());
    json.put("quantity", RecordJson.plain(position.getQuantity()));
    json.put("clientOrderId", close.clientOrderId());
    json.put("outcome", text(close.outcome()));
    json.put("flat", close.flat());
    operator.print(
        json,
        "%s %s %s: %s%s"
            .formatted(
                position.getSide(),
                RecordJson.plain(position.getQuantity()),
                position.getSymbol(),
                text(close.outcome()),
                close.flat() ? "" : "; STILL OPEN or not known"));
  }

  private static String text(OrderOutcome outcome) {
    return switch (outcome) {
      case Accepted accepted ->
          accepted.state() + " " + RecordJson.plain(accepted.filledQuantity());
      case Rejected rejected -> "rejected, " + rejected.code() + ": " + rejected.message();
      case Unresolved unresolved -> "no answer: " + unresolved.message();
      case Unknown unknown -> "the exchange does not know the order";
    };
  }
}
