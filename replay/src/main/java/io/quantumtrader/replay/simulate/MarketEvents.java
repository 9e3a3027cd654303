package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;

/** Candles and marks that are wrong. */
final class MarketEvents {

  private static final int SCALE = 18;

  private final WorldTopics topics;
  private final SimulatedMarket market;

  MarketEvents(WorldTopics topics, SimulatedMarket market) {
    this.topics = topics;
    this.market = market;
  }

  /** Writes a candle or a mark that no market should give. */
  void bad(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    Candle minute = market.last(SimulatedMarket.symbol(random));
    Candle last = market.ofInterval(minute);
    long lengthMs = last.getIntervalMs();
    long openMs = last.getOpenTimeMs();
    switch (random.nextInt(7)) {
      case 0 -> candle(at(last, openMs + lengthMs, "1").setOpen(BigDecimal.ZERO.setScale(SCALE)));
      case 1 -> candle(at(last, openMs - 5 * lengthMs, "1"));
      case 2 ->
          candle(
              at(last, openMs, "1")
                  .setHigh(scaled(last.getClose(), "0.99"))
                  .setLow(scaled(last.getClose(), "1.01")));
      case 3 -> candle(at(last, openMs - lengthMs, "1").setSymbol(Listings.WITHOUT_PRICES));
      case 4 -> mark(at(minute, nowMs - 1, "0"), nowMs);
      case 5 -> mark(at(minute, minute.getOpenTimeMs() - SimulatedMarket.MINUTE_MS, "1"), nowMs);
      default -> mark(at(minute, nowMs - 1, "1.4"), nowMs);
    }
  }

  private static Candle.Builder at(Candle last, long openMs, String factor) {
    BigDecimal price = scaled(last.getClose(), factor);
    return Candle.newBuilder(last)
        .setOpenTimeMs(openMs)
        .setOpen(price)
        .setHigh(price)
        .setLow(price)
        .setClose(price);
  }

  private static BigDecimal scaled(BigDecimal price, String factor) {
    return price.multiply(new BigDecimal(factor)).setScale(SCALE, RoundingMode.DOWN);
  }

  private void candle(Candle.Builder candle) {
    Candle built = candle.build();
    topics.put(
        Topic.CANDLE,
        Candle.class,
        built.getSymbol(),
        built,
        built.getOpenTimeMs() + built.getIntervalMs());
  }

  private void mark(Candle.Builder mark, long nowMs) {
    Candle built = mark.setIntervalMs(1).build();
    topics.put(Topic.MARK, Candle.class, built.getSymbol(), built, nowMs);
  }
}
