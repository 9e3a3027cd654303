package io.quantumtrader.execution.executor;

import static io.quantumtrader.execution.executor.CrashWorld.BTC;
import static io.quantumtrader.execution.executor.CrashWorld.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.UnbookedTrades;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What was open before an account was followed, and is not adopted, is nobody's but the trader's:
 * what closes it is not booked, and what comes after it is.
 */
final class PositionFromBeforeTest {

  private static final long GOOD_FOR_MS = 600_000;

  private CrashWorld world;
  private int number;

  /** One account is long, the other one short. */
  @BeforeEach
  void begin() throws IOException {
    world =
        new CrashWorld(
            7,
            exchange -> {
              trade(exchange, "main", OrderSide.BUY, "0.02", false);
              trade(exchange, "second", OrderSide.SELL, "0.01", false);
            });
    steps(30);
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void trade(
      Exchange exchange, String account, OrderSide side, String quantity, boolean closes) {
    MarketOrder order =
        new MarketOrder(
            account,
            BTC,
            side,
            new BigDecimal(quantity),
            closes,
            "hand-" + ++number,
            CrashWorld.BEGIN_MS);
    assertThat(exchange.execute(order)).isInstanceOf(Accepted.class);
  }

  private void steps(int count) {
    for (int step = 0; step < count; step++) {
      world.step();
    }
  }

  private void assertNothingBooked() {
    assertThat(world.results()).noneMatch(result -> result.getFill() != null);
    assertThat(world.row("main", BTC)).isNull();
    assertThat(world.row("second", BTC)).isNull();
  }

  private BigDecimal held(String account) {
    return world.twin().state().amount(account, BTC);
  }

  /** Opens and closes as the pipeline does, and sees that both are booked. */
  private void assertTrades(String account) {
    world.plan(
        WorldPlans.granted(WorldPlans.entry(++number, account, BTC), world.nowMs(), GOOD_FOR_MS));
    steps(30);
    assertThat(world.booked(account, BTC)).isEqualByComparingTo("0.01");
    assertThat(held(account)).isEqualByComparingTo("0.01");
    assertThat(world.stops().rests(account, BTC)).isTrue();
    world.twin().closeByHand(account, BTC, BigDecimal.ONE);
    steps(30);
    assertThat(world.booked(account, BTC)).isZero();
    assertThat(held(account)).isZero();
  }

  @Test
  void shouldLeaveItAlone() {
    // then
    assertNothingBooked();
    assertThat(unbooked("main")).containsExactly(new UnbookedTrades(BTC, null));
    assertThat(unbooked("second")).containsExactly(new UnbookedTrades(BTC, null));
    assertThat(world.account("main").getHolds()).hasSize(1);
    assertThat(held("main")).isEqualByComparingTo("0.02");
    assertThat(held("second")).isEqualByComparingTo("-0.01");
  }

  @Test
  void shouldNotBookWhatClosesIt() {
    // when
    world.twin().closeByHand("main", BTC, BigDecimal.ONE);
    world.twin().closeByHand("second", BTC, BigDecimal.ONE);
    steps(40);

    // then
    assertNothingBooked();
    assertThat(unbooked("main")).singleElement().matches(each -> each.getUntilMs() != null);
    assertTrades("main");
    assertTrades("second");
  }

  private List<UnbookedTrades> unbooked(String account) {
    return world.account(account).getUnbooked();
  }

  @Test
  void shouldNotBookWhatClosesItInPartsWithAnotherExecutorBetween() {
    // when
    world.twin().closeByHand("main", BTC, new BigDecimal("0.5"));
    steps(15);
    world.restart(ExecutorMode.TRADE);
    steps(15);
    assertNothingBooked();
    world.twin().closeByHand("main", BTC, BigDecimal.ONE);
    steps(40);

    // then
    assertNothingBooked();
    assertTrades("main");
    assertThat(held("second")).isEqualByComparingTo("-0.01");
  }

  @Test
  void shouldNotBookWhatClosesItWhileThereIsNoExecutor() {
    // when
    world.whileDown(exchange -> world.twin().closeByHand("main", BTC, BigDecimal.ONE));
    steps(40);

    // then
    assertNothingBooked();
    assertTrades("main");
  }

  @Test
  void shouldNotBookItLaterEither() {
    // given
    world.twin().closeByHand("main", BTC, BigDecimal.ONE);
    steps(40);

    // when: whoever takes over asks for the trades of a day
    world.restart(ExecutorMode.TRADE);
    steps(40);

    // then
    assertNothingBooked();
    assertTrades("main");
    world.restart(ExecutorMode.TRADE);
    steps(40);
    assertThat(world.booked("main", BTC)).isZero();
  }

  @Test
  void shouldReckonTheWalletOnlyAfterwards() {
    // given: what the close costs is in the wallet and not in the books
    minutes(8);
    assertThat(world.account("main").getWalletExpected()).isNull();
    BigDecimal before = world.account("main").getWallet();

    // when
    world.twin().closeByHand("main", BTC, BigDecimal.ONE);
    minutes(16);

    // then
    assertThat(world.account("main").getWallet()).isLessThan(before);
    assertThat(world.account("main").getWalletDiffersSinceMs()).isZero();
    assertThat(world.account("main").getWalletExpected())
        .isEqualByComparingTo(world.account("main").getWallet());
  }

  private void minutes(int count) {
    for (int second = 0; second < count * 60; second += 5) {
      world.step(5_000);
    }
  }

  @Test
  void shouldBookWhatIsTradedInOtherSymbols() {
    // when
    world.plan(
        WorldPlans.granted(WorldPlans.entry(++number, "main", ETH), world.nowMs(), GOOD_FOR_MS));
    steps(20);
    world.twin().closeByHand("main", ETH, new BigDecimal("0.5"));
    steps(20);

    // then
    assertThat(world.booked("main", ETH)).isEqualByComparingTo("0.1");
    assertThat(world.row("main", BTC)).isNull();
  }
}
