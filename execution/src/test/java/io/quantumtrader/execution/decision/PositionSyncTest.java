package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.decision.PositionSync.Difference;
import io.quantumtrader.execution.decision.PositionSync.Look;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PositionSyncTest {

  private static final String ETH = "ETHUSDT";
  private static final BigDecimal STEP = new BigDecimal("0.01");
  private static final long NOW = 100_000;

  private static Look look(
      PositionSide our,
      String ours,
      PositionSide their,
      String theirs,
      Map<String, Difference> was) {
    List<PositionLedger> ledger = List.of(Positions.row("main", ETH, our, ours).build());
    List<ExchangePosition> exchange =
        their == PositionSide.FLAT
            ? List.of()
            : List.of(Positions.open(ETH, their, theirs).build());
    return PositionSync.look(ledger, exchange, symbol -> STEP, was, NOW);
  }

  private static Map<String, Difference> since(String quantity, long agoMs) {
    return Map.of(ETH, new Difference(new BigDecimal(quantity), NOW - agoMs));
  }

  @ParameterizedTest
  @CsvSource({
    // one step below, at and above the step of 0.01
    "LONG, 1, LONG, 1.009, ''",
    "LONG, 1, LONG, 1.01, 0.01",
    "LONG, 1, LONG, 0.989, -0.011",
    "LONG, 1, LONG, 1, ''",
    "SHORT, 2, SHORT, 3, -1",
    "LONG, 1, SHORT, 1, -2",
    "FLAT, 0, SHORT, 0.5, -0.5",
    "LONG, 0.5, FLAT, 0, -0.5",
    "FLAT, 0, FLAT, 0, ''"
  })
  void shouldFindWhatDiffersByAStepOrMore(
      PositionSide our, String ours, PositionSide their, String theirs, String difference) {
    // when
    Look look = look(our, ours, their, theirs, Map.of());

    // then
    assertThat(look.differences().values())
        .extracting(each -> each.quantity().stripTrailingZeros().toPlainString())
        .containsExactlyElementsOf(difference.isEmpty() ? List.of() : List.of(difference));
    assertThat(look.holds()).as("the first look holds nothing").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4999, false", "5000, true", "5001, true"})
  void shouldHoldOnlyWhatHasLasted(long agoMs, boolean held) {
    // when
    Look look = look(PositionSide.LONG, "1", PositionSide.LONG, "1.5", since("0.5", agoMs));

    // then
    assertThat(look.differences()).isEqualTo(since("0.5", agoMs));
    assertThat(look.holds())
        .isEqualTo(
            held
                ? List.of(
                    new PositionHold(ETH, new BigDecimal("1"), new BigDecimal("1.5"), NOW - agoMs))
                : List.of());
  }

  @Test
  void shouldCountAnewWhatDiffersByAnotherQuantity() {
    // when: a fill is on its way, another one than before
    Look look = look(PositionSide.LONG, "1", PositionSide.LONG, "1.6", since("0.5", 60_000));

    // then
    assertThat(look.differences().get(ETH).sinceMs()).isEqualTo(NOW);
    assertThat(look.holds()).isEmpty();
  }

  @Test
  void shouldGoOnHoldingWhileBothMoveTogether() {
    // when: half a coin is missing in the ledger, and one more was bought since
    Look look = look(PositionSide.LONG, "2", PositionSide.LONG, "2.5", since("0.5", 60_000));

    // then
    assertThat(look.holds()).hasSize(1);
  }

  @Test
  void shouldTakeUpWhatWasPublished() {
    // given
    PositionHold hold = new PositionHold(ETH, BigDecimal.ONE, new BigDecimal("1.5"), NOW - 9_000);

    // when
    Look look =
        look(PositionSide.LONG, "1", PositionSide.LONG, "1.5", PositionSync.of(List.of(hold)));

    // then
    assertThat(look.holds()).containsExactly(hold);
  }
}
