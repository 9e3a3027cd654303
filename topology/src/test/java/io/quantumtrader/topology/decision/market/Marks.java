package io.quantumtrader.topology.decision.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.topic.MarketHeaders;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Marks to test with. */
public final class Marks {

  private Marks() {}

  /** Returns a price of a moment, in the shape in which a feed writes it. */
  public static Candle at(String symbol, String price, long atMs) {
    BigDecimal one = new BigDecimal(price).setScale(18, RoundingMode.UNNECESSARY);
    return new Candle(symbol, atMs - 1, 1L, one, one, one, one, BigDecimal.ZERO.setScale(18));
  }

  /** Returns the headers of a candle that stands in for a mark. */
  public static Headers standIn() {
    return new RecordHeaders().add(MarketHeaders.MARK_SOURCE, MarketHeaders.CANDLE.getBytes(UTF_8));
  }
}
