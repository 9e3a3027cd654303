package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in which one row makes no sense, and lists that are longer than is asked for at once. */
final class UnreadableRowsTest {

  private static final long NOW = 1_780_000_000_000L;
  private static final String BTC = "BTCUSDT";

  private long nowMs = NOW;
  private ScriptedRest exchange;

  @BeforeEach
  void start() throws IOException {
    exchange = new ScriptedRest(() -> nowMs);
    exchange.answer(
        "/fapi/v1/order", "{\"clientOrderId\":\"web_1\",\"orderId\":5,\"reduceOnly\":false}");
  }

  @AfterEach
  void stop() {
    exchange.close();
  }

  private static String trade(long id, long atMs) {
    return """
        {"symbol":"BTCUSDT","id":%d,"orderId":5,"side":"BUY","qty":"0.1","price":"60000",\
        "commission":"0.01","commissionAsset":"USDT","time":%d}"""
        .formatted(id, atMs);
  }

  private static String funding(long id, String amount, long atMs) {
    return """
        {"incomeType":"FUNDING_FEE","symbol":"BTCUSDT","income":"%s","asset":"USDT","time":%d,\
        "tranId":%d,"tradeId":""}"""
        .formatted(amount, atMs, id);
  }

  private static String list(String... rows) {
    return "[" + String.join(",", rows) + "]";
  }

  private static BinanceSettings settings() {
    URI nowhere = URI.create("http://127.0.0.1:1");
    return BinanceSettings.of(BinanceEnvironment.at("scripted", nowhere, nowhere));
  }

  private AccountTrades trades(TradeReader reader, IncomeReader incomes) {
    BinanceSettings settings = settings();
    Positions positions = new Positions(exchange.rest());
    ConditionalOrders conditional = new ConditionalOrders(exchange.rest(), positions, settings);
    AccountTrades trades =
        new AccountTrades(
            reader,
            incomes,
            positions,
            new Listings(exchange.rest(), settings, () -> nowMs),
            new AccountReader(exchange.rest(), positions, conditional, settings, () -> nowMs),
            settings,
            () -> nowMs,
            new UserFeed(),
            exchange.rest());
    trades.restore(Optional.empty(), List.of());
    return trades;
  }

  private static List<String> ids(List<UnplannedFill> fills) {
    return fills.stream().map(each -> each.fill().getFillId()).toList();
  }

  @Test
  void shouldLeaveOutTheRowThatCannotBeReadAndGoOnWithTheRest() {
    // given: of three trades, and of three rows of cash, the second makes no sense
    TradeReader reader = new TradeReader(exchange.rest());
    IncomeReader incomes = new IncomeReader(exchange.rest());
    AccountTrades trades = trades(reader, incomes);
    exchange.answer(
        "/fapi/v1/income",
        list(
            funding(1, "0.5", NOW),
            funding(2, "not a number", NOW),
            funding(3, "0.7", NOW),
            commission("BTCUSDT", 13)));
    exchange.answer(
        "/fapi/v1/userTrades",
        list(trade(11, NOW), trade(12, NOW).replace("0.1", "?"), trade(13, NOW)));

    // when
    List<UnplannedFill> fills = trades.unplanned(true);
    List<ExchangeIncome> cash = trades.income(NOW);
    boolean searched = trades.search(BTC, NOW);
    nowMs += 21_000;
    List<UnplannedFill> again = trades.unplanned(true);

    // then
    assertThat(ids(fills)).containsExactly("BTCUSDT:11", "BTCUSDT:13");
    assertThat(cash).extracting(ExchangeIncome::getIncomeId).containsExactly(f(1), f(3));
    assertThat(again).isEmpty();
    assertThat(searched).as("the search is still to come").isFalse();
    assertThat(trades.search(BTC, NOW)).as("all else is known").isTrue();
  }

  @Test
  void shouldTakeAListWithAnUnreadableRowForWhole() {
    // given: of two rows the last makes no sense
    exchange.answer(
        "/fapi/v1/income", list(funding(1, "0.5", NOW), funding(2, "not a number", NOW)));
    exchange.answer(
        "/fapi/v1/userTrades", list(trade(11, NOW), trade(12, NOW).replace("0.1", "?")));

    // when: with room for three rows, and for no third
    Rows<Trade> trades =
        new TradeReader(exchange.rest(), 3, 1).between(BTC, NOW, NOW).orElseThrow();
    Rows<Income> cash = new IncomeReader(exchange.rest(), 3, 1).between(NOW, NOW).orElseThrow();
    Rows<Trade> cutTrades =
        new TradeReader(exchange.rest(), 2, 1).between(BTC, NOW, NOW).orElseThrow();
    Rows<Income> cutCash = new IncomeReader(exchange.rest(), 2, 1).between(NOW, NOW).orElseThrow();

    // then: what cannot be read is not what is still to come
    assertThat(trades.rows()).hasSize(1);
    assertThat(trades.whole()).isTrue();
    assertThat(cash.rows()).hasSize(1);
    assertThat(cash.whole()).isTrue();
    assertThat(cutTrades.whole()).isFalse();
    assertThat(cutCash.whole()).isFalse();
  }

