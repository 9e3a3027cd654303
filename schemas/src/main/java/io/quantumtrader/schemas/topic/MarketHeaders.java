package io.quantumtrader.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Names of the headers by which a feed says what its records are about. */
public final class MarketHeaders {

  /**
   * On records of {@link Topic#CLOCK}: which market the feed plays, UTF-8, for example {@code
   * binance}. A record without it is of a market that is not known.
   */
  public static final String MARKET = "market";

  /**
   * On records of {@link Topic#MARK}: what the exchange accepts in the symbol, a value as on {@link
   * Topic#INSTRUMENT}. A mark without it leaves the instrument to be told from prices.
   */
  public static final String INSTRUMENT = "instrument";

  /**
   * On records of {@link Topic#MARK}: {@link #CANDLE} if a closed candle replaces a mark price; the
   * stages leave it to the candle that follows. A mark without it is a price of its own.
   *
   * <p>On records of {@link Topic#POSITION_SNAPSHOT} and {@link Topic#HARVEST_PROPOSAL}: {@link
   * #PRICE} where they rest on such a price; without it they rest on a candle's close.
   */
  public static final String MARK_SOURCE = "quantum.mark.source";

  /** Value of {@link #MARK_SOURCE}, UTF-8: the close of a candle. */
  public static final String CANDLE = "candle";

  /** Value of {@link #MARK_SOURCE}, UTF-8: a price between candles. */
  public static final String PRICE = "mark";

  /**
   * On records of {@link Topic#CLOCK}: the epoch of the feed that wrote it, decimal digits. A feed
   * that takes over has a greater one than all before it; a record without it is of epoch 0.
   */
  public static final String EPOCH = "epoch";

  private MarketHeaders() {}

  /** Returns which market a step of the clock is of; empty where it does not say. */
  public static Optional<String> marketOf(Headers headers) {
    return Optional.ofNullable(headers.lastHeader(MARKET))
        .map(Header::value)
        .map(name -> new String(name, StandardCharsets.UTF_8));
  }
}
