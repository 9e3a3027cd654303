package io.quantumtrader.topology.decision.market;

import static io.quantumtrader.topology.decision.market.Candles.MINUTE;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static io.quantumtrader.topology.decision.market.SymbolInMemory.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CandleAcceptanceTest {

  private SymbolInMemory symbol;

  @BeforeEach
  void seeThreeCandles() {
    symbol = new SymbolInMemory();
    for (long n = 0; n < 3; n++) {
      symbol.give(candle(n).build());
    }
  }

  @Test
  void shouldSayOncePerWarmUpThatItBegins() {
    // given
    SymbolInMemory fresh = new SymbolInMemory();

    // when
    Ruling first = fresh.give(candle(0).build());
    Ruling again = fresh.give(candle(0).build());
    Ruling second = fresh.give(candle(1).build());

    // then
    assertThat(codes(first)).containsExactly(ReasonCode.WARMING_UP);
    assertThat(first.findings().getFirst().numbers().list())
        .containsExactly(new NumberOf("closes", "1"), new NumberOf("closesNeeded", "257"));
    assertThat(codes(again)).isEmpty();
    assertThat(codes(second)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "120, true",
    "120.000000000000000001, false",
    "119.99, true",
    "80, true",
    "79.999999999999999999, false",
    "80.01, true"
  })
  void shouldHoldBackWhatIsMoreThanAFifthFromTheLastClose(String close, boolean taken) {
    // when
    Ruling ruling = symbol.give(candle(3, close).build());

    // then
    assertThat(ruling.taken()).hasSize(taken ? 1 : 0);
    assertThat(ruling.publish()).isTrue();
    assertThat(symbol.now().suspect()).isEqualTo(!taken);
    assertThat(symbol.now().closes()).isEqualTo(taken ? 4 : 3);
    assertThat(symbol.now().price()).isEqualByComparingTo(taken ? close : "100");
    assertThat(codes(ruling)).isEqualTo(taken ? List.of() : List.of(ReasonCode.CANDLE_SUSPECT));
  }

  @ParameterizedTest
  @CsvSource({"100.01, 100, true", "100, 100, true", "99.99, 100, false"})
  void shouldHoldBackWhatHasItsHighBelowItsLow(String high, String low, boolean taken) {
    // when
    Ruling ruling = symbol.give(candle(3).setHigh(dec(high)).setLow(dec(low)).build());

    // then
    assertThat(ruling.taken()).hasSize(taken ? 1 : 0);
    assertThat(symbol.now().suspect()).isEqualTo(!taken);
  }

  @Test
  void shouldTakeBothWhenTheNextCandleAgreesWithTheOneHeldBack() {
    // given
    symbol.give(candle(3, "150").build());

    // when
    Ruling ruling = symbol.give(candle(4, "155").build());

    // then
    assertThat(ruling.taken()).extracting(Candle::getOpenTimeMs).containsExactly(at(3), at(4));
    assertThat(codes(ruling)).containsExactly(ReasonCode.PRICE_RESTORED);
    assertThat(symbol.now().suspect()).isFalse();
    assertThat(symbol.now().closes()).isEqualTo(5);
    assertThat(symbol.lastCloses()).containsExactly(100, 100, 100, 150, 155);
  }

  @Test
  void shouldDropALoneOutlierOnceTwoCandlesAgreeAgain() {
    // given
    symbol.give(candle(3, "150").build());

    // when
    Ruling back = symbol.give(candle(4, "101").build());
    Ruling agreed = symbol.give(candle(5, "102").build());

    // then
    assertThat(back.taken()).isEmpty();
    assertThat(back.publish()).isFalse();
    assertThat(codes(back)).containsExactly(ReasonCode.CANDLE_SUSPECT);
    assertThat(back.findings().getFirst().numbers().list())
        .contains(new NumberOf("close", "101"), new NumberOf("lastClose", "150"));
    assertThat(codes(agreed)).containsExactly(ReasonCode.PRICE_RESTORED);
    assertThat(symbol.lastCloses()).containsExactly(100, 100, 100, 101, 102);
  }

  @Test
  void shouldNotLetAMalformedCandleBeAgreedWith() {
    // given
    symbol.give(candle(3).setHigh(dec("98")).build());

    // when
    Ruling first = symbol.give(candle(4).build());
    Ruling second = symbol.give(candle(5).build());

    // then
    assertThat(codes(first)).containsExactly(ReasonCode.CANDLE_SUSPECT);
    assertThat(codes(second)).containsExactly(ReasonCode.PRICE_RESTORED);
    assertThat(second.taken()).hasSize(2);
  }

  @Test
  void shouldHoldBackWhatDoesNotAgreeWithTheOneHeldBack() {
    // given
    symbol.give(candle(3, "150").build());

    // when
    Ruling ruling = symbol.give(candle(4, "180.000000000000000001").build());

    // then
    assertThat(codes(ruling)).containsExactly(ReasonCode.CANDLE_SUSPECT);
    assertThat(symbol.now().held()).map(Candle::getOpenTimeMs).contains(at(4));
  }

  @ParameterizedTest
  @CsvSource({"7, false", "8, false", "9, true"})
  void shouldBeginAnewWhenMoreThanFiveIntervalsAreMissing(long minute, boolean anew) {
    // when
    Ruling ruling = symbol.give(candle(minute).build());

    // then
    assertThat(symbol.now().closes()).isEqualTo(anew ? 1 : 4);
    assertThat(symbol.now().range().count()).isEqualTo(anew ? 1 : 4);
    assertThat(codes(ruling))
        .isEqualTo(
            anew ? List.of(ReasonCode.CANDLE_GAP, ReasonCode.WARMING_UP) : List.<ReasonCode>of());
    assertThat(symbol.now().turnover().inDay()).isEqualByComparingTo("800");
  }

  @Test
  void shouldForgetASuspicionAcrossAGap() {
    // given
    symbol.give(candle(3, "150").build());

    // when
    Ruling ruling = symbol.give(candle(10, "150").build());

    // then
    assertThat(codes(ruling)).containsExactly(ReasonCode.CANDLE_GAP, ReasonCode.WARMING_UP);
    assertThat(symbol.now().suspect()).isFalse();
    assertThat(symbol.lastCloses()).containsExactly(150);
  }

  @Test
  void shouldBeginAnewWithAnotherInterval() {
    // when
    Ruling ruling = symbol.give(candle(5).setIntervalMs(5 * MINUTE).build());

    // then
    assertThat(codes(ruling)).containsExactly(ReasonCode.WARMING_UP);
    assertThat(symbol.now().closes()).isEqualTo(1);
    assertThat(symbol.now().intervalMs()).isEqualTo(5 * MINUTE);
  }

  @Test
  void shouldReplaceTheLastCandle() {
    // given
    Ruling first = symbol.give(candle(3, "110").setVolume(dec("7")).build());

    // when
    Ruling second = symbol.give(candle(3, "105").setVolume(dec("1")).build());

    // then
    assertThat(first.replaced()).isFalse();
    assertThat(second.replaced()).isTrue();
    assertThat(second.publish()).isTrue();
    assertThat(second.head().revision()).isEqualTo(1);
    assertThat(second.occurrence()).isEqualTo(2);
    assertThat(symbol.lastCloses()).containsExactly(100, 100, 100, 105);
    assertThat(symbol.now().range().count()).isEqualTo(4);
    assertThat(symbol.now().turnover().inDay()).isEqualByComparingTo("705");
    assertThat(symbol.give(candle(4).build()).head().revision()).isZero();
  }

  @Test
  void shouldTakeBackASuspicionWithItsCandle() {
    // given
    symbol.give(candle(3, "150").build());

    // when
    Ruling ruling = symbol.give(candle(3, "101").build());

    // then
    assertThat(codes(ruling)).containsExactly(ReasonCode.PRICE_RESTORED);
    assertThat(ruling.publish()).isTrue();
    assertThat(symbol.lastCloses()).containsExactly(100, 100, 100, 101);
  }

  @Test
  void shouldTakeBackACloseThatTurnsOutSuspect() {
    // given
    symbol.give(candle(3, "101").build());

    // when
    Ruling ruling = symbol.give(candle(3, "150").build());

    // then
    assertThat(codes(ruling)).containsExactly(ReasonCode.CANDLE_SUSPECT);
    assertThat(ruling.publish()).isTrue();
    assertThat(symbol.lastCloses()).containsExactly(100, 100, 100);
    assertThat(symbol.now().turnover().inDay()).isEqualByComparingTo("600");
  }

  @Test
  void shouldDropAndCountWhatIsOlder() {
    // given
    Progress before = symbol.now();

    // when
    Ruling first = symbol.give(candle(1).build());
    Ruling second = symbol.give(candle(0).build());

    // then
    assertThat(codes(first)).containsExactly(ReasonCode.CANDLE_OUT_OF_ORDER);
    assertThat(first.dropped()).isTrue();
    assertThat(first.publish()).isFalse();
    assertThat(first.occurrence()).isEqualTo(1);
    assertThat(second.occurrence()).isEqualTo(2);
    assertThat(second.findings().getFirst().numbers().list())
        .contains(new NumberOf("dropped", "2"));
    assertThat(symbol.now()).isEqualTo(before);
    assertThat(symbol.head().dropped()).isEqualTo(2);
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        broken("open", candle -> candle.setOpen(dec("0"))),
        broken("high", candle -> candle.setHigh(dec("0"))),
        broken("low", candle -> candle.setLow(dec("-1"))),
        broken("close", candle -> candle.setClose(dec("0"))),
        broken("volume", candle -> candle.setVolume(dec("-0.000000000000000001"))),
        broken("interval", candle -> candle.setIntervalMs(0)),
        broken("time before 1970", candle -> candle.setOpenTimeMs(-1)),
        broken("close time beyond all time", candle -> candle.setOpenTimeMs(Long.MAX_VALUE)),
        broken("notional", candle -> candle.setVolume(dec("100000000000000"))));
  }

  private static Arguments broken(String name, UnaryOperator<Candle.Builder> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void shouldDropWhatIsNoCandle(String name, UnaryOperator<Candle.Builder> change) {
    // when
    Ruling ruling = symbol.give(change.apply(candle(3)).build(), at(4));

    // then
    assertThat(codes(ruling)).as(name).containsExactly(ReasonCode.CANDLE_INVALID);
    assertThat(ruling.findings().getFirst().numbers().list())
        .extracting(NumberOf::getName)
        .contains("openTimeMs", "intervalMs", "open", "high", "low", "close", "volume");
    assertThat(symbol.now().closes()).isEqualTo(3);
  }

  @Test
  void shouldTakeTheSmallestSoundCandle() {
    // when
    Ruling ruling =
        symbol.give(
            candle(3)
                .setVolume(dec("0"))
                .setLow(dec("0.000000000000000001"))
                .setIntervalMs(MINUTE)
                .build());

    // then
    assertThat(ruling.taken()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"4999, true", "5000, true", "5001, false"})
  void shouldDropWhatSaysItClosesAfterItsRecord(long aheadMs, boolean taken) {
    // when
    Ruling ruling = symbol.give(candle(3).build(), at(4) - aheadMs);

    // then
    assertThat(ruling.taken()).hasSize(taken ? 1 : 0);
    assertThat(codes(ruling)).isEqualTo(taken ? List.of() : List.of(ReasonCode.TIME_INVALID));
  }
}
