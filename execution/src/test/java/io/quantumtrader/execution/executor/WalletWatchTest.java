package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.decision.WalletCheck;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The wallet of the exchange against what the books say, in the executor that runs. */
final class WalletWatchTest extends OpenPositionBase {

  private static final int LOOKS = (int) (WalletCheck.PATIENCE_MS / AccountSync.LOOK_MS) + 1;

  private void looks(int count) {
    for (int look = 0; look < count; look++) {
      later();
    }
  }

  private ExchangeAccount last() {
    return accounts.getLast();
  }

  /** Buys and sells two coins, of which nobody tells: what is left of it is that fees are gone. */
  private BigDecimal feesOfNobodyKnowsWhat() {
    BigDecimal before = exchange.account("main", laterMs).orElseThrow().getWallet();
    for (OrderSide side : List.of(OrderSide.BUY, OrderSide.SELL)) {
      var unused =
          exchange
              .paper()
              .execute(
                  new MarketOrder(
                      "main",
                      ETH,
                      side,
                      new BigDecimal("2"),
                      side == OrderSide.SELL,
                      "hand" + side + laterMs,
                      laterMs));
    }
    return exchange.account("main", laterMs).orElseThrow().getWallet().subtract(before);
  }

  private ExchangeIncome cash(BigDecimal amount, String asset) {
    return new ExchangeIncome(
        "TRANSFER:" + amount + asset, "main", "", IncomeKind.TRANSFER, asset, amount, 1L, laterMs);
  }

  @Test
  void shouldReportADifferenceThatLastsWithBothNumbersAndHoldNothing() {
    // given
    looks(LOOKS);
    BigDecimal start = last().getWallet();
    assertThat(last().getCashBeside()).isEqualByComparingTo(start);

    // when
    BigDecimal gone = feesOfNobodyKnowsWhat();
    looks(LOOKS - 1);
    long young = last().getWalletDiffersSinceMs();
    long sinceMs = laterMs - WalletCheck.PATIENCE_MS + 2 * AccountSync.LOOK_MS;
    looks(2);

    // then
    assertThat(young).isZero();
    assertThat(last().getWalletDiffersSinceMs()).isBetween(NOW, sinceMs);
    assertThat(last().getWalletExpected()).isEqualByComparingTo(start);
    assertThat(last().getWallet()).isEqualByComparingTo(start.add(gone));
    assertThat(last().getHolds()).isEmpty();
    assertThat(exchange.calls()).as("nothing is repaired").isEmpty();
  }

  @Test
  void shouldExplainADifferenceByCashOfTheSameAssetAndCommitBothTogether() {
    // given
    looks(LOOKS);
    BigDecimal gone = feesOfNobodyKnowsWhat();

    // when
    exchange.came(cash(gone, "USDT"));
    exchange.came(cash(BigDecimal.ONE, "BNB"));
    int before = accounts.size();
    report();
    ExchangeAccount told = accounts.get(before);
    looks(2 * LOOKS);

    // then
    assertThat(incomes).hasSize(2);
    assertThat(told.getCashBeside()).isEqualByComparingTo(last().getWallet());
    assertThat(last().getWalletDiffersSinceMs()).isZero();
    assertThat(last().getWalletExpected()).isEqualByComparingTo(last().getWallet());
  }

  @Test
  void shouldExpectWhatTheLedgerHasBooked() {
    // given
    looks(LOOKS);
    BigDecimal gone = feesOfNobodyKnowsWhat();

    // when: the ledger books that
    ledger.set(Positions.row("main", ETH, PositionSide.FLAT, "0").setFees(gone.negate()).build());
    looks(2 * LOOKS);

    // then
    assertThat(last().getWalletDiffersSinceMs()).isZero();
  }

  @Test
  void shouldTakeNoFirstNumberWhileAFillIsNotBooked() {
    // given: an entry that the account stages have not booked
    open2();

    // when
    looks(LOOKS + 1);

    // then
    assertThat(last().getCashBeside()).isNull();
    assertThat(last().getWalletExpected()).isNull();
  }

  @Test
  void shouldTakeNoFirstNumberWhileOnlyThePositionsDiffer() {
    // given: bought by hand, and nobody has told of it
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder("main", ETH, OrderSide.BUY, BigDecimal.TWO, false, "hand", NOW));

    // when
    looks(LOOKS + 1);

    // then
    assertThat(last().getPositions()).hasSize(1);
    assertThat(results).isEmpty();
    assertThat(last().getCashBeside()).isNull();
  }

  @Test
  void shouldTakeNoFirstNumberWhileOnlyAPlanIsOpen() {
    // given: an order that never arrives, of which that is not known yet
    exchange.receiveWindowMs(Long.MAX_VALUE / 2);
    exchange.loseOrders(1);
    take(entry());

    // when
    looks(LOOKS + 1);

    // then
    assertThat(last().getPositions()).isEmpty();
    assertThat(last().getCashBeside()).isNull();
  }

  @Test
  void shouldTakeNoFirstNumberWhileOnlyAFillIsNotBooked() {
    // given: position and ledger are the same, and one more fill was told
    open2();
    String last = results.getLast().getFill().getFillId();
    ledger.set(booked("2").build());

    // when
    looks(LOOKS + 1);
    BigDecimal before = last().getCashBeside();
    ledger.set(booked("2").setLastFillId(last).build());
    looks(LOOKS + 1);

    // then
    assertThat(last().getHolds()).isEmpty();
    assertThat(before).isNull();
    assertThat(last().getCashBeside()).isNotNull();
  }

  @Test
  void shouldBookNothingOfASymbolWhoseWalletIsAnother() {
    // given
    looks(LOOKS);

    // when: of a symbol that the exchange does not list for this wallet
    ledger.set(
        Positions.row("main", "ETHBTC", PositionSide.FLAT, "0").setFees(BigDecimal.TEN).build());
    looks(2 * LOOKS);

    // then
    assertThat(last().getWalletDiffersSinceMs()).isZero();
    assertThat(last().getWalletExpected()).isEqualByComparingTo(last().getWallet());
  }

  @Test
  void shouldGoOnAfterARestart() {
    // given
    looks(LOOKS);
    ExchangeAccount published = last();
    BigDecimal gone = feesOfNobodyKnowsWhat();

    // when
    desk = takenUp(new PartitionHistory(laterMs, Map.of("main", published), results, Map.of()));
    looks(LOOKS + 1);

    // then
    assertThat(gone).isNegative();
    assertThat(last().getWalletDiffersSinceMs()).isPositive();
    assertThat(last().getCashBeside()).isEqualByComparingTo(published.getCashBeside());
  }
}
