package io.quantumtrader.topology.decision.snapshot;

import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Optional;

/** What a ledger row does to what is known of the position. */
public final class PositionRows {

  private static final long NO_CANDLE = -1;

  private PositionRows() {}

  /** Returns whether the position is open. */
  public static boolean isOpen(OpenPosition position) {
    return isOpen(position.getLedger());
  }

  private static boolean isOpen(PositionLedger row) {
    boolean sided = row.getSide() == PositionSide.LONG || row.getSide() == PositionSide.SHORT;
    return sided && row.getQuantity().signum() > 0;
  }

  /**
   * Returns the position after a row, or empty where the row is older than what is known.
   *
   * @param known the position so far, if any
   * @param mark last price of the symbol, if any
   */
  public static Optional<OpenPosition> after(
      Optional<OpenPosition> known, PositionLedger row, Optional<Mark> mark) {
    if (known.isPresent() && isOlder(row, known.get().getLedger())) {
      return Optional.empty();
    }
    if (!isOpen(row)) {
      BigDecimal none = Decimals.ZERO;
      return Optional.of(position(row, none, none));
    }
    boolean same =
        known.isPresent()
            && isOpen(known.get())
            && known.get().getLedger().getOpenSequence() == row.getOpenSequence();
    return Optional.of(same ? changed(known.get(), row) : opened(row, mark));
  }

  private static boolean isOlder(PositionLedger row, PositionLedger known) {
    if (row.getOpenSequence() != known.getOpenSequence()) {
      return row.getOpenSequence() < known.getOpenSequence();
    }
    return row.getUpdatedAtMs() < known.getUpdatedAtMs();
  }

  private static OpenPosition changed(OpenPosition known, PositionLedger row) {
    BigDecimal entry = row.getEntryPrice();
    return Copies.of(known, OpenPosition.newBuilder())
        .setLedger(row)
        .setPeakPrice(known.getPeakPrice().max(entry))
        .setTroughPrice(known.getTroughPrice().min(entry))
        .setSettledPeakPrice(known.getSettledPeakPrice().max(entry))
        .setSettledTroughPrice(known.getSettledTroughPrice().min(entry))
        .build();
  }

  private static OpenPosition opened(PositionLedger row, Optional<Mark> mark) {
    BigDecimal entry = row.getEntryPrice();
    BigDecimal seen =
        mark.filter(price -> price.atMs() >= openedAtMs(row)).map(Mark::price).orElse(entry);
    return position(row, entry.max(seen), entry.min(seen));
  }

  private static OpenPosition position(PositionLedger row, BigDecimal peak, BigDecimal trough) {
    return OpenPosition.newBuilder()
        .setLedger(row)
        .setPeakPrice(peak)
        .setTroughPrice(trough)
        .setSettledPeakPrice(peak)
        .setSettledTroughPrice(trough)
        .setCandleOpenMs(NO_CANDLE)
        .build();
  }

  /** Returns when the position was opened, epoch ms. */
  static long openedAtMs(PositionLedger row) {
    return row.getOpenedAtMs() == null ? row.getUpdatedAtMs() : row.getOpenedAtMs();
  }
}
