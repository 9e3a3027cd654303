package io.quantumtrader.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.ApprovalAnswer;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.order.PolicyOrder;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What changes something: each with the token and a reason, and each attempt without is noted. */
final class Commands {

  private static final String ORDERS = "/api/orders";
  private static final String POLICY = "/api/policy/orders";
  private static final String REPLAY = "/api/dead-letters/replay";
  private static final String ANSWER = "/api/approvals/answer";
  private static final String BY = "console";
  private static final Pattern PLAN_ID = Pattern.compile("[0-9a-f]{16}");

  /** Everything that is taken, in the order of the description. */
  static final List<Taken> TAKEN =
      List.of(
          new Taken(ORDERS, Order.class, "Gives an order of the operator."),
          new Taken(
              POLICY, PolicyOrder.class, "Schedules a change of the policy, or takes one back."),
          new Taken(
              REPLAY,
              ReplayOrder.class,
              "Sends the record of a dead letter to its topic again, once."),
          new Taken(ANSWER, ApprovalAnswer.class, "Grants or refuses an entry that waits."));

  private final Access access;
  private final ConsoleServer.Settings settings;

  /**
   * Something that is taken.
   *
   * @param path where
   * @param type what is sent there
   * @param summary what it does, one sentence
   */
  record Taken(String path, Class<? extends Record> type, String summary) {}

  Commands(Access access, ConsoleServer.Settings settings) {
    this.access = access;
    this.settings = settings;
  }

  /** Returns whether something is taken at this path. */
  boolean takes(String path) {
    return TAKEN.stream().anyMatch(each -> each.path().equals(path));
  }

  /**
   * Takes what was sent.
   *
   * @throws BadRequestException where it makes no sense, or comes from another site
   */
  void take(HttpExchange exchange, String path) throws IOException {
    access.requireSameSite(exchange);
    if (!access.isOperator(exchange)) {
      String from = exchange.getRemoteAddress().getAddress().getHostAddress();
      settings.orders().attempted("an order without the right token", from);
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      Answer.error(exchange, 401, "the token is missing or wrong; nothing was changed");
      return;
    }
    JsonNode sent = OrderReading.sent(exchange);
    try {
      String given =
          switch (path) {
            case POLICY -> settings.policies().give(PolicyOrderReading.of(sent), BY);
            case REPLAY -> settings.letters().replay(replay(sent), BY);
            case ANSWER -> settings.approvals().answer(answer(sent), BY);
            default -> settings.orders().give(OrderReading.of(sent), BY);
          };
      Answer.send(exchange, 202, Answer.JSON, Json.text(Map.of("given", given)) + "\n");
    } catch (OrderRefusedException refused) {
      Answer.error(exchange, 409, refused.getMessage());
    }
  }

  private static ReplayOrder replay(JsonNode sent) {
    OrderReading.requireFields(sent, Set.of("place", "evenIfUnreadable", "reason"));
    String place = OrderReading.text(sent, "place");
    if (LetterPlace.parse(place).isEmpty()) {
      throw new BadRequestException("place is " + LetterPlace.RULE);
    }
    JsonNode even = sent.path("evenIfUnreadable");
    if (!even.isMissingNode() && !even.isBoolean()) {
      throw new BadRequestException("evenIfUnreadable is true or false");
    }
    return new ReplayOrder(place, even.asBoolean(false), OrderReading.reason(sent));
  }

  private static ApprovalAnswer answer(JsonNode sent) {
    OrderReading.requireFields(sent, Set.of("planId", "granted", "reason"));
    String planId = OrderReading.text(sent, "planId");
    if (!PLAN_ID.matcher(planId).matches()) {
      throw new BadRequestException("planId is a plan's id, 16 of 0-9 and a-f");
    }
    if (!sent.path("granted").isBoolean()) {
      throw new BadRequestException("granted is true or false");
    }
    return new ApprovalAnswer(
        planId, sent.path("granted").booleanValue(), OrderReading.reason(sent));
  }
}
