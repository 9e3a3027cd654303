package io.quantumtrader.replay.result;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds results, ledger rows and funding into closed positions. A position's first row with its
 * sequence opens it, the flat row of that sequence closes it. For one thread.
 */
final class TradeFold {

  private final ClosingFills closingFills = new ClosingFills();
  private final Map<String, Open> open = new HashMap<>();
  private final Map<String, String> closedBy = new HashMap<>();
  private final Map<String, Long> closes = new HashMap<>();
  private final List<Trade> trades = new ArrayList<>();
  private long opened;
  private BigDecimal funding = BigDecimal.ZERO;

  /** A position that is open; what changes while it is. */
  private static final class Open {
    private PositionLedger row;
    private BigDecimal risk = BigDecimal.ZERO;
    private BigDecimal funding = BigDecimal.ZERO;
  }

  void take(ApplyResult result) {
    closingFills
        .take(result)
        .ifPresent(
            reason -> {
              closes.merge(reason, 1L, Long::sum);
              closedBy.put(Accounts.key(result.getAccount(), result.getSymbol()), reason);
            });
  }

  /** Takes what the exchange moved; funding alone counts here. */
  void take(ExchangeIncome income) {
    if (income.getKind() != IncomeKind.FUNDING) {
      return;
    }
    funding = funding.add(income.getAmount());
    Open position = open.get(Accounts.key(income.getAccount(), income.getSymbol()));
    if (position != null) {
      position.funding = position.funding.add(income.getAmount());
    }
  }

  void take(PositionLedger row) {
    String key = Accounts.key(row.getAccount(), row.getSymbol());
    if (row.getSide() != PositionSide.FLAT) {
      takeOpen(key, row);
    } else if (open.containsKey(key)) {
      close(key, open.remove(key), row);
    }
  }

  private void takeOpen(String key, PositionLedger row) {
    Open position = open.get(key);
    if (position == null) {
      position = new Open();
      open.put(key, position);
      opened++;
    }
    boolean grown =
        position.row == null || row.getQuantity().compareTo(position.row.getQuantity()) > 0;
    if (row.getRisk() != null && (grown || position.risk.signum() == 0)) {
      position.risk =
          row.getEntryPrice()
              .subtract(row.getRisk().getInitialStop())
              .abs()
              .multiply(row.getQuantity());
    }
    position.row = row;
  }

  private void close(String key, Open position, PositionLedger flat) {
    PositionLedger row = position.row;
    trades.add(
        new Trade(
            row.getAccount(),
            row.getSymbol(),
            row.getPositionId(),
            row.getSide(),
            row.getOpenedRegime() == null ? "" : row.getOpenedRegime(),
            row.getOpenedAtMs() == null ? row.getUpdatedAtMs() : row.getOpenedAtMs(),
            flat.getFlatSinceMs() == null ? flat.getUpdatedAtMs() : flat.getFlatSinceMs(),
            flat.getPositionRealizedPnl(),
            flat.getPositionFees(),
            position.funding,
            position.risk,
            closedBy.getOrDefault(key, "")));
  }

  /** Returns the closed positions in the order in which they were closed. */
  List<Trade> trades() {
    return trades;
  }

  /** Returns how many positions were opened. */
  long opened() {
    return opened;
  }

  /** Returns how many fills reduced a position, by what led to them. */
  Map<String, Long> closes() {
    return closes;
  }

  /** Returns all funding, also of positions that are still open; below 0 was paid. */
  BigDecimal funding() {
    return funding;
  }
}
