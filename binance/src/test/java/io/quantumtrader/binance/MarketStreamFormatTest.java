package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.binance.MarketEvent.ClosedCandle;
import io.quantumtrader.binance.MarketEvent.Marks;
import io.quantumtrader.binance.testing.LocalEvents;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MarketStreamFormatTest {

  private static final long MINUTE = 1_763_546_400_000L;
  private static final URI BASE = URI.create("wss://example.org/market");

  @Test
  void shouldNameStreamsOfAnyScript() {
    // given
    List<String> symbols = List.of("BTCUSDT", "BTCUSDT_260327", "\u5e01\u5b89\u4eba\u751fUSDT");

    // when
    URI address =
        MarketStreamFormat.address(
            BASE, symbols.stream().map(MarketStreamFormat::candles).toList());

    // then
    assertThat(address)
        .isEqualTo(
            URI.create(
                "wss://example.org/market/stream?streams=btcusdt@kline_1m/"
                    + "btcusdt_260327@kline_1m/%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9Fusdt@kline_1m"));
    assertThat(MarketStreamFormat.address(BASE, List.of(MarketStreamFormat.ALL_MARKS)))
        .hasToString("wss://example.org/market/stream?streams=!markPrice@arr@1s");
  }

  @Test
  void shouldRefuseMoreStreamsThanAConnectionTakes() {
    assertThat(MarketStreamFormat.address(BASE, Collections.nCopies(200, "a"))).isNotNull();
    assertThatThrownBy(() -> MarketStreamFormat.address(BASE, Collections.nCopies(201, "a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MarketStreamFormat.address(BASE, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadAClosedCandleCombinedOrNot() {
    // given
    String event = LocalEvents.candle("BTCUSDT", MINUTE, true);

    // when
    MarketEvent combined = MarketStreamFormat.read("{\"stream\":\"s\",\"data\":" + event + "}");

    // then
    assertThat(MarketStreamFormat.read(event)).isEqualTo(combined);
    assertThat(combined)
        .isInstanceOfSatisfying(
            ClosedCandle.class,
            closed -> {
              assertThat(closed.candle().getSymbol()).isEqualTo("BTCUSDT");
              assertThat(closed.candle().getOpenTimeMs()).isEqualTo(MINUTE);
              assertThat(closed.candle().getIntervalMs()).isEqualTo(60_000);
              assertThat(closed.candle().getVolume()).isEqualByComparingTo("308.42");
            });
  }

  @Test
  void shouldPassOverACandleThatIsUnderWay() {
    assertThat(MarketStreamFormat.read(LocalEvents.candle("BTCUSDT", MINUTE, false)))
        .isEqualTo(new MarketEvent.Other());
    assertThat(
            MarketStreamFormat.read(
                LocalEvents.candle("BTCUSDT", MINUTE, true).replace("\"1m\"", "\"5m\"")))
        .isEqualTo(new MarketEvent.Other());
  }

  @Test
  void shouldReadMarksAndCountThoseThatCannotBeRead() {
    // given
    String text =
        LocalEvents.marks(List.of("A", "B", "C", "D"), "17.5", MINUTE)
            .replaceFirst("17.5", "nothing")
            .replaceFirst("17.5", "0.00000000");

    // when
    MarketEvent event = MarketStreamFormat.read("{\"stream\":\"s\",\"data\":" + text + "}");

    // then
    assertThat(event)
        .isInstanceOfSatisfying(
            Marks.class,
            marks -> {
              assertThat(marks.marks()).extracting(MarkPrice::symbol).containsExactly("C", "D");
              assertThat(marks.marks()).extracting(MarkPrice::atMs).containsOnly(MINUTE);
              assertThat(marks.unreadable()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":null,\"id\":1}",
        "{\"stream\":\"s\",\"data\":{\"e\":\"somethingNew\",\"E\":1}}",
        "{}",
        "7",
        "{\"stream\":\"s\",\"data\":{}}",
      })
  void shouldPassOverWhatItDoesNotKnow(String text) {
    assertThat(MarketStreamFormat.read(text)).isEqualTo(new MarketEvent.Other());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"x\":true', '\"x\":1', data.k.x is not true or false: 1",
    "'\"t\":1763546400000', '\"t\":1763546400001', data.k.t is not a full minute",
    "'\"T\":1763546459999', '\"T\":1763546460000', data.k.T is not the end of the minute",
    "'\"v\":\"308.420\"', '\"v\":308.42', data.k.v is not a number in a string",
    "'\"s\":\"BTCUSDT\",\"k\"', '\"k\"', data.s is not a text: nothing",
    "'\"l\":\"', '\"l\":\"1', has open or close outside of low and high",
  })
  void shouldNameTheFieldOfABrokenCandle(String sound, String broken, String message) {
    String event = LocalEvents.candle("BTCUSDT", MINUTE, true).replace(sound, broken);

    assertThatThrownBy(() -> MarketStreamFormat.read("{\"stream\":\"s\",\"data\":" + event + "}"))
        .isInstanceOf(MarketDataException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "not json", "{\"data\":{\"e\":7}}"})
  void shouldThrowOneKindOfFailureForWhatIsNoMessage(String text) {
    assertThatThrownBy(() -> MarketStreamFormat.read(text)).isInstanceOf(MarketDataException.class);
  }
}
