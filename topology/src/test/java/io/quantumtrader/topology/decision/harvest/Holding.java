package io.quantumtrader.topology.decision.harvest;

import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.dec;

import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.snapshot.Mark;
import io.quantumtrader.topology.decision.snapshot.PositionRows;
import io.quantumtrader.topology.decision.snapshot.PositionValue;
import io.quantumtrader.topology.decision.snapshot.Rows;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A position as the market goes on: 1 at 1000 with the first stop 20 away and the target at 8R. The
 * round trip costs 1, so that R = (profit - 1) / 20. What it remembers goes from price to price.
 */
final class Holding {

  private final PositionLedger.Builder row;
  private Policy policy = Policy.newBuilder().setVersion(7).build();
  private Optional<MarketState> state = Optional.of(calm().build());
  private Optional<BigDecimal> tick = Optional.of(dec("0.5"));
  private OpenPosition position;
  private long minute = 5;

  private Holding(PositionLedger.Builder row) {
    this.row = row;
    position = PositionRows.after(Optional.empty(), row.build(), Optional.empty()).orElseThrow();
  }

  static Holding of(PositionSide side) {
    boolean isLong = side == PositionSide.LONG;
    return new Holding(
        Rows.open(5)
            .setSide(side)
            .setQuantity(dec("1"))
            .setEntryPrice(dec("1000"))
            .setRisk(risk(isLong ? "980" : "1020", isLong ? "1160" : "840")));
  }

  static Holding of(PositionLedger.Builder row) {
    return new Holding(row);
  }

  static Risk risk(String stop, String target) {
    return Risk.newBuilder()
        .setInitialStop(dec(stop))
        .setTarget(target == null ? null : dec(target))
        .setFactor(1.5)
        .setSource(RiskSource.STATE_ATR)
        .build();
  }

  /** At the references of an hour: kill score 0.5, and the trailing stop at its smallest gap. */
  static MarketState.Builder calm() {
    return Given.state(Given.BTC).setIntervalMs(Given.HOUR).setSigma(0.001).setTs(0.3);
  }

  /** Returns a price of a long position as that of a short one with the same profit. */
  static String of(PositionSide side, String price) {
    return side == PositionSide.LONG ? price : dec("2000").subtract(dec(price)).toPlainString();
  }

  Holding with(Consumer<PositionLedger.Builder> change) {
    change.accept(row);
    position = OpenPosition.newBuilder(position).setLedger(row.build()).build();
    return this;
  }

  Holding under(Consumer<Policy.Builder> change) {
    Policy.Builder changed = Policy.newBuilder(policy);
    change.accept(changed);
    policy = changed.build();
    return this;
  }

  Holding in(MarketState.Builder market) {
    state = Optional.of(market.build());
    return this;
  }

  Holding withoutState() {
    state = Optional.empty();
    return this;
  }

  Holding withTick(String size) {
    tick = Optional.ofNullable(size).map(known -> dec(known));
    return this;
  }

  /** Goes to this price a minute later. */
  Optional<HarvestProposal> goTo(String price) {
    return goTo(price, 60_000);
  }

  /** Goes to this price after as many milliseconds. */
  Optional<HarvestProposal> goTo(String price, long laterMs) {
    minute += laterMs / 60_000;
    long now = at(minute) + laterMs % 60_000;
    BigDecimal mark = dec(price);
    OpenPosition seen =
        OpenPosition.newBuilder(position)
            .setPeakPrice(position.getPeakPrice().max(mark))
            .setTroughPrice(position.getTroughPrice().min(mark))
            .build();
    Harvested harvested =
        Harvest.after(
            new HarvestView(
                seen, PositionValue.at(new Mark(mark, now), seen), state, policy, tick));
    position = harvested.position();
    return harvested.proposal();
  }

  PositionLedger row() {
    return position.getLedger();
  }

  OpenPosition position() {
    return position;
  }
}
