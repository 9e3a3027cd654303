package io.quantumtrader.execution.twin.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An isolated position stands and falls by what was set aside for it, and by nothing else. */
final class IsolatedMarginTest {
  private static final String MAIN = "main";
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final long START_MS = 1_780_000_000_000L;

  private final TwinCore core = core();
  private final AccountBook book = core.book(MAIN);

  @Test
  @Tag("assumes-isolated-wallet")
  void shouldSetTheInitialMarginAside() {
    isolate(BTC);

    trade(BTC, Side.BUY, "0.100");

    // 6000 at leverage 20.
    assertThat(held(BTC).isolatedWallet()).isEqualByComparingTo("300");
    assertThat(book.wallet()).isEqualByComparingTo("1000");
    assertThat(margin().crossWallet()).isEqualByComparingTo("700");
    assertThat(margin().available()).isEqualByComparingTo("700");
    assertThat(margin().isolatedMargin(held(BTC))).isEqualByComparingTo("300");
  }

  @Test
  @Tag("assumes-isolated-wallet")
  void shouldGiveBackTheShareOfWhatCloses() {
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");
    price(BTC, "61000");

    trade(BTC, Side.SELL, "0.025");

    assertThat(held(BTC).isolatedWallet()).isEqualByComparingTo("225");
    assertThat(book.wallet()).isEqualByComparingTo("1025");
    assertThat(margin().crossWallet()).isEqualByComparingTo("800");
    trade(BTC, Side.SELL, "0.075");
    assertThat(held(BTC).isolatedWallet()).isZero();
    assertThat(margin().crossWallet()).isEqualByComparingTo("1100");
  }

  @Test
  void shouldSetAsideAnewWhereThePositionTurnsRound() {
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");

    trade(BTC, Side.SELL, "0.150");

    assertThat(held(BTC).amount()).isEqualByComparingTo("-0.05");
    assertThat(held(BTC).isolatedWallet()).isEqualByComparingTo("150");
  }

  @Test
  void shouldNotLendItsProfitToOtherPositions() {
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");

    price(BTC, "70000");

    assertThat(margin().marginBalance()).isEqualByComparingTo("2000");
    assertThat(margin().available()).isEqualByComparingTo("700");
  }

  @ParameterizedTest
  @CsvSource({"BUY, 0.01, -0.01", "SELL, -0.01, 0.01"})
  void shouldLiquidateAtItsOwnPrice(Side side, String before, String past) {
    isolate(BTC);
    trade(BTC, side, "0.100");
    trade(ETH, Side.BUY, "0.100");
    BigDecimal price = margin().liquidationPrice(held(BTC));

    core.mark(BTC, price.add(new BigDecimal(before)), START_MS);
    boolean open = !held(BTC).isFlat();
    core.mark(BTC, price.add(new BigDecimal(past)), START_MS);

    // 300 of its own, less 0.4 % of the notional; 700 more in the wallet do not save it.
    BigDecimal away = price.subtract(new BigDecimal("60000")).abs();
    assertThat(away).isBetween(new BigDecimal("2740"), new BigDecimal("2780"));
    assertThat(open).isTrue();
    assertThat(held(BTC).isFlat()).isTrue();
    assertThat(held(ETH).amount()).isEqualByComparingTo("0.1");
    assertThat(book.orders().stream().reduce((a, b) -> b).orElseThrow().type())
        .isEqualTo("LIQUIDATION");
  }

  @Test
  void shouldLoseNoMoreThanWhatWasSetAside() {
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");

    price(BTC, "50000");

    // 1000 were lost, the fund pays 700 of them.
    assertThat(held(BTC).isFlat()).isTrue();
    assertThat(book.wallet()).isEqualByComparingTo("700");
    assertThat(margin().available()).isEqualByComparingTo("700");
  }

  @Test
  void shouldNotFallWithTheCrossedOnes() {
    isolate(ETH);
    trade(ETH, Side.BUY, "1.000");
    trade(BTC, Side.BUY, "0.150");

    price(BTC, "54000");

    // 850 were shared, 900 lost; the 150 of ETHUSDT are not touched.
    assertThat(held(BTC).isFlat()).isTrue();
    assertThat(held(ETH).amount()).isEqualByComparingTo("1");
    assertThat(book.wallet()).isEqualByComparingTo("150");
    assertThat(margin().crossWallet()).isZero();
  }

  @Test
  void shouldStandLongerWithMoreMargin() {
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");
    BigDecimal before = margin().liquidationPrice(held(BTC));

    margin("100");

    assertThat(held(BTC).isolatedWallet()).isEqualByComparingTo("400");
    assertThat(margin().available()).isEqualByComparingTo("600");
    assertThat(before.subtract(margin().liquidationPrice(held(BTC))))
        .isBetween(new BigDecimal("1000"), new BigDecimal("1010"));
    assertThat(book.marginChanges())
        .containsExactly(
            new TwinMarginChange(BTC, PositionSide.BOTH, new BigDecimal("100"), START_MS));
  }

