package io.quantumtrader.app.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * What becomes of an order to close, position by position: the ledger says whether one is closed,
 * decisions and results say how, or why not.
 */
final class CloseProgress {

  private final String orderId;
  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final Map<String, ApplyResult> results = new HashMap<>();

  /** One position, by what is known of it until now. */
  private static final class Position {
    private final PositionLedger found;
    private final List<String> plans = new ArrayList<>();
    private Optional<PositionLedger> closed = Optional.empty();
    private Optional<Decision> denial = Optional.empty();

    private Position(PositionLedger found) {
      this.found = found;
    }
  }

  /**
   * Begins with the positions that are open as the order is given.
   *
   * @param orderId the order's id
   * @param found their rows of the ledger
   */
  CloseProgress(String orderId, List<PositionLedger> found) {
    this.orderId = orderId;
    for (PositionLedger row : found) {
      positions.put(Accounts.key(row.getAccount(), row.getSymbol()), new Position(row));
    }
  }

  /** Takes a record of the decisions, the results or the ledger, and returns whether all closed. */
  boolean take(SpecificRecord record) {
    switch (record) {
      case Decision decision -> take(decision);
      case ApplyResult result -> results.put(result.getPlanId(), result);
      case PositionLedger row -> take(row);
      default -> {
        // Nothing else says what becomes of a position.
      }
    }
    return left() == 0;
  }

  private void take(Decision decision) {
    Position position = positions.get(Accounts.key(decision.getAccount(), symbolOf(decision)));
    boolean ours = position != null && isOf(position, decision);
    if (ours && decision.getVerdict() == Verdict.GRANTED && decision.getPlanId() != null) {
      position.plans.add(decision.getPlanId());
    } else if (ours && decision.getVerdict() == Verdict.DENIED) {
      position.denial = Optional.of(decision);
    }
  }

  /** A close larger than one order goes on by itself: each part is asked for by the one before. */
  private boolean isOf(Position position, Decision decision) {
    String cause = decision.getCauseId();
    return switch (decision.getCauseType()) {
      case CONTROL -> cause.equals(orderId + "/" + position.found.getPositionId());
      case PLAN -> position.plans.stream().anyMatch(plan -> cause.equals(plan + "/rest"));
      default -> false;
    };
  }

  /** The row may be older than what was found; the count of positions tells. */
  private void take(PositionLedger row) {
    Position position = positions.get(Accounts.key(row.getAccount(), row.getSymbol()));
    if (position == null || position.closed.isPresent()) {
      return;
    }
    long sequence = position.found.getOpenSequence();
    boolean flat = row.getOpenSequence() == sequence && !Sides.isOpen(row);
    if (flat || row.getOpenSequence() > sequence) {
      position.closed = Optional.of(row);
    }
  }

  /** Returns how many positions there were. */
  int found() {
    return positions.size();
  }

  /** Returns how many of them are open still. */
  int left() {
    return (int) positions.values().stream().filter(each -> each.closed.isEmpty()).count();
  }

  /** Returns whether anybody has answered the order at all. */
  boolean isAnswered() {
    return positions.values().stream()
        .anyMatch(
            each -> each.closed.isPresent() || each.denial.isPresent() || !each.plans.isEmpty());
  }

  /** Returns what came of it for people: a line for each position, and the count. */
  List<String> toLines() {
    List<String> lines = new ArrayList<>();
    positions.values().forEach(each -> lines.add(line(each)));
    lines.add(
        "%d position%s found, %d closed, %d left"
            .formatted(found(), found() == 1 ? "" : "s", found() - left(), left()));
    return lines;
  }

  /** Returns what came of it as a JSON object. */
  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("order", orderId);
    node.put("found", found());
    node.put("closed", found() - left());
    node.put("left", left());
    ArrayNode all = node.putArray("positions");
    for (Position each : positions.values()) {
      ObjectNode row = all.addObject();
      row.put("account", each.found.getAccount());
      row.put("symbol", each.found.getSymbol());
      row.put("side", each.found.getSide().name());
      row.put("quantity", RecordJson.plain(each.found.getQuantity()));
      row.put("closed", each.closed.isPresent());
      price(each).ifPresent(price -> row.put("price", RecordJson.plain(price)));
      profit(each).ifPresent(profit -> row.put("realizedPnl", RecordJson.plain(profit)));
      if (each.closed.isEmpty()) {
        row.put("why", why(each));
      }
    }
    return node;
  }

  private String line(Position each) {
    String what =
        "%s %s %s %s: "
            .formatted(
                each.found.getAccount(),
                each.found.getSymbol(),
                each.found.getSide(),
                RecordJson.plain(each.found.getQuantity()));
    if (each.closed.isEmpty()) {
      return what + "not closed: " + why(each);
    }
    String at = price(each).map(price -> " at " + RecordJson.plain(price)).orElse("");
    String profit =
        profit(each)
            .map(
                made ->
                    String.format(
                        Locale.ROOT,
                        ", profit %,.2f before fees",
                        made.setScale(2, RoundingMode.HALF_EVEN)))
            .orElse("");
    return what + "closed" + at + profit;
  }

  private String why(Position each) {
    if (each.denial.isPresent()) {
      Decision denial = each.denial.get();
      return denial.getCode() + DecisionText.inBrackets(denial);
    }
    Optional<ApplyResult> last = lastResult(each);
    if (last.isPresent()) {
      ApplyResult result = last.get();
      String code = result.getCode().isEmpty() ? "" : " " + result.getCode();
      String message = result.getMessage().isEmpty() ? "" : " (" + result.getMessage() + ")";
      return "the exchange's answer was " + result.getOutcome() + code + message;
    }
    if (!each.plans.isEmpty()) {
      return "plan " + each.plans.getLast() + " has no result yet; does the executor run?";
    }
    return "the stages have not answered; do they run?";
  }

  private Optional<ApplyResult> lastResult(Position each) {
    return each.plans.reversed().stream()
        .map(results::get)
        .filter(result -> result != null)
        .findFirst();
  }

  private Optional<BigDecimal> price(Position each) {
    return lastResult(each)
        .filter(result -> each.closed.isPresent() && result.getFill() != null)
        .map(result -> result.getFill().getPrice());
  }

  /** A row of the next position says nothing about this one's profit. */
  private static Optional<BigDecimal> profit(Position each) {
    return each.closed
        .filter(row -> row.getOpenSequence() == each.found.getOpenSequence())
        .map(PositionLedger::getPositionRealizedPnl);
  }

  private static String symbolOf(Decision decision) {
    return decision.getSymbol() == null ? "" : decision.getSymbol();
  }
}
