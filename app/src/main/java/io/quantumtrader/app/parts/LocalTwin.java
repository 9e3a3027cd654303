package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.binance.BinanceSettings;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.GeneratedSymbol;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.time.WallClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A twin of the exchange in this process whose prices are those of a generated market, and the
 * client of the executor that trades on it. Its keys are made up and known to nobody else.
 */
public final class LocalTwin implements AutoCloseable {

  private static final String MIN_NOTIONAL = "5";
  private static final int KEY_BYTES = 32;

  private final ExchangeTwin twin;
  private final BinanceExchange exchange;

  private LocalTwin(ExchangeTwin twin, List<ApiKey> keys) {
    this.twin = twin;
    this.exchange =
        new BinanceExchange(
            BinanceSettings.of(BinanceEnvironment.at("twin", twin.restUrl(), twin.streamUrl())),
            keys,
            WallClock.SYSTEM,
            RateBudget.documented(),
            SessionRecorder.none());
  }

  /**
   * Starts it on free ports.
   *
   * @param accounts names of its accounts
   * @param wallet what each starts with, quote currency
   * @param market what its symbols are
   * @throws CommandFailure if it cannot listen
   */
  public static LocalTwin start(
      List<String> accounts, BigDecimal wallet, GeneratedMarketSettings market) {
    List<TwinAccount> traders = new ArrayList<>();
    List<ApiKey> keys = new ArrayList<>();
    for (String account : accounts) {
      String id = secret();
      String secret = secret();
      traders.add(TwinAccount.hmac(account, id, secret, wallet.toPlainString()));
      keys.add(new ApiKey(account, id, Signer.hmac(secret)));
    }
    List<TwinSymbol> symbols = market.symbols().stream().map(LocalTwin::symbol).toList();
    try {
      TwinSettings settings = TwinSettings.of(traders, symbols).seed(market.seed()).build();
      return new LocalTwin(ExchangeTwin.start(settings), keys);
    } catch (IOException e) {
      throw new CommandFailure("the twin cannot listen: " + e.getMessage(), e);
    }
  }

  /** Returns a symbol whose step is worth between 0.1 and 1 in quote currency. */
  public static TwinSymbol symbol(GeneratedSymbol of) {
    BigDecimal price = BigDecimal.valueOf(of.price());
    int digits = Math.max(0, price.precision() - price.scale());
    BigDecimal step = BigDecimal.ONE.movePointLeft(digits);
    BigDecimal start = price.setScale(of.tick().scale(), RoundingMode.HALF_EVEN);
    return TwinSymbol.perpetual(
        of.symbol(),
        start.toPlainString(),
        of.tick().toPlainString(),
        step.toPlainString(),
        MIN_NOTIONAL);
  }

  private static String secret() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Lets the twin have the prices of a closed candle, its extremes on the way. */
  public void see(Candle candle) {
    boolean rose = candle.getClose().compareTo(candle.getOpen()) >= 0;
    price(candle, rose ? candle.getLow() : candle.getHigh());
    price(candle, rose ? candle.getHigh() : candle.getLow());
    price(candle, candle.getClose());
  }

  private void price(Candle candle, BigDecimal price) {
    twin.price(candle.getSymbol(), price);
  }

  /** Returns the client that trades on it; it stays the same whenever the executor begins anew. */
  public BinanceExchange exchange() {
    return exchange;
  }

  /** Returns the twin. */
  public ExchangeTwin twin() {
    return twin;
  }

  @Override
  public void close() {
    exchange.close();
    twin.close();
  }
}
