package io.quantumtrader.execution.twin.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange without servers: money, margin, and that chance is the same each time. */
final class TwinCoreTest {
  private static final String MAIN = "main";
  private static final String BTC = "BTCUSDT";
  private static final long START_MS = 1_780_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldKeepTheWalletToTheCent(long seed) {
    TwinCore core = core(seed, TwinRules.usual(), "10000", "0");

    session(core, seed, 400);

    AccountBook book = core.book(MAIN);
    BigDecimal expected = new BigDecimal("10000");
    for (TwinTrade trade : book.trades()) {
      expected = expected.add(trade.realized()).subtract(trade.commission());
    }
    for (String type : List.of("FUNDING_FEE", "TRANSFER", "INSURANCE_CLEAR")) {
      expected = expected.add(sum(book, type, "USDT"));
    }
    assertThat(book.wallet()).isEqualByComparingTo(expected);
    assertThat(book.wallet()).isCloseTo(fromCash(book), within(new BigDecimal("0.01")));
    assertThat(book.trades()).hasSizeGreaterThan(100);
    assertThat(sum(book, "FUNDING_FEE", "USDT")).isNotEqualByComparingTo("0");
    assertThat(net(book)).isEqualByComparingTo(amount(book));
  }

  @Test
  void shouldBeTheSameForTheSameSeed() {
    List<String> first = session(core(7, TwinRules.usual(), "10000", "0"), 7, 300);
    List<String> second = session(core(7, TwinRules.usual(), "10000", "0"), 7, 300);
    List<String> other = session(core(8, TwinRules.usual(), "10000", "0"), 8, 300);

    assertThat(first).isEqualTo(second).isNotEqualTo(other);
  }

  @Test
  void shouldReckonProfitOverSeveralFillsAndATurn() {
    TwinCore core = core(1, free(), "10000", "0");
    buy(core, "0.010");
    price(core, "61000");
    buy(core, "0.010");
    BigDecimal entry = core.book(MAIN).position(BTC, PositionSide.BOTH).entryPrice();
    price(core, "62000");
    core.place(MAIN, order(Side.SELL, "0.030"), START_MS);

    TwinPosition turned = core.book(MAIN).position(BTC, PositionSide.BOTH);
    assertThat(entry).isEqualByComparingTo("60500");
    assertThat(core.book(MAIN).wallet()).isEqualByComparingTo("10030");
    assertThat(turned.amount()).isEqualByComparingTo("-0.01");
    assertThat(turned.entryPrice()).isEqualByComparingTo("62000");
    assertThat(turned.realized()).isEqualByComparingTo("30");
  }

  @Test
  void shouldTakeFeesInBnbWhileThereIsSome() {
    TwinRules usual = TwinRules.usual();
    TwinRules bnb =
        new TwinRules(
            usual.takerFee(),
            usual.makerFee(),
            true,
            new BigDecimal("600"),
            BigDecimal.ZERO,
            usual.fundingRate(),
            0,
            BigDecimal.ZERO,
            true,
            true);
    TwinCore core = core(1, bnb, "10000", "0.0005");
    buy(core, "0.010");
    buy(core, "0.010");

    AccountBook book = core.book(MAIN);
    assertThat(book.trades().get(0).commissionAsset()).isEqualTo("BNB");
    assertThat(book.trades().get(0).commission()).isEqualByComparingTo("0.00045");
    assertThat(book.trades().get(1).commissionAsset()).isEqualTo("USDT");
    assertThat(book.wallet("BNB")).isEqualByComparingTo("0.00005");
    assertThat(book.wallet()).isEqualByComparingTo("9999.7");
  }

  @Test
  void shouldLiquidateAtThePriceItSaid() {
    TwinCore core = core(1, free(), "1000", "0");
    buy(core, "0.300");
    TwinPosition position = core.book(MAIN).position(BTC, PositionSide.BOTH);
    BigDecimal price = core.margin(MAIN).liquidationPrice(position);

    core.mark(BTC, price.add(new BigDecimal("0.01")), START_MS);
    boolean before = core.book(MAIN).openPositions().isEmpty();
    core.mark(BTC, price.subtract(new BigDecimal("0.01")), START_MS);

    assertThat(price).isBetween(new BigDecimal("56000"), new BigDecimal("60000"));
    assertThat(before).isFalse();
    assertThat(core.book(MAIN).openPositions()).isEmpty();
    assertThat(core.book(MAIN).orders().stream().reduce((a, b) -> b).orElseThrow())
        .satisfies(order -> assertThat(order.clientOrderId()).startsWith("autoclose-"))
        .satisfies(order -> assertThat(order.type()).isEqualTo("LIQUIDATION"));
  }

