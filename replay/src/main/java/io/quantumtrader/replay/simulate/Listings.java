package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.decision.PriceGrid;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.LeverageBracket;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What the exchange of a simulated world takes in each symbol: its filters, and bounds on orders,
 * positions and prices that are narrow enough for entries and closes to meet them. They change
 * while positions are open. Tick and step of a symbol stay the same, as they nearly always do.
 */
final class Listings {

  /** A symbol that is listed although nobody has a price of it. */
  static final String WITHOUT_PRICES = "NEWUSDT";

  private static final int SCALE = 18;
  private static final int MAX_LEVERAGE = 50;

  /** Values of the largest market order, quote currency. */
  private static final int[] ORDERS = {150, 400, 1_200, 5_000};

  /** Values of the largest position at the lowest leverage, quote currency. */
  private static final int[] POSITIONS = {600, 2_000, 8_000};

  /** Half widths of the price band, as shares of the mark price. */
  private static final String[] BANDS = {"0.01", "0.03", "0.10"};

  private final SimulatedMarket market;
  private final Map<String, BigDecimal> steps = new TreeMap<>();
  private final Map<String, Instrument> listed = new TreeMap<>();

  Listings(SimulatedMarket market) {
    this.market = market;
  }

  /** Lists every symbol that is traded; to be called once it has a price. */
  List<Instrument> begin(SplittableRandom random, long nowMs) {
    List<Instrument> all = new ArrayList<>();
    for (String symbol : SimulatedMarket.SYMBOLS) {
      all.add(drawn(symbol, random, false, nowMs));
    }
    return all;
  }

  /** Lists a symbol otherwise, or one that nobody has prices of; it may not trade for a while. */
  Instrument changed(SplittableRandom random, long nowMs) {
    String symbol = random.nextInt(6) == 0 ? WITHOUT_PRICES : SimulatedMarket.symbol(random);
    return drawn(symbol, random, true, nowMs);
  }

  /** Returns how a symbol is listed; empty where it never was. */
  Optional<Instrument> of(String symbol) {
    return Optional.ofNullable(listed.get(symbol));
  }

  private Instrument drawn(String symbol, SplittableRandom random, boolean mayBreak, long nowMs) {
    String priced = symbol.equals(WITHOUT_PRICES) ? "SOLUSDT" : symbol;
    BigDecimal price = market.price(priced);
    BigDecimal step = steps.computeIfAbsent(symbol, any -> PriceGrid.step(price));
    Instrument.Builder builder =
        Instrument.newBuilder()
            .setSymbol(symbol)
            .setTickSize(market.tick(priced).setScale(SCALE))
            .setStepSize(step.setScale(SCALE))
            .setMinQuantity(step.setScale(SCALE))
            .setMinNotional(cash(random.nextInt(8) == 0 ? 100 : 5))
            .setMaxLeverage(MAX_LEVERAGE)
            .setStatus(
                mayBreak && random.nextInt(4) == 0
                    ? InstrumentStatus.BREAK
                    : InstrumentStatus.TRADING)
            .setAsOfMs(nowMs);
    if (random.nextInt(3) != 0) {
      BigDecimal most = cash(ORDERS[random.nextInt(ORDERS.length)]);
      builder.setMaxMarketQuantity(
          most.divide(price.multiply(step), 0, RoundingMode.UP).multiply(step).setScale(SCALE));
    }
    if (random.nextInt(3) != 0) {
      builder.setBrackets(brackets(POSITIONS[random.nextInt(POSITIONS.length)]));
    }
    if (random.nextInt(3) != 0) {
      BigDecimal band = new BigDecimal(BANDS[random.nextInt(BANDS.length)]);
      builder.setPercentUp(BigDecimal.ONE.add(band).setScale(SCALE));
      builder.setPercentDown(BigDecimal.ONE.subtract(band).setScale(SCALE));
    }
    Instrument instrument = builder.build();
    listed.put(symbol, instrument);
    return instrument;
  }

  /** Three brackets: a tenth of the largest position at 20, a third of it at 10, all of it at 3. */
  private static List<LeverageBracket> brackets(int largest) {
    return List.of(
        bracket(0, largest / 10, 20),
        bracket(largest / 10, largest / 3, 10),
        bracket(largest / 3, largest, 3));
  }

  private static LeverageBracket bracket(int floor, int cap, int leverage) {
    return LeverageBracket.newBuilder()
        .setNotionalFloor(cash(floor))
        .setNotionalCap(cash(cap))
        .setMaxLeverage(leverage)
        .setMaintenanceRatio(new BigDecimal("0.01").setScale(SCALE))
        .setMaintenanceAmount(cash(0))
        .build();
  }

  private static BigDecimal cash(long value) {
    return BigDecimal.valueOf(value).setScale(SCALE);
  }
}
