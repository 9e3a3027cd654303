package io.quantumtrader.app.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What becomes of an order to tighten a stop, account by account. */
final class StopProgress {

  private final String orderId;
  private final BigDecimal price;
  private final List<PositionLedger> found;
  private final OrderedPlans plans;

  /**
   * Begins with the positions that are open as the order is given.
   *
   * @param orderId the order's id
   * @param price the new stop, quote currency
   * @param found their rows of the ledger, one of an account at most
   */
  StopProgress(String orderId, BigDecimal price, List<PositionLedger> found) {
    this.orderId = orderId;
    this.price = price;
    this.found = List.copyOf(found);
    this.plans = new OrderedPlans(orderId);
  }

  /** Takes a record of the decisions or the results, and returns whether nothing is to come. */
  boolean take(SpecificRecord record) {
    plans.take(record);
    return found.stream().allMatch(row -> isOver(row.getAccount()));
  }

  private boolean isOver(String account) {
    return denial(account).isPresent() || result(account).isPresent();
  }

  private Optional<Decision> denial(String account) {
    return plans.end(account).or(() -> of(plans.denied(), account));
  }

  private Optional<Decision> grant(String account) {
    return of(plans.granted(), account);
  }

  private static Optional<Decision> of(List<Decision> decisions, String account) {
    return decisions.stream().filter(each -> each.getAccount().equals(account)).findFirst();
  }

  private Optional<ApplyResult> result(String account) {
    return grant(account).flatMap(plans::resultOf).filter(ApplyResult::getFinalResult);
  }

  private boolean isMoved(String account) {
    return result(account)
        .filter(result -> result.getOutcome() == ResultOutcome.PROTECTED)
        .isPresent();
  }

  /** Returns how many of the stops are not known to be moved. */
  int left() {
    return (int) found.stream().filter(row -> !isMoved(row.getAccount())).count();
  }

  /** Returns how many positions there were. */
  int found() {
    return found.size();
  }

  /** Returns what came of it for people: a line for each position. */
  List<String> toLines() {
    return found.stream().map(this::line).toList();
  }

  private String line(PositionLedger row) {
    String what =
        "%s %s %s %s: "
            .formatted(
                row.getAccount(),
                row.getSymbol(),
                row.getSide(),
                RecordJson.plain(row.getQuantity()));
    return isMoved(row.getAccount())
        ? what + "the stop is at " + RecordJson.plain(stop(row.getAccount()))
        : what + "the stop is not moved: " + why(row.getAccount());
  }

  /** The stages put it on the exchange's tick. */
  private BigDecimal stop(String account) {
    return result(account).map(ApplyResult::getStopPrice).orElse(price);
  }

  private String why(String account) {
    return denial(account)
        .map(denial -> denial.getCode() + DecisionText.inBrackets(denial))
        .or(() -> grant(account).map(plans::why))
        .orElse("the stages have not answered; do they run, or is something under way?");
  }

  /** Returns what came of it as a JSON object. */
  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("order", orderId);
    node.put("newStop", RecordJson.plain(price));
    ArrayNode all = node.putArray("positions");
    for (PositionLedger each : found) {
      ObjectNode row = all.addObject();
      row.put("account", each.getAccount());
      row.put("symbol", each.getSymbol());
      row.put("side", each.getSide().name());
      row.put("moved", isMoved(each.getAccount()));
      if (isMoved(each.getAccount())) {
        row.put("stop", RecordJson.plain(stop(each.getAccount())));
      } else {
        row.put("why", why(each.getAccount()));
      }
    }
    return node;
  }
}
