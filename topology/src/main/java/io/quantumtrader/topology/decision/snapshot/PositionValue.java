package io.quantumtrader.topology.decision.snapshot;

import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Optional;

/** An open position at a price. */
public final class PositionValue {

  private PositionValue() {}

  /** Returns the position valued at the price; cash is rounded half to even to 18 digits. */
  public static PositionSnapshot at(Mark mark, OpenPosition position) {
    PositionLedger row = position.getLedger();
    BigDecimal gain = mark.price().subtract(row.getEntryPrice());
    BigDecimal perUnit = row.getSide() == PositionSide.LONG ? gain : gain.negate();
    BigDecimal leverage = BigDecimal.valueOf(Math.max(1, row.getLeverage()));
    long openedAtMs = PositionRows.openedAtMs(row);
    return PositionSnapshot.newBuilder()
        .setAccount(row.getAccount())
        .setSymbol(row.getSymbol())
        .setPositionId(row.getPositionId())
        .setSide(row.getSide())
        .setQuantity(row.getQuantity())
        .setEntryPrice(row.getEntryPrice())
        .setLeverage(row.getLeverage())
        .setMarkPrice(Decimals.cash(mark.price()))
        .setNotional(Decimals.cash(row.getQuantity().multiply(mark.price())))
        .setUnrealizedPnl(Decimals.cash(row.getQuantity().multiply(perUnit)))
        .setMarginInUse(
            Decimals.quotient(row.getQuantity().multiply(row.getEntryPrice()), leverage))
        .setPeakPrice(position.getPeakPrice())
        .setTroughPrice(position.getTroughPrice())
        .setOpenedAtMs(openedAtMs)
        .setAgeMs(Math.max(0, mark.atMs() - openedAtMs))
        .setRisk(row.getRisk())
        .setAsOfMs(mark.atMs())
        .setStopPrice(Protection.stop(row).orElse(null))
        .setTargetPrice(Protection.target(row).orElse(null))
        .setLiquidationPrice(liquidation(row, leverage).orElse(null))
        .build();
  }

  /**
   * Estimates where the margin of the position alone, without the rest of the wallet, is used up:
   * entry -/+ margin / quantity = entry x (1 -/+ 1 / leverage), minus for LONG. The exchange acts
   * earlier, by its maintenance margin and the closing fee, which are not known here. A long
   * without leverage has none.
   */
  private static Optional<BigDecimal> liquidation(PositionLedger row, BigDecimal leverage) {
    BigDecimal margin = Decimals.quotient(row.getEntryPrice(), leverage);
    BigDecimal price =
        row.getSide() == PositionSide.LONG
            ? row.getEntryPrice().subtract(margin)
            : row.getEntryPrice().add(margin);
    return Optional.of(Decimals.cash(price)).filter(Decimals::isPositive);
  }
}
