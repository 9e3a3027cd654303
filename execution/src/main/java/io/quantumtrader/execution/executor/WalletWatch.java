package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.WalletCheck;
import io.quantumtrader.execution.decision.WalletCheck.Reckoning;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.PositionLedger;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the wallets of a remote exchange against the books, and says in the account that is
 * published what each should be and since when it is not. It reports, and does nothing else: it
 * holds no entry and repairs no number.
 */
final class WalletWatch {

  private static final Logger LOG = LoggerFactory.getLogger(WalletWatch.class);

  private final Exchange exchange;
  private final LedgerRows ledger;
  private final Map<String, Reckoning> reckonings = new HashMap<>();
  private final Set<String> differing = new HashSet<>();

  /**
   * Takes up what was published.
   *
   * @param published last published state of each account
   */
  WalletWatch(Exchange exchange, LedgerRows ledger, Map<String, ExchangeAccount> published) {
    this.exchange = exchange;
    this.ledger = ledger;
    published.forEach(
        (name, last) ->
            reckonings.put(
                name, WalletCheck.of(last.getCashBeside(), last.getWalletDiffersSinceMs())));
  }

  /**
   * Looks at an account, and returns it with what came of that.
   *
   * @param quiet whether nothing is under way that the ledger has not booked
   * @param nowMs the clock, epoch milliseconds UTC
   */
  ExchangeAccount looked(ExchangeAccount state, boolean quiet, long nowMs) {
    String account = state.getAccount();
    Reckoning before = reckonings.getOrDefault(account, Reckoning.NONE);
    BigDecimal booked = booked(account);
    Reckoning now = WalletCheck.look(before, state.getWallet(), booked, quiet, nowMs);
    reckonings.put(account, now);
    ExchangeAccount checked = with(state, now, booked, nowMs);
    tell(checked);
    return checked;
  }

  /**
   * Takes cash that came or went beside trades.
   *
   * @param incomes of the account, as they are about to be committed
   */
  void cash(String account, List<ExchangeIncome> incomes) {
    Reckoning known = reckonings.getOrDefault(account, Reckoning.NONE);
    for (ExchangeIncome each : incomes) {
      if (each.getAsset().equals(exchange.marketLink().walletAsset())) {
        known = WalletCheck.cash(known, each.getAmount());
      }
    }
    reckonings.put(account, known);
  }

  /** Returns an account as it was published last, with what is known now. */
  ExchangeAccount again(ExchangeAccount last, long nowMs) {
    String account = last.getAccount();
    return with(last, reckonings.getOrDefault(account, Reckoning.NONE), booked(account), nowMs);
  }

  private static ExchangeAccount with(
      ExchangeAccount state, Reckoning known, BigDecimal booked, long nowMs) {
    return ExchangeAccount.newBuilder(state)
        .setCashBeside(known.beside().orElse(null))
        .setWalletExpected(known.expected(booked).orElse(null))
        .setWalletDiffersSinceMs(known.differsSinceMs(nowMs))
        .build();
  }

  /** Prices in another currency than the wallet's book into another wallet. */
  private BigDecimal booked(String account) {
    List<PositionLedger> rows =
        ledger.of(account).values().stream()
            .filter(row -> exchange.instrument(row.getSymbol()).isPresent())
            .toList();
    return WalletCheck.booked(rows);
  }

  private void tell(ExchangeAccount state) {
    boolean differs = state.getWalletDiffersSinceMs() > 0;
    boolean isNew =
        differs ? differing.add(state.getAccount()) : differing.remove(state.getAccount());
    if (!isNew) {
      return;
    }
    String expected =
        Optional.ofNullable(state.getWalletExpected()).map(WalletWatch::plain).orElse("?");
    if (differs) {
      LOG.error(
          "{}: the wallet is {}, by the books {}, and nothing explains the difference",
          state.getAccount(),
          plain(state.getWallet()),
          expected);
    } else {
      LOG.info("{}: wallet and books agree again", state.getAccount());
    }
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
