package io.quantumtrader.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.console.order.PolicyOrder;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Accounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a change of the policy out of a request, and says what is wrong with one that is none. */
final class PolicyOrderReading {

  private static final int MOST_CHANGES = 100;
  private static final Set<String> FIELDS =
      Arrays.stream(PolicyOrder.class.getRecordComponents())
          .map(component -> component.getName())
          .collect(Collectors.toUnmodifiableSet());

  private PolicyOrderReading() {}

  /**
   * Reads a change.
   *
   * @throws BadRequestException where it is none
   */
  static PolicyOrder of(JsonNode tree) {
    OrderReading.requireFields(tree, FIELDS, "a change of the policy");
    PolicyOrder order =
        new PolicyOrder(
            kind(OrderReading.text(tree, "kind")),
            OrderReading.text(tree, "name"),
            changes(tree.path("changes")),
            whole(tree, "atMs", Long.MAX_VALUE),
            count(tree, "afterDays", PolicyOrder.MOST_DAYS),
            count(tree, "afterTrades", PolicyOrder.MOST_TRADES),
            share(tree, "drawdownAtMost"),
            share(tree, "dailyLossAtMost"),
            flag(tree, "evenIfExceeded"),
            OrderReading.text(tree, "scheduleId"),
            OrderReading.reason(tree));
    check(order);
    return order;
  }

  private static void check(PolicyOrder order) {
    if (order.kind() == PolicyOrder.Kind.WITHDRAW) {
      if (order.scheduleId().isEmpty()) {
        throw new BadRequestException("WITHDRAW needs the scheduleId of a scheduled change");
      }
      if (!order.changes().isEmpty() || !order.name().isEmpty()) {
        throw new BadRequestException(
            "WITHDRAW changes nothing itself; leave name and changes out");
      }
      return;
    }
    if (!order.name().equals(Policies.DEFAULT)
        && (!Accounts.isName(order.name()) || order.name().equals(Policies.BUILTIN))) {
      throw new BadRequestException("name is default, or an account's name");
    }
    if (order.changes().isEmpty() || order.changes().size() > MOST_CHANGES) {
      throw new BadRequestException("give changes, like [\"maxPositions=20\"]");
    }
    if (!order.scheduleId().isEmpty()) {
      throw new BadRequestException("SCHEDULE gets an id of its own; leave scheduleId out");
    }
  }

  private static PolicyOrder.Kind kind(String text) {
    for (PolicyOrder.Kind kind : PolicyOrder.Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    throw new BadRequestException(
        "kind is one of "
            + String.join(", ", Arrays.stream(PolicyOrder.Kind.values()).map(Enum::name).toList()));
  }

  private static List<String> changes(JsonNode node) {
    List<String> changes = new ArrayList<>();
    if (!isAbsent(node)) {
      node.forEach(
          each -> {
            if (each.isTextual()) {
              changes.add(each.textValue().strip());
            }
          });
      if (!node.isArray() || changes.size() != node.size()) {
        throw new BadRequestException("changes is a list of texts, like [\"maxPositions=20\"]");
      }
    }
    return changes;
  }

  private static int count(JsonNode tree, String name, int most) {
    Long number = whole(tree, name, most);
    return number == null ? 0 : number.intValue();
  }

  private static Long whole(JsonNode tree, String name, long most) {
    JsonNode value = tree.path(name);
    if (isAbsent(value)) {
      return null;
    }
    if (!value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.longValue() < 0
        || value.longValue() > most) {
      throw new BadRequestException("%s is a whole number from 0 to %d".formatted(name, most));
    }
    return value.longValue();
  }

  private static Double share(JsonNode tree, String name) {
    JsonNode value = tree.path(name);
    if (isAbsent(value)) {
      return null;
    }
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
      throw new BadRequestException(name + " is a number from 0 to 1, like 0.05");
    }
    return value.doubleValue();
  }

  private static boolean flag(JsonNode tree, String name) {
    JsonNode value = tree.path(name);
    if (!isAbsent(value) && !value.isBoolean()) {
      throw new BadRequestException(name + " is true or false");
    }
    return value.booleanValue();
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