  @Test
  @Tag("assumes-isolated-removable")
  void shouldRefuseMarginThatIsNotThere() {
    refused(-4049, () -> margin("1"));
    isolate(BTC);
    refused(-4054, () -> margin("1"));
    trade(BTC, Side.BUY, "0.100");
    refused(-4055, () -> margin("0"));
    refused(-4050, () -> margin("700.00000001"));
    refused(-4051, () -> margin("-0.00000001"));
    margin("700");
    margin("-700");
    price(BTC, "61000");
    // Of 300 and a profit of 100 it binds 305.
    margin("-95");
    refused(-4051, () -> margin("-0.00000001"));
    assertThat(held(BTC).isolatedWallet()).isEqualByComparingTo("205");
    // However much it gains, only what was set aside can leave it.
    price(BTC, "70000");
    refused(-4051, () -> margin("-205.00000001"));
    margin("-205");
  }

  @Test
  @Tag("assumes-isolated-wallet")
  void shouldRefuseLessLeverageWhileItIsOpen() {
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");

    refused(-4161, () -> core.settings().leverage(MAIN, BTC, 19, START_MS));
    core.settings().leverage(MAIN, BTC, 21, START_MS);

    assertThat(book.leverage(BTC)).isEqualTo(21);
    assertThat(held(BTC).isolatedWallet()).isEqualByComparingTo("300");
  }

  @Test
  void shouldNotGoTogetherWithOtherAssetsAsMargin() {
    isolate(BTC);
    refused(-4167, () -> core.settings().multiAssets(MAIN, true, START_MS));
    core.settings().marginType(MAIN, BTC, false, START_MS);
    core.settings().multiAssets(MAIN, true, START_MS);

    refused(-4168, () -> isolate(BTC));
  }

  @Test
  @Tag("assumes-isolated-wallet")
  void shouldPayFundingOutOfWhatWasSetAside() {
    core.fundingRate(BTC, new BigDecimal("0.001"));
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");
    core.drain();

    core.fund(START_MS);

    assertThat(held(BTC).isolatedWallet()).isEqualByComparingTo("294");
    assertThat(margin().crossWallet()).isEqualByComparingTo("700");
    JsonNode told = told("FUNDING_FEE");
    assertThat(told.path("P").path(0).path("iw").asText()).isEqualTo("294");
    assertThat(told.path("B").path(0).path("cw").asText()).isEqualTo("700");
    assertThat(told.path("B").path(0).path("wb").asText()).isEqualTo("994");
  }

  @Test
  void shouldTellOfMarginThatWasMoved() {
    isolate(BTC);
    trade(BTC, Side.BUY, "0.100");
    core.drain();

    margin("50");

    JsonNode position = told("MARGIN_TRANSFER").path("P").path(0);
    assertThat(position.path("iw").asText()).isEqualTo("350");
    assertThat(position.path("mt").asText()).isEqualTo("isolated");
  }

  private JsonNode told(String reason) {
    return core.drain().stream()
        .map(event -> event.body().path("a"))
        .filter(body -> body.path("m").asText().equals(reason))
        .findFirst()
        .orElseThrow();
  }

  private static void refused(int code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(Refused.class, no -> assertThat(no.code()).isEqualTo(code));
  }

  private void isolate(String symbol) {
    core.settings().marginType(MAIN, symbol, true, START_MS);
  }

  private void margin(String amount) {
    core.settings().positionMargin(MAIN, BTC, PositionSide.BOTH, new BigDecimal(amount), START_MS);
  }

  private void trade(String symbol, Side side, String quantity) {
    core.place(
        MAIN, OrderRequest.market(symbol, side, new BigDecimal(quantity), false, ""), START_MS);
  }

  private void price(String symbol, String price) {
    core.price(symbol, new BigDecimal(price), BigDecimal.ONE, START_MS);
  }

  private TwinPosition held(String symbol) {
    return book.position(symbol, PositionSide.BOTH);
  }

  private MarginMath margin() {
    return core.margin(MAIN);
  }

  private static TwinCore core() {
    BigDecimal zero = BigDecimal.ZERO;
    TwinRules free =
        new TwinRules(zero, zero, false, BigDecimal.ONE, zero, zero, 0, zero, true, true);
    AccountSetup setup = new AccountSetup(MAIN, new BigDecimal("1000"), zero, false, false);
    List<TwinSymbol> symbols =
        List.of(
            TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "100"),
            TwinSymbol.perpetual(ETH, "3000", "0.01", "0.001", "20"));
    return new TwinCore(free, symbols, List.of(setup), 1, 0.001, START_MS);
  }
}