  @Test
  void shouldSayThatAnOrderWasExecutedWhoseTradesCannotBeRead() {
    // given
    exchange.answer(
        "/fapi/v1/order",
        "{\"clientOrderId\":\"qs-0123456789abcdef\",\"orderId\":5,\"status\":\"FILLED\","
            + "\"executedQty\":\"0.3\"}");
    exchange.answer(
        "/fapi/v1/userTrades", list(trade(11, NOW), trade(12, NOW).replace("0.1", "?")));
    BinanceSettings settings = settings();
    MarketOrders orders =
        new MarketOrders(
            exchange.rest(),
            new TradeReader(exchange.rest()),
            new Listings(exchange.rest(), settings, () -> nowMs),
            new Positions(exchange.rest()),
            settings,
            () -> nowMs,
            ms -> nowMs += ms);

    // when
    OrderOutcome outcome = orders.query(BTC, "qs-0123456789abcdef");

    // then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.state()).isEqualTo(State.OPEN);
              assertThat(accepted.executed()).isEqualByComparingTo("0.3");
              assertThat(accepted.filledQuantity()).isEqualByComparingTo("0.1");
            });
  }

  /** Lists these symbols, and says of the first that there is none when it is asked for trades. */
  private void refuse(String refused, String... listed) {
    exchange.answer(
        "/fapi/v1/exchangeInfo",
        Stream.of(listed)
            .map("{\"symbol\":\"%s\"}"::formatted)
            .collect(Collectors.joining(",", "{\"symbols\":[", "]}")));
    exchange.answer("/fapi/v1/income", list(commission("AAAUSDT", 11), commission("BTCUSDT", 12)));
    exchange.answer(
        "/fapi/v1/userTrades",
        query ->
            query.get("symbol").equals(refused)
                ? "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"
                : Long.parseLong(query.get("startTime")) > NOW
                    ? "[]"
                    : list(trade(query.get("symbol").equals(BTC) ? 12 : 11, NOW))
                        .replace(BTC, query.get("symbol")));
  }

  @Test
  void shouldLeaveOutASymbolThatTheExchangeDoesNotKnowAndGoOnWithTheRest() {
    // given: cash names trades in two symbols, of which the exchange does not know the first
    AccountTrades trades =
        trades(new TradeReader(exchange.rest()), new IncomeReader(exchange.rest()));
    refuse("AAAUSDT", BTC);

    // when
    List<UnplannedFill> fills = trades.unplanned(true);
    boolean before = trades.search(BTC, NOW);
    boolean never = trades.search("AAAUSDT", NOW);
    nowMs += 21_000;
    List<UnplannedFill> again = trades.unplanned(true);

    // then
    assertThat(ids(fills)).containsExactly("BTCUSDT:12");
    assertThat(again).isEmpty();
    assertThat(List.of(before, never)).as("the search is still to come").containsOnly(false);
    assertThat(trades.search(BTC, NOW)).as("all else is known").isTrue();
    assertThat(trades.search("AAAUSDT", NOW)).as("there is nothing to be known").isTrue();
  }

  @ParameterizedTest(name = "listed: {0}")
  @ValueSource(strings = {"AAAUSDT,BTCUSDT", ""})
  void shouldAskAgainForASymbolThatIsListedOrMayBeAndThatTheExchangeSaysItDoesNotKnow(
      String listed) {
    // given
    AccountTrades trades =
        trades(new TradeReader(exchange.rest()), new IncomeReader(exchange.rest()));
    String[] names = listed.isEmpty() ? new String[0] : listed.split(",");
    refuse("AAAUSDT", names);

    // when
    List<UnplannedFill> fills = trades.unplanned(true);
    boolean never = trades.search("AAAUSDT", NOW);
    boolean other = trades.search(BTC, NOW);
    nowMs += 21_000;
    fills = concat(fills, trades.unplanned(true));
    boolean doubted = trades.search("AAAUSDT", NOW);
    other |= trades.search(BTC, NOW);

    // then: nothing else waits for it
    assertThat(ids(fills)).containsExactly("BTCUSDT:12");
    assertThat(List.of(never, doubted)).containsOnly(false);
    assertThat(other).isTrue();

    // when: much later the exchange knows it, and the list of cash names it no more
    exchange.answer("/fapi/v1/income", "[]");
    for (int i = 0; i < 20; i++) {
      nowMs += 60_000;
      fills = concat(fills, trades.unplanned(true));
    }
    refuse("NONE", "AAAUSDT", BTC);
    exchange.answer("/fapi/v1/income", "[]");
    nowMs += settings().syncEvery().toMillis() + 60_000;
    fills = concat(fills, trades.unplanned(true));

    // then: its trade is told, although it is older than what is asked for by then
    assertThat(ids(fills)).containsExactly("BTCUSDT:12", "AAAUSDT:11");
    boolean unwanted = trades.search("AAAUSDT", NOW);
    var unused = trades.unplanned(true);
    assertThat(unwanted).as("nobody wanted it for long").isFalse();
    assertThat(trades.search("AAAUSDT", NOW)).isTrue();
  }

  private static List<UnplannedFill> concat(List<UnplannedFill> one, List<UnplannedFill> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static String commission(String symbol, long trade) {
    return """
        {"incomeType":"COMMISSION","symbol":"%s","income":"-0.01","asset":"USDT",\
        "time":%d,"tranId":%d,"tradeId":"%d"}"""
        .formatted(symbol, NOW, trade, trade);
  }

  private static String f(int id) {
    return "FUNDING_FEE:" + id;
  }

  /** Answers with so many rows from the time that is asked for, at the most so many at once. */
  private static String cut(Map<String, String> query, List<String> rows, List<Long> atMs) {
    long from = Long.parseLong(query.get("startTime"));
    int limit = Integer.parseInt(query.get("limit"));
    List<String> found = new ArrayList<>();
    for (int i = 0; i < rows.size() && found.size() < limit; i++) {
      if (atMs.get(i) >= from) {
        found.add(rows.get(i));
      }
    }
    return found.stream().collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void shouldGoOnWhereAListOfCashWasCut() {
    // given: 20 rows, of which two pages of three are asked for at a time
    List<Long> times = LongStream.range(0, 20).mapToObj(i -> NOW + i).toList();
    List<String> rows = LongStream.range(0, 20).mapToObj(i -> funding(i, "0.1", NOW + i)).toList();
    exchange.answer("/fapi/v1/income", query -> cut(query, rows, times));
    AccountTrades trades =
        trades(new TradeReader(exchange.rest()), new IncomeReader(exchange.rest(), 3, 2));

    // when
    List<String> told = new ArrayList<>();
    List<Integer> each = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      assertThat(trades.unplanned(true)).isEmpty();
      List<ExchangeIncome> income = trades.income(NOW);
      each.add(income.size());
      income.forEach(row -> told.add(row.getIncomeId()));
      nowMs += 31_000;
    }

    // then
    assertThat(each.getFirst()).as("not all at once").isLessThan(20);
    assertThat(told).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void shouldGoOnWhereAListOfTradesWasCut() {
    // given
    List<Long> times = LongStream.range(0, 20).mapToObj(i -> NOW + i).toList();
    List<String> rows = LongStream.range(0, 20).mapToObj(i -> trade(i + 1, NOW + i)).toList();
    exchange.answer(
        "/fapi/v1/userTrades",
        query -> {
          if (query.containsKey("fromId")) {
            int first = Integer.parseInt(query.get("fromId")) - 1;
            return rows.stream().skip(first).limit(3).collect(Collectors.joining(",", "[", "]"));
          }
          return cut(query, rows, times);
        });
    exchange.answer(
        "/fapi/v3/positionRisk", list("{\"symbol\":\"BTCUSDT\",\"positionAmt\":\"2\"}"));
    AccountTrades trades =
        trades(new TradeReader(exchange.rest(), 3, 2), new IncomeReader(exchange.rest()));

    // when
    List<UnplannedFill> first = trades.unplanned(true);
    boolean whole = trades.search(BTC, NOW);
    List<UnplannedFill> told = new ArrayList<>(first);
    for (int i = 0; i < 12; i++) {
      nowMs += 31_000;
      told.addAll(trades.unplanned(true));
    }

    // then
    assertThat(first).as("not all at once").hasSize(6);
    assertThat(whole).isFalse();
    assertThat(ids(told)).hasSize(20).doesNotHaveDuplicates();
  }
}
