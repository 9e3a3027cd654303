package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.codes.Scenario.listed;
import static io.quantumtrader.topology.codes.Scenario.recorded;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.util.stream.Stream;

/** What is noticed about candles, and how the lists of symbols come about. */
final class MarketScenarios {

  private static final String MARKET = "market-state";
  private static final String UNIVERSE = "universe";

  private MarketScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(candles(), marks(), lists()).flatMap(each -> each);
  }

  private static Stream<Scenario> candles() {
    return Stream.of(
        recorded(ReasonCode.CANDLE_INVALID, MARKET)
            .when(d -> d.candle(Desk.candleOf(BTC, NOON, "71000").setOpen(dec("0")))),
        recorded(ReasonCode.CANDLE_OUT_OF_ORDER, MARKET)
            .when(d -> d.candle(BTC, NOON - 2 * MINUTE, "71000")),
        recorded(ReasonCode.CANDLE_GAP, MARKET)
            .given(d -> d.clock(NOON + 7 * MINUTE))
            .when(d -> d.candle(BTC, NOON + 6 * MINUTE, "71000")),
        recorded(ReasonCode.CANDLE_SUSPECT, MARKET)
            .given(d -> d.clock(NOON + MINUTE))
            .when(d -> d.candle(BTC, NOON, "85200.1")),
        recorded(ReasonCode.PRICE_RESTORED, MARKET)
            .given(
                d -> {
                  d.clock(NOON + 2 * MINUTE);
                  d.candle(BTC, NOON, "85200.1");
                })
            .when(d -> d.candle(BTC, NOON + MINUTE, "85100")),
        recorded(ReasonCode.WARMING_UP, MARKET)
            .when(d -> d.candle("NEWUSDT", NOON - MINUTE, "1.5")));
  }

  private static Stream<Scenario> marks() {
    return Stream.of(
        recorded(ReasonCode.MARK_INVALID, MARKET).when(d -> d.mark(BTC, NOON, "0")),
        recorded(ReasonCode.MARK_OUT_OF_ORDER, MARKET).when(d -> d.mark(BTC, NOON - 1, "71000")),
        recorded(ReasonCode.MARK_SUSPECT, MARKET).when(d -> d.mark(BTC, NOON, "85200.1")));
  }

  private static Stream<Scenario> lists() {
    return Stream.of(
        recorded(ReasonCode.UNIVERSE_RANKED, UNIVERSE)
            .given(
                d -> {
                  // Sixty of these make a trend that no filter of an hour would miss.
                  for (int i = 0; i < 60; i++) {
                    d.clock(NOON + (i + 1) * MINUTE - 1);
                    d.candle(BTC, NOON + i * MINUTE, Long.toString(71000 + 400L * i));
                  }
                })
            .when(d -> d.clock(NOON + HOUR)),
        recorded(ReasonCode.UNIVERSE_FALLBACK, UNIVERSE)
            .given(
                d -> {
                  d.clock(NOON + HOUR - 1);
                  d.warm(BTC, "71000", 258);
                  d.warm("SOLUSDT", "150", 258);
                })
            .when(d -> d.clock(NOON + HOUR)),
        listed(ReasonCode.UNIVERSE_ACTIVE)
            .given(d -> d.instrument(Given.instrument("SOLUSDT")))
            .when(d -> d.clock(NOON + 2 * MINUTE)));
  }
}
