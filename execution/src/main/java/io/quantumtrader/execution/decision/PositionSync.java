package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Holds the exchange's positions against the ledger. They may differ for moments, while a fill is
 * on its way; what goes on differing by the same quantity is a difference that nobody has
 * explained, and holds entries in the symbol. Nothing here repairs a number: a fill that is found
 * does.
 */
public final class PositionSync {

  /** How long the same difference must last before it holds entries, milliseconds. */
  public static final long PATIENCE_MS = 5_000;

  /**
   * A difference that was seen.
   *
   * @param quantity exchange less ledger, base units, signed, not 0
   * @param sinceMs since when it is this one, on the clock, epoch milliseconds UTC
   */
  public record Difference(BigDecimal quantity, long sinceMs) {}

  /**
   * What one look found.
   *
   * @param differences all differences by symbol, young ones too
   * @param holds those that have lasted, ascending by symbol
   */
  public record Look(Map<String, Difference> differences, List<PositionHold> holds) {
    public Look {
      differences = Map.copyOf(differences);
      holds = List.copyOf(holds);
    }
  }

  private PositionSync() {}

  /**
   * Compares.
   *
   * @param ledger rows of one account, open or flat
   * @param exchange its open positions on the exchange
   * @param step the quantity step of a symbol, base units; 0 where it is not known. What differs by
   *     less is equal
   * @param before the differences of the look before
   * @param nowMs the clock, epoch milliseconds UTC
   */
  public static Look look(
      Collection<PositionLedger> ledger,
      Collection<ExchangePosition> exchange,
      Function<String, BigDecimal> step,
      Map<String, Difference> before,
      long nowMs) {
    Map<String, BigDecimal> ours = new HashMap<>();
    ledger.forEach(row -> ours.put(row.getSymbol(), signed(row.getSide(), row.getQuantity())));
    Map<String, BigDecimal> theirs = new HashMap<>();
    exchange.forEach(
        position ->
            theirs.put(position.getSymbol(), signed(position.getSide(), position.getQuantity())));
    TreeSet<String> symbols = new TreeSet<>(ours.keySet());
    symbols.addAll(theirs.keySet());
    Map<String, Difference> differences = new TreeMap<>();
    List<PositionHold> holds = new ArrayList<>();
    for (String symbol : symbols) {
      BigDecimal our = ours.getOrDefault(symbol, BigDecimal.ZERO);
      BigDecimal their = theirs.getOrDefault(symbol, BigDecimal.ZERO);
      BigDecimal quantity = their.subtract(our);
      if (quantity.signum() == 0 || quantity.abs().compareTo(step.apply(symbol)) < 0) {
        continue;
      }
      Difference difference = lasting(quantity, before.get(symbol), nowMs);
      differences.put(symbol, difference);
      if (nowMs - difference.sinceMs() >= PATIENCE_MS) {
        holds.add(new PositionHold(symbol, our, their, difference.sinceMs()));
      }
    }
    return new Look(differences, holds);
  }

  /** Returns the differences that published holds tell of, for whoever takes them up. */
  public static Map<String, Difference> of(List<PositionHold> holds) {
    Map<String, Difference> differences = new HashMap<>();
    for (PositionHold hold : holds) {
      BigDecimal quantity = hold.getExchangeQuantity().subtract(hold.getLedgerQuantity());
      differences.put(hold.getSymbol(), new Difference(quantity, hold.getSinceMs()));
    }
    return differences;
  }

  private static Difference lasting(BigDecimal quantity, Difference before, long nowMs) {
    boolean same = before != null && before.quantity().compareTo(quantity) == 0;
    return same && before.sinceMs() <= nowMs ? before : new Difference(quantity, nowMs);
  }

  /** Returns a quantity with the sign of its side, base units: negative where it is short. */
  public static BigDecimal signed(PositionSide side, BigDecimal quantity) {
    return switch (side) {
      case LONG -> quantity;
      case SHORT -> quantity.negate();
      case FLAT, UNRECOGNIZED -> BigDecimal.ZERO;
    };
  }
}