  @Test
  void shouldLetTheInsuranceFundPayWhatIsMissing() {
    TwinCore core = core(1, free(), "1000", "0");
    buy(core, "0.300");

    price(core, "50000");

    assertThat(core.book(MAIN).wallet()).isEqualByComparingTo("0");
    assertThat(sum(core.book(MAIN), "INSURANCE_CLEAR", "USDT")).isEqualByComparingTo("2000");
  }

  @Test
  void shouldPayFundingOnceAtEachInterval() {
    TwinCore core = core(1, TwinRules.usual(), "10000", "0");
    buy(core, "0.010");
    long next = core.nextFundingMs(START_MS);

    core.tick(next - 1);
    int before = count(core.book(MAIN), "FUNDING_FEE");
    core.tick(next);
    core.tick(next + 1_000);
    core.tick(next + 8 * 3_600_000L);

    assertThat(before).isZero();
    assertThat(count(core.book(MAIN), "FUNDING_FEE")).isEqualTo(2);
    assertThat(sum(core.book(MAIN), "FUNDING_FEE", "USDT")).isEqualByComparingTo("-0.12");
  }

  @Test
  void shouldMakeHistoryOutOfTheSeed() {
    TwinCore core = core(3, free(), "10000", "0");

    core.history(500, START_MS);

    List<TwinCandle> candles = core.tape(BTC).closed();
    assertThat(candles).hasSize(500);
    assertThat(candles.getLast().openMs() + 60_000).isEqualTo(core.tape(BTC).current().openMs());
    assertThat(candles.getLast().close()).isEqualByComparingTo(core.tape(BTC).last());
    for (int i = 1; i < candles.size(); i++) {
      assertThat(candles.get(i).openMs()).isEqualTo(candles.get(i - 1).openMs() + 60_000);
      assertThat(candles.get(i).open()).isEqualByComparingTo(candles.get(i - 1).close());
      assertThat(candles.get(i).low()).isLessThanOrEqualTo(candles.get(i).high());
    }
  }

