package io.quantumtrader.topology.decision.market;

import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.snapshot.Mark;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Marks after a candle that closed at 100, under a limit of a fifth. */
final class MarkAcceptanceTest {

  private static final CandleLimits LIMITS = new CandleLimits(new BigDecimal("0.2"), 5);
  private static final Progress AFTER =
      Progress.NONE.taking(candle(0, "100").build(), Turnover.NONE);
  private static final Mark CLOSE = new Mark(dec("100"), at(1));

  private static Candle mark(String price, long atMs) {
    return mark(price, price, price, atMs);
  }

  private static Candle mark(String price, String high, String low, long atMs) {
    return new Candle(
        "BTCUSDT", atMs - 1, 1L, dec(price), dec(high), dec(low), dec(price), dec("0"));
  }

  private static MarkAcceptance.Ruling decide(Candle mark) {
    return MarkAcceptance.decide(
        AFTER,
        Optional.of(CLOSE),
        mark,
        false,
        mark.getOpenTimeMs() + mark.getIntervalMs(),
        LIMITS);
  }

  private static Optional<ReasonCode> code(MarkAcceptance.Ruling ruling) {
    return ruling.finding().map(Finding::code);
  }

  @ParameterizedTest
  @CsvSource({
    "120, ",
    "120.000000000000000001, MARK_SUSPECT",
    "80, ",
    "79.999999999999999999, MARK_SUSPECT",
    "0, MARK_INVALID",
    "-1, MARK_INVALID"
  })
  void shouldTakeAPriceWithinTheStepThatACandleMayMake(String price, ReasonCode refused) {
    MarkAcceptance.Ruling ruling = decide(mark(price, at(1) + 5_000));

    assertThat(code(ruling)).isEqualTo(Optional.ofNullable(refused));
    assertThat(ruling.price())
        .isEqualTo(
            refused == null
                ? Optional.of(new Mark(dec(price), at(1) + 5_000, Mark.Source.MARK))
                : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"-1, MARK_OUT_OF_ORDER", "0, ", "1, "})
  void shouldDropWhatIsOlderThanThePriceKnown(long laterMs, ReasonCode refused) {
    MarkAcceptance.Ruling ruling = decide(mark("101", at(1) + laterMs));

    assertThat(code(ruling)).isEqualTo(Optional.ofNullable(refused));
    assertThat(ruling.price().isPresent()).isEqualTo(refused == null);
  }

  @Test
  void shouldSuspectAHighBelowTheLow() {
    assertThat(code(decide(mark("100", "99", "101", at(2))))).contains(ReasonCode.MARK_SUSPECT);
  }

  @ParameterizedTest
  @CsvSource({"5000, ", "5001, TIME_INVALID"})
  void shouldRefuseATimeAheadOfItsRecord(long aheadMs, ReasonCode refused) {
    Candle mark = mark("101", at(2));

    MarkAcceptance.Ruling ruling =
        MarkAcceptance.decide(AFTER, Optional.of(CLOSE), mark, false, at(2) - aheadMs, LIMITS);

    assertThat(code(ruling)).isEqualTo(Optional.ofNullable(refused));
  }

  @Test
  void shouldLeaveAStandInToItsCandleWhateverItSays() {
    MarkAcceptance.Ruling ruling =
        MarkAcceptance.decide(AFTER, Optional.of(CLOSE), mark("1000", at(0)), true, at(2), LIMITS);

    assertThat(ruling).isEqualTo(new MarkAcceptance.Ruling(Optional.empty(), Optional.empty()));
  }

  @Test
  void shouldSayNothingOfAnOldCandleWhoseFeedDidNotCallItOne() {
    Progress later = AFTER.taking(candle(1, "100").build(), Turnover.NONE);
    Optional<Mark> known = Optional.of(new Mark(dec("100"), at(2)));
    Candle shorter = candle(0).setIntervalMs(Candles.MINUTE - 1).build();

    assertThat(
            MarkAcceptance.decide(later, known, candle(0).build(), false, at(2), LIMITS).finding())
        .isEmpty();
    assertThat(code(MarkAcceptance.decide(later, known, shorter, false, at(2), LIMITS)))
        .contains(ReasonCode.MARK_OUT_OF_ORDER);
  }

  @Test
  void shouldTakeTheFirstPriceOfASymbol() {
    MarkAcceptance.Ruling ruling =
        MarkAcceptance.decide(
            Progress.NONE, Optional.empty(), mark("7", at(1)), false, at(1), LIMITS);

    assertThat(ruling.price()).contains(new Mark(dec("7"), at(1), Mark.Source.MARK));
  }

  @Test
  void shouldKnowTheLaterOfCloseAndMark() {
    Mark before = new Mark(dec("1"), at(1) - 1, Mark.Source.MARK);
    Mark same = new Mark(dec("2"), at(1), Mark.Source.MARK);

    assertThat(MarkAcceptance.lastPrice(AFTER, Optional.of(before))).contains(CLOSE);
    assertThat(MarkAcceptance.lastPrice(AFTER, Optional.of(same))).contains(same);
    assertThat(MarkAcceptance.lastPrice(AFTER, Optional.empty())).contains(CLOSE);
    assertThat(MarkAcceptance.lastPrice(Progress.NONE, Optional.of(before))).contains(before);
    assertThat(MarkAcceptance.lastPrice(Progress.NONE, Optional.empty())).isEmpty();
  }
}
