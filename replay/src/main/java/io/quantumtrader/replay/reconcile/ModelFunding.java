package io.quantumtrader.replay.reconcile;

import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.paper.PaperPricing;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the model pays as funding for the positions that there were. What was open when follows from
 * the last row of the ledger and the fills up to it, undone from the last to the first.
 */
final class ModelFunding {

  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final Marks marks;
  private final PaperPricing pricing;

  /**
   * A payment.
   *
   * @param account whose it is
   * @param symbol what is open
   * @param atMs when it is due, epoch milliseconds UTC
   * @param amount quote currency; below 0 is paid
   */
  record Payment(String account, String symbol, long atMs, BigDecimal amount) {}

  /** What is open at the end, and the fills that led to it, in their order. */
  private static final class Position {
    private final String account;
    private final String symbol;
    private BigDecimal quantity = BigDecimal.ZERO;
    private final List<ApplyResult> fills = new ArrayList<>();

    private Position(String account, String symbol) {
      this.account = account;
      this.symbol = symbol;
    }

    /** Returns what was open after the fills of a time, base units, below 0 for a short. */
    private BigDecimal at(long atMs) {
      BigDecimal open = quantity;
      for (ApplyResult fill : fills) {
        if (fill.getFill().getAtMs() > atMs) {
          open = open.subtract(NetPosition.signed(fill.getSide(), fill.getFill().getQuantity()));
        }
      }
      return open;
    }
  }

  ModelFunding(TradedRecords records, Marks marks, PaperPricing pricing) {
    this.marks = marks;
    this.pricing = pricing;
    Map<String, BigDecimal> last = new HashMap<>();
    for (PositionLedger row : records.rows()) {
      boolean isShort = row.getSide() == PositionSide.SHORT;
      last.put(
          Accounts.key(row.getAccount(), row.getSymbol()),
          isShort ? row.getQuantity().negate() : row.getQuantity());
      position(row.getAccount(), row.getSymbol());
    }
    Set<String> seen = new HashSet<>();
    for (ApplyResult result : records.results()) {
      if (result.getFill() != null
          && seen.add(result.getAccount() + ":" + result.getFill().getFillId())) {
        position(result.getAccount(), result.getSymbol()).fills.add(result);
      }
    }
    positions.forEach(
        (key, position) ->
            position.quantity =
                Optional.ofNullable(last.get(key)).orElseGet(() -> folded(position)));
  }

  private Position position(String account, String symbol) {
    return positions.computeIfAbsent(
        Accounts.key(account, symbol), any -> new Position(account, symbol));
  }

  private static BigDecimal folded(Position position) {
    BigDecimal open = BigDecimal.ZERO;
    for (ApplyResult fill : position.fills) {
      open = open.add(NetPosition.signed(fill.getSide(), fill.getFill().getQuantity()));
    }
    return open;
  }

  /**
   * Returns the payments that are due in a time: of what was opened before each and still open
   * after it.
   */
  List<Payment> between(long fromMs, long toMs) {
    List<Payment> payments = new ArrayList<>();
    if (pricing.settings().fundingRate().signum() == 0) {
      return payments;
    }
    long period = PaperPricing.FUNDING_PERIOD_MS;
    for (long atMs = Math.ceilDiv(fromMs, period) * period; atMs < toMs; atMs += period) {
      for (Position position : positions.values()) {
        BigDecimal open = position.at(atMs);
        boolean openedBefore = position.at(atMs - 1).signum() == open.signum();
        Optional<BigDecimal> price = marks.last(position.symbol, atMs);
        if (open.signum() != 0 && openedBefore && price.isPresent()) {
          payments.add(
              new Payment(
                  position.account, position.symbol, atMs, pricing.funding(open, price.get())));
        }
      }
    }
    return payments;
  }
}
