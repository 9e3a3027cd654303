package io.quantumtrader.execution.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.Refused;
import io.quantumtrader.execution.twin.core.TwinCandle;
import io.quantumtrader.execution.twin.stream.StreamLimits;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What everybody is told. */
final class TwinMarketStreamTest extends TwinTestBase {
  private static final String CANDLES = "btcusdt@kline_1m";

  @Override
  TwinSettings.Builder change(TwinSettings.Builder settings) {
    return settings.streamLimits(new StreamLimits(4, 5, 180_000, 86_400_000));
  }

  @Test
  void shouldTellOpenCandlesAndThenTheClosedOneOnce() {
    try (StreamClient stream = market("/market/stream?streams=" + CANDLES + "/ethusdt@kline_1m")) {
      twin.price(BTC, new BigDecimal("60100"));
      JsonNode open = stream.next();
      clock.addAndGet(60_000);
      twin.tick();
      JsonNode closed = stream.next().path("data").path("k");

      assertThat(open.path("stream").asText()).isEqualTo(CANDLES);
      assertThat(open.path("data").path("k").path("x").asBoolean()).isFalse();
      assertThat(closed.path("x").asBoolean()).isTrue();
      assertThat(closed.path("h").asText()).isEqualTo("60100");
      assertThat(closed.path("T").asLong()).isEqualTo(closed.path("t").asLong() + 59_999);
    }
    JsonNode candles =
        client.send("GET", "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=10").body();
    assertThat(candles).hasSize(2);
    assertThat(candles.get(0).get(2).asText()).isEqualTo("60100");
  }

  @Test
  void shouldTellLongerCandlesToWhomAsksForThem() {
    clock.set(1_780_000_200_000L);
    twin.tick();
    try (StreamClient stream = market("/market/ws/btcusdt@kline_5m")) {
      twin.price(BTC, new BigDecimal("60100"));
      clock.addAndGet(240_000);
      twin.price(BTC, new BigDecimal("59900"));
      clock.addAndGet(60_000);
      twin.tick();
      JsonNode candle = stream.next().path("k");
      while (!candle.path("x").asBoolean()) {
        candle = stream.next().path("k");
      }

      assertThat(candle.path("i").asText()).isEqualTo("5m");
      assertThat(candle.path("t").asLong()).isEqualTo(1_780_000_200_000L);
      assertThat(candle.path("T").asLong()).isEqualTo(1_780_000_499_999L);
      assertThat(candle.path("h").asText()).isEqualTo("60100");
      assertThat(candle.path("l").asText()).isEqualTo("59900");
      assertThat(candle.path("v").asText()).isEqualTo("2");
      assertThat(stream.waiting()).isZero();
    }
  }

  @Test
  void shouldTellAllMarksEachSecond() {
    try (StreamClient stream = market("/market/ws/!markPrice@arr@1s")) {
      twin.tick();
      JsonNode marks = stream.next();
      clock.addAndGet(999);
      twin.tick();
      clock.addAndGet(1);
      twin.tick();
      JsonNode again = stream.next();

      assertThat(marks).hasSize(5);
      assertThat(marks.get(0).path("e").asText()).isEqualTo("markPriceUpdate");
      assertThat(marks.get(0).path("p").asText()).isEqualTo("60000");
      assertThat(again.get(0).path("E").asLong()).isEqualTo(START_MS + 1_000);
      assertThat(stream.waiting()).isZero();
    }
  }

