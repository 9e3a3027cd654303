package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.market.live.CandlePlan.Request;
import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CandlePlanTest {

  private static final long MINUTE = 60_000;

  /** A full minute. */
  private static final long NOON = 1_763_546_400_000L;

  private static final long LATER = CandlePlan.AFTER_CLOSE_MS;

  @Test
  void shouldBeginWithHistoryWhereNothingIsThere() {
    // when
    CandlePlan plan = new CandlePlan(List.of("B", "A"), Map.of(), 300, NOON + 30_000);

    // then: 300 closed ones and the one under way, ordered by symbol
    assertThat(plan.due(NOON + 30_000))
        .containsExactly(
            new Request("A", NOON - 300 * MINUTE, 301, 0),
            new Request("B", NOON - 300 * MINUTE, 301, 0));
  }

  @Test
  void shouldGoOnAfterWhatIsThere() {
    // given
    Map<String, Long> last =
        Map.of("A", NOON - 3 * MINUTE, "OLD", NOON - 900 * MINUTE, "AHEAD", NOON + 900 * MINUTE);

    // when
    CandlePlan plan = new CandlePlan(List.of("A", "OLD", "AHEAD"), last, 300, NOON + LATER);

    // then: what a wrong clock wrote ahead is not waited for
    assertThat(plan.due(NOON + LATER))
        .containsExactly(
            new Request("A", NOON - 2 * MINUTE, 3, 0),
            new Request("OLD", NOON - 300 * MINUTE, 301, 0));
    assertThat(plan.due(NOON + MINUTE + LATER)).extracting(Request::symbol).contains("AHEAD");
  }

  @Test
  void shouldAskForEachCandleOnceShortlyAfterItsMinute() {
    // given
    CandlePlan plan = plan(NOON - MINUTE);

    // when, then
    assertThat(plan.due(NOON + LATER - 1)).isEmpty();
    assertThat(plan.due(NOON + LATER)).containsExactly(new Request("A", NOON - MINUTE, 2, 0));

    // when
    plan.taken("A", candles(NOON - MINUTE, 1), NOON + LATER);

    // then
    assertThat(plan.due(NOON + LATER)).isEmpty();
    assertThat(plan.due(NOON + MINUTE + LATER - 1)).isEmpty();
    assertThat(plan.due(NOON + MINUTE + LATER)).containsExactly(new Request("A", NOON, 2, 0));
  }

  @Test
  void shouldFetchWhatWasMissedAndGiveUpWhatIsTooOld() {
    // given
    CandlePlan plan = plan(NOON);

    // when, then: ten minutes later
    assertThat(plan.due(NOON + 10 * MINUTE + LATER)).containsExactly(new Request("A", NOON, 11, 0));

    // when, then: 600 minutes later, 498 at most in one request with the one under way
    long late = NOON + 600 * MINUTE + LATER;
    assertThat(plan.due(late)).containsExactly(new Request("A", NOON + 102 * MINUTE, 499, 102));
    assertThat(plan.due(late)).containsExactly(new Request("A", NOON + 102 * MINUTE, 499, 0));
  }

  @Test
  void shouldAskForTheRestWhereAnAnswerEndsEarly() {
    // given
    CandlePlan plan = plan(NOON);
    long now = NOON + 10 * MINUTE + LATER;

    // when
    plan.taken("A", candles(NOON, 4), now);

    // then
    assertThat(plan.due(now)).containsExactly(new Request("A", NOON + 4 * MINUTE, 7, 0));
  }

  @Test
  void shouldAskLessAndLessOftenForWhatIsNotThere() {
    // given
    CandlePlan plan = plan(NOON);
    long now = NOON + MINUTE + LATER;

    for (long pause : new long[] {2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000}) {
      // when
      plan.taken("A", List.of(), now);

      // then
      assertThat(plan.due(now + pause - 1)).as("before %d", pause).isEmpty();
      assertThat(plan.due(now + pause)).as("after %d", pause).hasSize(1);
      now += pause;
    }

    // when: one answer is enough
    plan.taken("A", candles(NOON, 1), now);
    plan.failed("A", now);
    assertThat(plan.due(now + 2_000)).hasSize(1);
  }

  @Test
  void shouldTakeOneThatComesByItselfWhereItIsTheNext() {
    // given
    CandlePlan plan = plan(NOON);

    // when, then: before, after a gap, the next, and the next once more
    assertThat(plan.offer(candles(NOON - MINUTE, 1).getFirst(), NOON + MINUTE)).isFalse();
    assertThat(plan.offer(candles(NOON + MINUTE, 1).getFirst(), NOON + 2 * MINUTE)).isFalse();
    assertThat(plan.offer(candles(NOON, 1).getFirst(), NOON + MINUTE)).isTrue();
    assertThat(plan.offer(candles(NOON, 1).getFirst(), NOON + MINUTE)).isFalse();
    assertThat(plan.due(NOON + MINUTE + LATER)).isEmpty();
    assertThat(plan.due(NOON + 2 * MINUTE + LATER))
        .containsExactly(new Request("A", NOON + MINUTE, 2, 0));
  }

  @Test
  void shouldTakeNoneOfAnotherSymbolOrOfATimeToCome() {
    // given
    CandlePlan plan = plan(NOON);
    Candle next = candles(NOON, 1).getFirst();

    // when, then
    assertThat(plan.offer(next, NOON + MINUTE - LATER - 1)).isFalse();
    assertThat(plan.offer(Candle.newBuilder(next).setSymbol("B").build(), NOON + MINUTE)).isFalse();
    assertThat(plan.offer(next, NOON + MINUTE - LATER)).isTrue();
  }

  @Test
  void shouldWaitForOneThatComesByItselfButNotForAGap() {
    // given
    CandlePlan plan = plan(NOON);
    long patience = CandlePlan.NOT_COME_MS;

    // when, then
    assertThat(plan.due(NOON + MINUTE + LATER, symbol -> true)).isEmpty();
    assertThat(plan.due(NOON + MINUTE + LATER, symbol -> false)).hasSize(1);
    assertThat(plan.due(NOON + MINUTE + patience - 1, symbol -> true)).isEmpty();
    assertThat(plan.due(NOON + MINUTE + patience, symbol -> true))
        .containsExactly(new Request("A", NOON, 2, 0));
    assertThat(plan.due(NOON + 2 * MINUTE + LATER, symbol -> true))
        .containsExactly(new Request("A", NOON, 3, 0));
  }

  @Test
  void shouldBeginWithASymbolThatIsListedLater() {
    // given
    CandlePlan plan = plan(NOON);

    // when
    plan.add("B", null, 2, NOON + LATER);
    plan.add("A", null, 2, NOON + LATER);

    // then: what was there stays
    assertThat(plan.due(NOON + LATER)).containsExactly(new Request("B", NOON - 2 * MINUTE, 3, 0));
  }

  private static CandlePlan plan(long nextOpenMs) {
    return new CandlePlan(
        List.of("A"), Map.of("A", nextOpenMs - MINUTE), CandlePlan.USEFUL, nextOpenMs + MINUTE);
  }

  private static List<Candle> candles(long openMs, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Candle(
                    "A",
                    openMs + i * MINUTE,
                    MINUTE,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    BigDecimal.ONE))
        .toList();
  }
}