  @Test
  void shouldTriggerStopAndTargetOnTheirOwnSide() {
    AlgoRequest stop = conditional("STOP_MARKET", Side.SELL, "59000");
    AlgoRequest target = conditional("TAKE_PROFIT_MARKET", Side.SELL, "61000");
    AlgoRequest shortStop = conditional("STOP_MARKET", Side.BUY, "61000");
    AlgoRequest shortTarget = conditional("TAKE_PROFIT_MARKET", Side.BUY, "59000");

    assertThat(stop.triggersAt(new BigDecimal("59000"))).isTrue();
    assertThat(stop.triggersAt(new BigDecimal("59000.1"))).isFalse();
    assertThat(target.triggersAt(new BigDecimal("61000"))).isTrue();
    assertThat(target.triggersAt(new BigDecimal("60999.9"))).isFalse();
    assertThat(shortStop.triggersAt(new BigDecimal("61000"))).isTrue();
    assertThat(shortStop.triggersAt(new BigDecimal("60999.9"))).isFalse();
    assertThat(shortTarget.triggersAt(new BigDecimal("59000"))).isTrue();
    assertThat(shortTarget.triggersAt(new BigDecimal("59000.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("assumes-conditional-takes-position")
  void shouldCountConditionalOrdersThatReduceOrNot(boolean counts) {
    TwinCore core = core(1, free().withRestingConditionals(counts), "10000", "0");
    buy(core, "0.010");
    core.placeAlgo(MAIN, reducing("0.006"), START_MS);
    OrderRequest close =
        OrderRequest.market(BTC, Side.SELL, new BigDecimal("0.005"), true, "close");

    if (counts) {
      assertThatThrownBy(() -> core.place(MAIN, close, START_MS))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.code()).isEqualTo(-4118));
      core.place(
          MAIN, OrderRequest.market(BTC, Side.SELL, new BigDecimal("0.004"), true, ""), START_MS);
    } else {
      core.place(MAIN, close, START_MS);
      assertThat(amount(core.book(MAIN))).isEqualByComparingTo("0.005");
    }
  }

  private static AlgoRequest reducing(String quantity) {
    return new AlgoRequest(
        BTC,
        Side.SELL,
        PositionSide.BOTH,
        "STOP_MARKET",
        new BigDecimal(quantity),
        new BigDecimal("59000"),
        true,
        true,
        false,
        false,
        "");
  }

  /** Trades at random, with all that the exchange does; returns all that it told. */
  private static List<String> session(TwinCore core, long seed, int steps) {
    Random random = new Random(seed);
    List<String> told = new ArrayList<>();
    long nowMs = START_MS;
    for (int i = 0; i < steps; i++) {
      nowMs += 60_000L * (1 + random.nextInt(20));
      core.tick(nowMs);
      core.walk(nowMs);
      step(core, random, i, nowMs);
      core.drain().forEach(event -> told.add(event.body().toString()));
    }
    return told;
  }

  private static void step(TwinCore core, Random random, int i, long nowMs) {
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    String quantity = "0.0" + (10 + random.nextInt(40));
    core.faults().parts(1 + random.nextInt(4));
    try {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> core.place(MAIN, order(side, quantity), nowMs);
        case 3 -> core.placeAlgo(MAIN, closing(core, side, i), nowMs);
        case 4 -> core.closeByHand(MAIN, BTC, new BigDecimal("0.5"), nowMs);
        default -> core.deleverage(MAIN, BTC, new BigDecimal("0.005"), nowMs);
      }
    } catch (Refused refused) {
      assertThat(refused.code()).isNegative();
    }
  }

  private static AlgoRequest closing(TwinCore core, Side side, int i) {
    BigDecimal last = core.tape(BTC).last();
    BigDecimal away = last.multiply(new BigDecimal("0.003")).setScale(0, RoundingMode.UP);
    return new AlgoRequest(
        BTC,
        side,
        PositionSide.BOTH,
        "STOP_MARKET",
        BigDecimal.ZERO,
        last.add(side.signed(away)),
        true,
        false,
        true,
        false,
        "stop-" + i);
  }

  private static AlgoRequest conditional(String type, Side side, String price) {
    return new AlgoRequest(
        BTC,
        side,
        PositionSide.BOTH,
        type,
        BigDecimal.ZERO,
        new BigDecimal(price),
        true,
        false,
        true,
        false,
        "");
  }

  /** What the wallet is by the cash that changed hands, without asking what was realised. */
  private static BigDecimal fromCash(AccountBook book) {
    BigDecimal cash = new BigDecimal("10000");
    for (TwinTrade trade : book.trades()) {
      BigDecimal paid = trade.side().signed(trade.quantity()).multiply(trade.price());
      cash = cash.subtract(paid).subtract(trade.commission());
    }
    for (String type : List.of("FUNDING_FEE", "TRANSFER", "INSURANCE_CLEAR")) {
      cash = cash.add(sum(book, type, "USDT"));
    }
    TwinPosition open = book.position(BTC, PositionSide.BOTH);
    return cash.add(open.amount().multiply(open.entryPrice()));
  }

  private static BigDecimal net(AccountBook book) {
    return book.trades().stream()
        .map(trade -> trade.side().signed(trade.quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal amount(AccountBook book) {
    return book.position(BTC, PositionSide.BOTH).amount();
  }

  private static BigDecimal sum(AccountBook book, String type, String asset) {
    return book.incomes().stream()
        .filter(income -> income.type().equals(type) && income.asset().equals(asset))
        .map(TwinIncome::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static int count(AccountBook book, String type) {
    return (int) book.incomes().stream().filter(income -> income.type().equals(type)).count();
  }

  private static void buy(TwinCore core, String quantity) {
    core.place(MAIN, order(Side.BUY, quantity), START_MS);
  }

  private static OrderRequest order(Side side, String quantity) {
    return OrderRequest.market(BTC, side, new BigDecimal(quantity), false, "");
  }

  private static void price(TwinCore core, String price) {
    core.price(BTC, new BigDecimal(price), BigDecimal.ONE, START_MS);
  }

  /** Rules by which trading costs nothing and fills at the last price. */
  private static TwinRules free() {
    BigDecimal zero = BigDecimal.ZERO;
    return new TwinRules(zero, zero, false, BigDecimal.ONE, zero, zero, 0, zero, true, true);
  }

  private static TwinCore core(long seed, TwinRules rules, String wallet, String bnb) {
    AccountSetup setup =
        new AccountSetup(MAIN, new BigDecimal(wallet), new BigDecimal(bnb), false, false);
    TwinSymbol symbol = TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "100");
    return new TwinCore(rules, List.of(symbol), List.of(setup), seed, 0.001, START_MS);
  }
}
