package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/**
 * An account that a change would put beyond a limit.
 *
 * @param account name
 * @param asOfMs its clock when that was told, epoch milliseconds UTC
 * @param open symbols in which it has a position, by name
 * @param exceeded the limit
 * @param before what the policy in force allows, as text
 */
record AccountExceeded(
    String account, long asOfMs, List<String> open, LimitExceeded exceeded, String before) {

  AccountExceeded {
    open = List.copyOf(open);
  }

  /** Returns it for people, with what it means. */
  String text() {
    AccountLimit limit = exceeded.limit();
    return "Account %s (%s, %s): %s %s, beyond %s = %s (in force: %s). %s"
        .formatted(
            account,
            PolicyText.time(asOfMs),
            open.isEmpty() ? "nothing open" : "open: " + String.join(", ", open),
            exceeded.now(),
            limit.measure(),
            limit.field(),
            exceeded.allowed(),
            before,
            limit.effect().meaning());
  }

  /** Returns it as JSON. */
  ObjectNode json() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("account", account);
    answer.put("asOfMs", asOfMs);
    open.forEach(answer.putArray("open")::add);
    answer.put("field", exceeded.limit().field());
    answer.put("before", before);
    answer.put("limit", exceeded.allowed());
    answer.put("now", exceeded.now());
    answer.put("effect", exceeded.limit().effect().name());
    return answer;
  }

  /** Returns several as JSON. */
  static ArrayNode json(Collection<AccountExceeded> all) {
    ArrayNode answer = JsonNodeFactory.instance.arrayNode();
    all.forEach(each -> answer.add(each.json()));
    return answer;
  }

  /** Returns how many accounts and limits these are, for people. */
  static String count(Collection<AccountExceeded> all) {
    long accounts = all.stream().map(AccountExceeded::account).distinct().count();
    return "%s of %s"
        .formatted(
            PolicyDesk.count(all.size(), "limit"), PolicyDesk.count((int) accounts, "account"));
  }
}