  @Test
  void shouldSubscribeAndUnsubscribe() {
    String name = LATIN.toLowerCase(Locale.ROOT) + "@kline_1m";
    try (StreamClient stream = market("/market/ws")) {
      stream.say("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + name + "\"],\"id\":7}");
      JsonNode answer = stream.next();
      twin.price(LATIN, new BigDecimal("0.2600"));
      JsonNode candle = stream.next();
      stream.say("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"" + name + "\"],\"id\":8}");
      JsonNode unsubscribed = stream.next();
      stream.say("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":9}");
      JsonNode list = stream.next();
      stream.say("not json");
      JsonNode malformed = stream.next();

      assertThat(answer.path("result").isNull()).isTrue();
      assertThat(answer.path("id").asInt()).isEqualTo(7);
      assertThat(candle.path("s").asText()).isEqualTo(LATIN);
      assertThat(unsubscribed.path("id").asInt()).isEqualTo(8);
      assertThat(list.path("result")).isEmpty();
      assertThat(malformed.path("error").path("code").asInt()).isEqualTo(3);
    }
  }

  @Test
  void shouldTakeNamesOfAnyScriptInAddresses() {
    String name = URLEncoder.encode(LATIN.toLowerCase(Locale.ROOT), UTF_8);
    try (StreamClient combined = market("/market/stream?streams=" + name + "@kline_1m");
        StreamClient single = market("/market/ws/" + name + "@kline_1m")) {
      twin.price(LATIN, new BigDecimal("0.2600"));

      assertThat(combined.next().path("data").path("s").asText()).isEqualTo(LATIN);
      assertThat(single.next().path("s").asText()).isEqualTo(LATIN);
    }
  }

  @Test
  void shouldTellTheBookOnlyWhereItIsTold() {
    try (StreamClient wrong = market("/market/ws/btcusdt@bookTicker");
        StreamClient right = market("/public/ws/btcusdt@bookTicker");
        StreamClient old = market("/ws/btcusdt@bookTicker")) {
      twin.price(BTC, new BigDecimal("60100"));

      assertThat(right.next().path("a").asText()).isEqualTo("60100.1");
      assertThat(old.next().path("b").asText()).isEqualTo("60100");
      assertThat(wrong.waiting()).isZero();
    }
  }

  @Test
  void shouldTellTrades() {
    try (StreamClient stream = market("/market/ws/btcusdt@aggTrade")) {
      client.market(BTC, "SELL", "0.010", "");

      JsonNode trade = stream.next("aggTrade");
      assertThat(trade.path("q").asText()).isEqualTo("0.01");
      assertThat(trade.path("m").asBoolean()).isTrue();
    }
  }

  @Test
  void shouldEndAConnectionThatAsksTooMuch() {
    try (StreamClient talker = market("/market/ws");
        StreamClient greedy = market("/market/stream?streams=a@x/b@x/c@x/d@x/e@x")) {
      for (int i = 0; i < 6; i++) {
        talker.say("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + i + "}");
      }

      assertThat(talker.ended()).isEqualTo(1008);
      assertThat(greedy.ended()).isEqualTo(1008);
    }
  }

  @Test
  void shouldPingAndEndAConnectionWhenItsLifeIsOver() {
    try (StreamClient stream = market("/market/ws/" + CANDLES)) {
      clock.addAndGet(180_000);
      twin.tick();
      clock.addAndGet(86_400_000 - 180_000);
      twin.tick();

      assertThat(stream.ended()).isEqualTo(1001);
      assertThat(stream.pings()).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeCandlesFromOutside() {
    client.market(BTC, "BUY", "0.010", "");
    client.signed(
        "POST",
        "/fapi/v1/algoOrder",
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=59000"
            + "&closePosition=true");
    long minute = START_MS / 60_000 * 60_000;
    BigDecimal high = new BigDecimal("60500");
    BigDecimal close = new BigDecimal("60200");
    TwinCandle candle =
        new TwinCandle(
            minute,
            new BigDecimal("60000"),
            high,
            new BigDecimal("58950"),
            close,
            BigDecimal.TEN,
            close.multiply(BigDecimal.TEN),
            9);
    try (StreamClient stream = market("/market/ws/" + CANDLES)) {
      twin.candle(BTC, candle);
      assertThatThrownBy(() -> twin.candle(BTC, candle))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.code()).isEqualTo(-1102));
      clock.addAndGet(60_000);
      twin.tick();
      twin.price(BTC, high);

      JsonNode told = stream.next().path("k");
      JsonNode next = stream.next().path("k");

      assertThat(told.path("x").asBoolean()).isTrue();
      assertThat(told.path("l").asText()).isEqualTo("58950");
      assertThat(next.path("t").asLong()).isEqualTo(minute + 60_000);
      assertThat(next.path("x").asBoolean()).isFalse();
    }
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0");
    assertThat(twin.state().trades(ACCOUNT).get(1).price()).isEqualByComparingTo("58944.1");
  }

