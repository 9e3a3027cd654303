package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.bracket;
import static io.quantumtrader.topology.Given.brackets;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.decision.entry.GovernorViews.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exchange takes of an entry: price 71000, steps of 0.001, ticks of 0.1. */
final class ExchangeBoundsTest {

  private final GovernorViews governor = new GovernorViews();

  private static String notes(SizedEntry entry) {
    return entry.notes().stream().map(ReasonCode::name).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "0.009, 0.009, ''",
    "0.01, 0.01, ''",
    "0.011, 0.01, QUANTITY_CAPPED_MARKET",
    "0.03, 0.01, QUANTITY_CAPPED_MARKET"
  })
  void shouldShrinkAnEntryToTheLargestMarketOrder(String asked, String ordered, String notes) {
    // given
    governor.instrument.setMaxMarketQuantity(dec("0.01"));

    // when
    SizedEntry entry = governor.sized(quantity(asked));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo(ordered);
    assertThat(notes(entry)).isEqualTo(notes);
  }

  @Test
  void shouldRoundTheLargestMarketOrderDownToTheStep() {
    governor.instrument.setMaxMarketQuantity(dec("0.0109"));

    assertThat(governor.code(quantity("0.02"))).isEqualTo("0.01");
    assertThat(governor.numbers(quantity("0.02"))).contains("maximumMarketQuantity=0.0109");
  }

  @Test
  void shouldRaiseNoEntryAboveTheLargestMarketOrder() {
    // given: 0.002 are worth 142
    governor.policy.setAllowUpsize(true);
    governor.instrument.setMinNotional(dec("142"));

    // then
    governor.instrument.setMaxMarketQuantity(dec("0.002"));
    assertThat(governor.code(quantity("0.001"))).isEqualTo("0.002");
    governor.instrument.setMaxMarketQuantity(dec("0.0019"));
    assertThat(governor.code(quantity("0.001"))).isEqualTo("MIN_NOTIONAL");
  }

  /** 0.02 are worth 1420, 0.04 are worth 2840. */
  @ParameterizedTest
  @CsvSource({
    "0.007, 10, 10, ''", // 497 of 500
    "0.008, 10, 5, LEVERAGE_CAPPED_BRACKET",
    "0.008, 5, 5, ''",
    "0.019, 10, 5, LEVERAGE_CAPPED_BRACKET",
    "0.02, 10, 5, LEVERAGE_CAPPED_BRACKET", // just 1420
    "0.021, 10, 2, LEVERAGE_CAPPED_BRACKET",
    "0.021, 2, 2, ''",
    "0.021, 1, 1, ''",
    "0.02, 20, 5, LEVERAGE_CAPPED LEVERAGE_CAPPED_BRACKET"
  })
  void shouldLowerTheLeverageToThatOfTheBracket(
      String asked, double leverage, int expected, String notes) {
    // given
    governor.instrument.setBrackets(brackets());

    // when
    SizedEntry entry = governor.sized(quantity(asked).setLeverage(leverage));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo(asked);
    assertThat(entry.leverage()).isEqualTo(expected);
    assertThat(entry.margin())
        .isEqualByComparingTo(
            entry
                .notional()
                .divide(dec(Integer.toString(expected)), 18, java.math.RoundingMode.HALF_EVEN));
    assertThat(notes(entry)).isEqualTo(notes);
  }

  /** What the sender stakes stays what it is: the position becomes smaller with the leverage. */
  @Test
  void shouldStakeNoMoreThanTheSenderSaid() {
    // given
    governor.instrument.setBrackets(brackets());
    TradeIntent.Builder stake =
        intent("i").setSizing(Sizing.MARGIN).setAmount(dec("100")).setLeverage(10.0);

    // when: 1000 at 10x lie in the bracket of 5x, and are 500 there
    SizedEntry entry = governor.sized(stake);

    // then
    assertThat(entry.leverage()).isEqualTo(5);
    assertThat(entry.quantity()).isEqualByComparingTo("0.007");
    assertThat(entry.margin()).isLessThan(dec("100"));
  }

  @ParameterizedTest
  @CsvSource({"0.039, 0.039, ''", "0.04, 0.04, ''", "0.041, 0.04, QUANTITY_CAPPED_BRACKET"})
  void shouldShrinkAnEntryToTheLargestPosition(String asked, String ordered, String notes) {
    // given
    governor.instrument.setBrackets(brackets());

    // when
    SizedEntry entry = governor.sized(quantity(asked).setLeverage(1.0));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo(ordered);
    assertThat(notes(entry)).isEqualTo(notes);
  }

  @Test
  void shouldRaiseNoEntryAboveTheLargestPosition() {
    // given: 0.002 are worth 142
    governor.policy.setAllowUpsize(true);
    governor.instrument.setMinNotional(dec("142"));

    // then
    governor.instrument.setBrackets(List.of(bracket("0", "142", 20)));
    assertThat(governor.code(quantity("0.001"))).isEqualTo("0.002");
    governor.instrument.setBrackets(List.of(bracket("0", "141.9", 20)));
    assertThat(governor.code(quantity("0.001"))).isEqualTo("MIN_NOTIONAL");
  }

  @Test
  void shouldPassOverBoundsThatMakeNoSense() {
    // given
    governor.instrument.setMaxMarketQuantity(dec("0"));
    governor.instrument.setBrackets(List.of(bracket("0", "0", 20), bracket("0", "5000", 0)));
    governor.instrument.setPercentDown(dec("0")).setPercentUp(dec("0"));

    // when
    SizedEntry entry = governor.sized(quantity("0.02").setLeverage(10.0));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo("0.02");
    assertThat(entry.leverage()).isEqualTo(10);
    assertThat(notes(entry)).isEmpty();
  }

  /** The band begins at 70290, which is 71000 x 0.99. */
  @ParameterizedTest
  @CsvSource({
    "70290.1, 70290.1, ''",
    "70290, 70290, ''",
    "70289.9, 70290, STOP_MOVED_INTO_BAND",
    "60000, 70290, STOP_OUTSIDE_BOUNDS STOP_MOVED_INTO_BAND"
  })
  void shouldMoveAStopToTheEdgeOfThePriceBand(String sent, String stop, String notes) {
    // given
    governor.instrument.setPercentDown(dec("0.99"));

    // when
    SizedEntry entry = governor.sized(intent("i").setStopLoss(dec(sent)));

    // then
    assertThat(entry.risk().getInitialStop()).isEqualByComparingTo(stop);
    assertThat(notes(entry)).isEqualTo(notes);
  }

  @Test
  void shouldMoveADerivedStopAsWell() {
    // given: the stop of the ATR is at 69500; the edge lies between two ticks and is put inside
    governor.instrument.setPercentDown(dec("0.9900002"));

    // when
    SizedEntry entry = governor.sized(intent("i"));

    // then
    assertThat(entry.risk().getInitialStop()).isEqualByComparingTo("70290.1");
    assertThat(notes(entry)).isEqualTo("STOP_MOVED_INTO_BAND");
    assertThat(governor.numbers(intent("i"))).contains("stopOutsideBand=69500");
  }

  /** The band ends at 71710, which is 71000 x 1.01. */
  @ParameterizedTest
  @CsvSource({"71709.9, ''", "71710, ''", "71710.1, TARGET_OUTSIDE_BAND"})
  void shouldNoteATargetOutsideThePriceBandAndKeepIt(String sent, String notes) {
    // given
    governor.instrument.setPercentUp(dec("1.01"));

    // when
    SizedEntry entry = governor.sized(intent("i").setTakeProfit(dec(sent)));

    // then
    assertThat(entry.risk().getTarget()).isEqualByComparingTo(sent);
    assertThat(notes(entry)).isEqualTo(notes);
  }
}
