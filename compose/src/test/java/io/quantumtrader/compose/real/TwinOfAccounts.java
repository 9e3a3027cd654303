package io.quantumtrader.compose.real;

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
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongSupplier;

/** A twin of the exchange at a market's time, and the client that an executor trades on it with. */
final class TwinOfAccounts implements AutoCloseable {

  static final String WALLET = "10000";

  private final ExchangeTwin twin;
  private final BinanceExchange client;

  /** Starts it: each account has {@link #WALLET}, each symbol the market's price. */
  TwinOfAccounts(List<String> accounts, List<String> symbols, LongSupplier nowMs)
      throws IOException {
    List<TwinAccount> traders =
        accounts.stream()
            .map(each -> TwinAccount.hmac(each, keyOf(each), secretOf(each), WALLET))
            .toList();
    List<TwinSymbol> listed =
        symbols.stream()
            .map(
                each ->
                    TwinSymbol.perpetual(
                        each, SteeredMarket.PRICE.toPlainString(), "0.01", "0.001", "5"))
            .toList();
    twin = ExchangeTwin.start(TwinSettings.of(traders, listed).clock(nowMs).build());
    client =
        new BinanceExchange(
            BinanceSettings.of(BinanceEnvironment.at("twin", twin.restUrl(), twin.streamUrl())),
            accounts.stream()
                .map(each -> new ApiKey(each, keyOf(each), Signer.hmac(secretOf(each))))
                .toList(),
            nowMs,
            RateBudget.documented(),
            SessionRecorder.none());
  }

  private static String keyOf(String account) {
    return "key-of-the-account-" + account;
  }

  private static String secretOf(String account) {
    return "secret-of-" + account;
  }

  ExchangeTwin twin() {
    return twin;
  }

  BinanceExchange client() {
    return client;
  }

  BigDecimal amount(String account, String symbol) {
    return twin.state().amount(account, symbol);
  }

  /** Returns whether a stop of an account waits for its price in a symbol. */
  boolean hasStop(String account, String symbol) {
    return twin.state().conditionalOrders(account).stream()
        .anyMatch(
            order ->
                order.status() == AlgoStatus.NEW
                    && order.request().symbol().equals(symbol)
                    && order.request().type().equals("STOP_MARKET"));
  }

  /** Pays in, or out below 0, as the owner of an account does; quote currency. */
  void pay(String account, String amount) {
    twin.change((core, now) -> core.transfer(account, new BigDecimal(amount), now));
  }

  /** Buys as the owner of an account does on the web page. */
  void buyByHand(String account, String symbol, String quantity) {
    twin.change(
        (core, now) -> core.byHand(account, symbol, Side.BUY, new BigDecimal(quantity), now));
  }

  /** Cancels all stops and targets of an account in a symbol. */
  void cancelStops(String account, String symbol) {
    twin.change((core, now) -> core.cancelAlgos(account, symbol, now));
  }

  @Override
  public void close() {
    client.close();
    twin.close();
  }
}
