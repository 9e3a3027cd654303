package io.quantumtrader.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.PortfolioState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EquityCurveTest {

  private static EquityCurve curve(double... equity) {
    return new EquityCurve(
        IntStream.range(0, equity.length)
            .mapToObj(i -> new EquityPoint(i * 1_000L, equity[i], 0, i, 2 * i, i))
            .toList());
  }

  @Test
  void shouldAddAccountsAndTakeTheLastStateOfAStep() {
    EquityFold fold = new EquityFold();
    fold.take(Rows.state("main", 1_000, "100", "10", 1));
    fold.take(Rows.state("other", 1_000, "300", "30", 0));
    fold.take(Rows.state("main", 2_000, "500", "10", 2));
    fold.take(Rows.state("main", 2_000, "100", "10", 0));

    List<EquityPoint> points = fold.curve().points();
    assertThat(points).extracting(EquityPoint::atMs).containsExactly(1_000L, 2_000L);
    assertThat(points).extracting(EquityPoint::equity).containsExactly(400.0, 400.0);
    assertThat(points.getFirst().exposure()).isEqualTo(0.1);
    assertThat(points.getFirst().heat()).isEqualTo(0.5);
    assertThat(fold.curve().timeInMarket()).isEqualTo(0.5);
    assertThat(fold.curve().maxDrawdown()).isZero();
  }

  /** From 200 to 150 is a quarter; 150 to 180 leaves a tenth. */
  @Test
  void shouldMeasureDrawdownFromTheHighestEquitySoFar() {
    EquityFold fold = new EquityFold();
    List.of("100", "200", "150", "180")
        .forEach(
            equity -> fold.take(Rows.state("main", fold.curve().points().size(), equity, "1", 0)));

    assertThat(fold.curve().points())
        .extracting(EquityPoint::drawdown)
        .containsExactly(0.0, 0.0, 0.25, 0.1);
    assertThat(fold.curve().maxDrawdown()).isEqualTo(0.25);
  }

  @Test
  void shouldKnowNothingWhereEquityIsNotKnown() {
    EquityFold fold = new EquityFold();
    fold.take(
        PortfolioState.newBuilder(Rows.state("main", 1, "100", "1", 1)).setEquity(null).build());

    assertThat(fold.curve().points()).isEmpty();
    assertThat(fold.curve().timeInMarket()).isZero();
  }

  /** Periods of 2 s: first point 100, ends 110 (1 s), 121 (3 s), 60.5 (4 s). */
  @Test
  void shouldReturnWhatEachPeriodReturned() {
    double[] returns = curve(100, 110, 105, 121, 60.5).returns(2_000);

    assertThat(returns).hasSize(3);
    assertThat(returns[0]).isCloseTo(0.1, within(1e-12));
    assertThat(returns[1]).isCloseTo(0.1, within(1e-12));
    assertThat(returns[2]).isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void shouldKeepTheExtremesWhereItHasFewerPoints() {
    EquityCurve thinned = curve(1, 2, 3, 4, 5, 6).thinned(2);

    assertThat(thinned.points()).hasSize(2);
    assertThat(thinned.points()).extracting(EquityPoint::equity).containsExactly(3.0, 6.0);
    assertThat(thinned.maxExposure()).isEqualTo(5);
    assertThat(curve(1, 2).thinned(2)).isEqualTo(curve(1, 2));
  }
}
