package io.quantumtrader.execution.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DirectFlattenTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final long NOW = 120_000;

  private final PaperExchange paper =
      new PaperExchange(PaperSettings.DEFAULT.withAccounts(List.of("main", "second")));
  private final AtomicInteger pauses = new AtomicInteger();
  private final List<DirectClose> told = new ArrayList<>();

  @BeforeEach
  void open() {
    paper.see(Candles.flat(BTC, 0, "70000.5"));
    paper.see(Candles.flat(ETH, 0, "2000.5"));
    buy("main", BTC, OrderSide.BUY, "0.01");
    buy("main", ETH, OrderSide.SELL, "0.5");
    buy("second", ETH, OrderSide.BUY, "0.25");
    var unused =
        paper.protect(
            new ProtectiveOrder(
                "main", BTC, OrderSide.SELL, Kind.STOP, new BigDecimal("69000"), "s", NOW));
  }

  private void buy(String account, String symbol, OrderSide side, String quantity) {
    OrderOutcome outcome =
        paper.execute(
            new MarketOrder(
                account, symbol, side, new BigDecimal(quantity), false, symbol + account, NOW));
    assertThat(outcome).isInstanceOf(OrderOutcome.Accepted.class);
  }

  private static List<String> symbols(Optional<List<ExchangePosition>> open) {
    return open.orElseThrow().stream().map(ExchangePosition::getSymbol).toList();
  }

  @Test
  void shouldCloseWhatIsOpenInTheAccountAlone() throws InterruptedException {
    // given
    DirectFlatten flatten = new DirectFlatten(paper, () -> NOW, pauses::incrementAndGet);

    // when
    List<DirectClose> done =
        flatten.close("main", flatten.open("main", Optional.empty()).orElseThrow(), told::add);

    // then
    assertThat(done).hasSameSizeAs(told).hasSize(2).allMatch(DirectClose::flat);
    assertThat(done).extracting(DirectClose::clientOrderId).allMatch(id -> id.endsWith("-f"));
    assertThat(symbols(flatten.open("main", Optional.empty()))).isEmpty();
    assertThat(symbols(flatten.open("second", Optional.empty()))).containsExactly(ETH);
    assertThat(paper.protection("main", BTC).orElseThrow())
        .as("nothing rests that could open anew")
        .isEmpty();
    assertThat(pauses).hasValue(0);
  }

  @Test
  void shouldCloseInPartsWhatIsMoreThanOneOrder() throws InterruptedException {
    // given: an exchange that takes 0.004 in one order
    List<MarketOrder> orders = new ArrayList<>();
    Exchange limited =
        (Exchange)
            Proxy.newProxyInstance(
                Exchange.class.getClassLoader(),
                new Class<?>[] {Exchange.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("instrument")) {
                    return paper
                        .instrument((String) arguments[0])
                        .map(
                            known ->
                                Instrument.newBuilder(known)
                                    .setMaxMarketQuantity(new BigDecimal("0.004"))
                                    .build());
                  }
                  if (method.getName().equals("execute")) {
                    orders.add((MarketOrder) arguments[0]);
                  }
                  return method.invoke(paper, arguments);
                });
    DirectFlatten flatten = new DirectFlatten(limited, () -> NOW, pauses::incrementAndGet);

    // when
    List<DirectClose> done =
        flatten.close("main", flatten.open("main", Optional.of(BTC)).orElseThrow(), told::add);

    // then
    assertThat(done).singleElement().matches(DirectClose::flat);
    assertThat(orders)
        .extracting(each -> each.quantity().stripTrailingZeros().toPlainString())
        .containsExactly("0.004", "0.004", "0.002");
    assertThat(orders)
        .extracting(MarketOrder::clientOrderId)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.endsWith("-f"));
  }

  /** An exchange that ends each order once so much of it is executed. */
  private Exchange cutting(String most, List<MarketOrder> orders, State state) {
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("execute")) {
                return method.invoke(paper, arguments);
              }
              MarketOrder order = (MarketOrder) arguments[0];
              orders.add(order);
              BigDecimal executed = order.quantity().min(new BigDecimal(most));
              if (executed.signum() == 0) {
                return new Accepted("1", State.EXPIRED, List.of());
              }
              Accepted done =
                  (Accepted)
                      paper.execute(
                          new MarketOrder(
                              order.account(),
                              order.symbol(),
                              order.side(),
                              executed,
                              true,
                              order.clientOrderId(),
                              order.atMs()));
              return new Accepted(done.orderId(), state, List.of(), executed);
            });
  }

  @Test
  void shouldGoOnWhereAnOrderWasOnlyPartlyExecuted() throws InterruptedException {
    // given
    List<MarketOrder> orders = new ArrayList<>();
    DirectFlatten flatten =
        new DirectFlatten(
            cutting("0.004", orders, State.EXPIRED), () -> NOW, pauses::incrementAndGet);

    // when
    List<DirectClose> done =
        flatten.close("main", flatten.open("main", Optional.of(BTC)).orElseThrow(), told::add);

    // then
    assertThat(done).singleElement().matches(DirectClose::flat);
    assertThat(orders)
        .extracting(each -> each.quantity().stripTrailingZeros().toPlainString())
        .containsExactly("0.01", "0.006", "0.002");
    assertThat(orders).extracting(MarketOrder::clientOrderId).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "of each order {0} is executed")
  @CsvSource({"0, 1", "0.0001, 11"})
  void shouldNotGoOnForEver(String most, int sent) throws InterruptedException {
    // given
    List<MarketOrder> orders = new ArrayList<>();
    DirectFlatten flatten =
        new DirectFlatten(cutting(most, orders, State.EXPIRED), () -> NOW, () -> {});

    // when
    List<DirectClose> done =
        flatten.close("main", flatten.open("main", Optional.of(BTC)).orElseThrow(), told::add);

    // then
    assertThat(done).singleElement().matches(each -> !each.flat());
    assertThat(orders).hasSize(sent);
  }

  @Test
  void shouldNotSendMoreWhileMoreOfAnOrderMayFollow() throws InterruptedException {
    // given
    List<MarketOrder> orders = new ArrayList<>();
    Exchange open = cutting("0.004", orders, State.OPEN);
    Exchange silent = new LostAnswers(open, Integer.MAX_VALUE);
    DirectFlatten flatten = new DirectFlatten(silent, () -> NOW, pauses::incrementAndGet);

    // when
    List<DirectClose> done =
        flatten.close("main", flatten.open("main", Optional.of(BTC)).orElseThrow(), told::add);

    // then
    assertThat(done).singleElement().matches(each -> !each.flat());
    assertThat(orders).hasSize(1);
  }

  @Test
  void shouldCloseOneSymbol() throws InterruptedException {
    // given
    DirectFlatten flatten = new DirectFlatten(paper, () -> NOW, pauses::incrementAndGet);

    // when
    List<DirectClose> unused =
        flatten.close("main", flatten.open("main", Optional.of(BTC)).orElseThrow(), told::add);

    // then
    assertThat(told).hasSize(1);
    assertThat(symbols(flatten.open("main", Optional.empty()))).containsExactly(ETH);
  }

  @Test
  void shouldAskAndNotSendAgainWhereTheExchangeDoesNotAnswer() throws InterruptedException {
    // given
    LostAnswers exchange = new LostAnswers(paper, 3);
    DirectFlatten flatten = new DirectFlatten(exchange, () -> NOW, pauses::incrementAndGet);

    // when
    List<DirectClose> done =
        flatten.close("main", flatten.open("main", Optional.of(BTC)).orElseThrow(), told::add);

    // then
    assertThat(exchange.executed()).isEqualTo(1);
    assertThat(pauses).hasValue(3);
    assertThat(done).singleElement().matches(DirectClose::flat);
  }

  @Test
  void shouldSayThatItIsNotFlatWhereNoAnswerComes() throws InterruptedException {
    // given
    LostAnswers exchange = new LostAnswers(paper, Integer.MAX_VALUE);
    exchange.loseOrders();
    DirectFlatten flatten = new DirectFlatten(exchange, () -> NOW, pauses::incrementAndGet);

    // when
    List<DirectClose> done =
        flatten.close("main", flatten.open("main", Optional.of(BTC)).orElseThrow(), told::add);

    // then
    assertThat(done).singleElement().matches(each -> !each.flat());
    assertThat(exchange.executed()).isEqualTo(1);
    assertThat(pauses.get()).isEqualTo(10);
  }
}
