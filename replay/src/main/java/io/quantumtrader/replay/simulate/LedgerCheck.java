package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The ledger is the fold of the fills: each once, whatever is written twice or makes no sense. */
final class LedgerCheck implements Watcher {

  private static final MathContext DIGITS = MathContext.DECIMAL128;
  private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

  private final Verdicts verdicts;
  private final Map<String, Folded> folded = new HashMap<>();
  private final Map<String, Map<String, Folded>> after = new HashMap<>();
  private final Set<String> fills = new HashSet<>();
  private final Map<String, PositionLedger> rows = new HashMap<>();

  /**
   * What fills come to.
   *
   * @param quantity signed, base units
   * @param entryPrice mean price of what is open
   * @param realized profit of what was closed, without fees
   * @param fees all that was paid
   */
  record Folded(BigDecimal quantity, BigDecimal entryPrice, BigDecimal realized, BigDecimal fees) {

    private static final Folded NONE =
        new Folded(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    Folded with(OrderSide side, Fill fill) {
      BigDecimal delta = side == OrderSide.BUY ? fill.getQuantity() : fill.getQuantity().negate();
      BigDecimal next = quantity.add(delta);
      BigDecimal paid = fees.add(fill.getFee());
      boolean enlarges = quantity.signum() == 0 || quantity.signum() == delta.signum();
      if (enlarges) {
        BigDecimal cost =
            quantity.abs().multiply(entryPrice).add(delta.abs().multiply(fill.getPrice()));
        return new Folded(next, cost.divide(next.abs(), DIGITS), realized, paid);
      }
      BigDecimal closed = delta.abs().min(quantity.abs());
      BigDecimal gain =
          fill.getPrice()
              .subtract(entryPrice)
              .multiply(closed)
              .multiply(BigDecimal.valueOf(quantity.signum()));
      boolean flips = next.signum() != 0 && next.signum() != quantity.signum();
      return new Folded(next, flips ? fill.getPrice() : entryPrice, realized.add(gain), paid);
    }
  }

  LedgerCheck(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  private static String key(String account, String symbol) {
    return account + ":" + symbol;
  }

  @Override
  public void result(ApplyResult result, boolean rogue) {
    Fill fill = result.getFill();
    String key = key(result.getAccount(), result.getSymbol());
    boolean sound =
        fill != null
            && fill.getQuantity().signum() > 0
            && fill.getPrice().signum() > 0
            && result.getOrderId().length() < RogueEvents.TOO_LONG.length()
            && (result.getSide() == OrderSide.BUY || result.getSide() == OrderSide.SELL);
    if (sound && fills.add(key + "|" + fill.getFillId())) {
      Folded next = folded.getOrDefault(key, Folded.NONE).with(result.getSide(), fill);
      folded.put(key, next);
      after.computeIfAbsent(key, any -> new HashMap<>()).put(fill.getFillId(), next);
    }
  }

  /** A fill that turns a position has two rows: the last one before the end of a step counts. */
  @Override
  public void ledger(PositionLedger row) {
    rows.put(key(row.getAccount(), row.getSymbol()), row);
  }

  /** Compares the last rows with the fills that they name. */
  void check() {
    rows.forEach(
        (key, row) -> {
          Folded expected = after.getOrDefault(key, Map.of()).get(row.getLastFillId());
          if (expected == null) {
            verdicts.broken(Promise.LEDGER_IS_FOLD, key + " names the fill " + row.getLastFillId());
          } else {
            compare(key, row, expected);
          }
        });
  }

  /** Compares the last rows with all fills, once nothing is left to do. */
  void end() {
    folded.forEach(
        (key, expected) -> {
          if (rows.containsKey(key)) {
            compare(key, rows.get(key), expected);
          } else {
            verdicts.broken(Promise.LEDGER_IS_FOLD, key + " has fills and no row");
          }
        });
  }

  private void compare(String key, PositionLedger row, Folded expected) {
    BigDecimal quantity = signed(row);
    boolean same =
        quantity.compareTo(expected.quantity()) == 0
            && (quantity.signum() == 0 || near(row.getEntryPrice(), expected.entryPrice()))
            && near(row.getRealizedPnl(), expected.realized())
            && near(row.getFees(), expected.fees());
    if (!same) {
      verdicts.broken(
          Promise.LEDGER_IS_FOLD,
          "%s has %s at %s, realized %s, fees %s; the fills come to %s"
              .formatted(
                  key,
                  quantity,
                  row.getEntryPrice(),
                  row.getRealizedPnl(),
                  row.getFees(),
                  expected));
    }
  }

  /** Returns what the fills of a symbol come to, signed. */
  BigDecimal quantity(String account, String symbol) {
    return folded.getOrDefault(key(account, symbol), Folded.NONE).quantity();
  }

  private static BigDecimal signed(PositionLedger row) {
    return row.getSide() == PositionSide.SHORT ? row.getQuantity().negate() : row.getQuantity();
  }

  private static boolean near(BigDecimal one, BigDecimal other) {
    BigDecimal scale = BigDecimal.ONE.max(one.abs());
    return one.subtract(other).abs().compareTo(scale.multiply(TOLERANCE)) <= 0;
  }
}
