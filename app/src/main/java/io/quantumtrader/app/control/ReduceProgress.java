package io.quantumtrader.app.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * What becomes of an order to reduce the exposure: what is closed, and what exposure came of it in
 * each account.
 */
final class ReduceProgress {

  private final String orderId;
  private final double toExposure;
  private final Set<String> accounts;
  private final OrderedPlans plans;

  /**
   * Begins with the accounts that have something open as the order is given.
   *
   * @param orderId the order's id
   * @param toExposure margin over equity, at most
   */
  ReduceProgress(String orderId, double toExposure, Collection<String> accounts) {
    this.orderId = orderId;
    this.toExposure = toExposure;
    this.accounts = new TreeSet<>(accounts);
    this.plans = new OrderedPlans(orderId);
  }

  /** Takes a record of the decisions or the results, and returns whether nothing is to come. */
  boolean take(SpecificRecord record) {
    plans.take(record);
    return accounts.stream().allMatch(account -> plans.end(account).isPresent())
        && plans.allFinal();
  }

  /** Returns the accounts whose exposure is not known to be at most the share. */
  List<String> left() {
    return accounts.stream().filter(account -> !isReached(account)).toList();
  }

  private boolean isReached(String account) {
    return plans
        .end(account)
        .filter(end -> end.getCode().equals(ReasonCode.EXPOSURE_REACHED.name()))
        .isPresent();
  }

  /** Returns what came of it for people: a line for each close, and one for each account. */
  List<String> toLines() {
    List<String> lines = new ArrayList<>();
    plans.granted().forEach(grant -> lines.add(line(grant)));
    plans
        .denied()
        .forEach(
            denial ->
                lines.add(
                    "%s %s: not closed: %s%s"
                        .formatted(
                            denial.getAccount(),
                            denial.getSymbol(),
                            denial.getCode(),
                            DecisionText.inBrackets(denial))));
    accounts.forEach(account -> lines.add(account + ": " + outcome(account)));
    return lines;
  }

  private String line(Decision grant) {
    String what =
        "%s %s %s: ".formatted(grant.getAccount(), grant.getSymbol(), plain(grant, "open"));
    return plans
        .resultOf(grant)
        .filter(result -> result.getFilledQuantity().signum() > 0)
        .map(result -> what + "closed " + RecordJson.plain(result.getFilledQuantity()) + at(result))
        .orElseGet(() -> what + "not closed: " + plans.why(grant));
  }

  private static String at(ApplyResult result) {
    return result.getFill() == null ? "" : " at " + RecordJson.plain(result.getFill().getPrice());
  }

  private String outcome(String account) {
    Optional<Decision> ended = plans.end(account);
    if (ended.isEmpty()) {
      return plans.granted().stream().anyMatch(each -> each.getAccount().equals(account))
          ? "the exposure has not been reached yet"
          : "the stages have not answered; do they run, and does the feed's clock?";
    }
    Decision end = ended.get();
    String exposure =
        number(end, "exposure")
            .map(text -> "exposure " + Share.text(Double.parseDouble(text)) + ", ")
            .orElse("");
    String ordered = "at most " + Share.text(toExposure) + " was ordered";
    return isReached(account)
        ? exposure + ordered
        : "not reduced: " + exposure + ordered + ": " + end.getCode();
  }

  private static Optional<String> number(Decision decision, String name) {
    return decision.getNumbers().stream()
        .filter(number -> number.getName().equals(name))
        .map(NumberOf::getValue)
        .findFirst();
  }

  private static String plain(Decision decision, String name) {
    return number(decision, name).orElse("");
  }

  /** Returns what came of it as a JSON object. */
  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("order", orderId);
    node.put("toExposure", toExposure);
    ArrayNode all = node.putArray("accounts");
    for (String account : accounts) {
      ObjectNode row = all.addObject();
      row.put("account", account);
      row.put("reached", isReached(account));
      plans
          .end(account)
          .flatMap(end -> number(end, "exposure"))
          .ifPresent(exposure -> row.put("exposure", Double.parseDouble(exposure)));
      if (!isReached(account)) {
        row.put("why", outcome(account));
      }
    }
    ArrayNode closes = node.putArray("closes");
    plans.granted().forEach(grant -> add(closes.addObject(), grant));
    return node;
  }

  private void add(ObjectNode row, Decision grant) {
    row.put("account", grant.getAccount());
    row.put("symbol", grant.getSymbol());
    row.put("open", plain(grant, "open"));
    row.put("planned", plain(grant, "quantity"));
    Optional<ApplyResult> result = plans.resultOf(grant);
    row.put("closed", result.map(each -> RecordJson.plain(each.getFilledQuantity())).orElse("0"));
    result
        .filter(each -> each.getFill() != null)
        .ifPresent(each -> row.put("price", RecordJson.plain(each.getFill().getPrice())));
  }
}