  @Test
  void shouldTakeTheCandleOfTheMinuteThatTheClockHasJustClosed() {
    long minute = START_MS / 60_000 * 60_000;
    try (StreamClient stream = market("/market/ws/" + CANDLES)) {
      clock.set(minute + 60_050);
      twin.tick();
      JsonNode empty = stream.next().path("k");

      twin.candle(BTC, lateCandle(minute));
      JsonNode told = stream.next().path("k");

      assertThat(empty.path("v").asText()).isEqualTo("0");
      assertThat(told.path("x").asBoolean()).isTrue();
      assertThat(told.path("t").asLong()).isEqualTo(minute);
      assertThat(told.path("v").asText()).isEqualTo("10");
    }
    JsonNode candles = client.send("GET", "/fapi/v1/klines?symbol=BTCUSDT&interval=1m").body();
    assertThat(candles).hasSize(2);
    assertThat(candles.get(0).get(2).asText()).isEqualTo("60500");
    // The minute under way has seen none of its prices, and begins where it ended.
    assertThat(candles.get(1).get(2).asText()).isEqualTo("60200");
    assertThat(candles.get(1).get(5).asText()).isEqualTo("0");
  }

  @Test
  void shouldRefuseACandleOfAMinuteThatHadTrades() {
    long minute = START_MS / 60_000 * 60_000;
    twin.price(BTC, new BigDecimal("60100"));
    clock.set(minute + 60_050);
    twin.tick();

    assertThatThrownBy(() -> twin.candle(BTC, lateCandle(minute)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(-1102));

    JsonNode premium = client.send("GET", "/fapi/v1/premiumIndex?symbol=BTCUSDT").body();
    assertThat(premium.path("markPrice").asText()).isEqualTo("60100");
  }

  private static TwinCandle lateCandle(long minute) {
    return new TwinCandle(
        minute,
        new BigDecimal("60000"),
        new BigDecimal("60500"),
        new BigDecimal("59900"),
        new BigDecimal("60200"),
        BigDecimal.TEN,
        new BigDecimal("602000"),
        9);
  }

  @Test
  void shouldAnswerWhatAMarketFeedAsks() {
    JsonNode info = client.send("GET", "/fapi/v1/exchangeInfo").body();
    JsonNode ticker = client.send("GET", "/fapi/v1/ticker/24hr").body();
    JsonNode premium = client.send("GET", "/fapi/v1/premiumIndex?symbol=BTCUSDT").body();
    twin.fund();
    JsonNode rates = client.send("GET", "/fapi/v1/fundingRate?symbol=BTCUSDT").body();

    assertThat(info.path("symbols")).hasSize(5);
    assertThat(info.path("symbols").get(0).path("filters")).hasSize(7);
    assertThat(info.path("symbols").get(0).path("marketTakeBound").asText()).isEqualTo("0.05");
    assertThat(info.path("rateLimits").get(0).path("limit").asInt()).isEqualTo(2400);
    assertThat(ticker).hasSize(5);
    assertThat(premium.path("nextFundingTime").asLong()).isEqualTo(1_780_012_800_000L);
    assertThat(rates.get(0).path("fundingRate").asText()).isEqualTo("0.0001");
    assertThat(client.send("GET", "/fapi/v1/klines?symbol=BTCUSDT&interval=7m").code())
        .isEqualTo(-1120);
  }

  private StreamClient market(String path) {
    return new StreamClient(twin.streamUrl(), path);
  }
}
