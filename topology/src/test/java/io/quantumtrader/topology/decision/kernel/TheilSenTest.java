package io.quantumtrader.topology.decision.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TheilSenTest {

  private static final int SERIES = 150;

  /** Kinds of series, each of them hard in its own way. */
  enum Shape {
    /** As prices move. */
    WALK,
    /** No two neighbours have to do with each other. */
    NOISE,
    /** Few different values, so that a great part of all slopes is 0. */
    TICKS,
    /** One value for long stretches. */
    STEPS,
    /** Every slope nearly the same. */
    LINE,
    /** Many slopes the very same, and not 0. */
    LADDER,
    /** Back and forth between two values. */
    ALTERNATING,
    /** A tooth every eight values: the steepest slopes that a median can have. */
    TEETH,
    /** One value a million times further off than the others are from each other. */
    OUTLIER,
    /** All on one side, then all on the other. */
    JUMP,
    /** Ever steeper. */
    CURVE,
    /** Values that differ by their last bits. */
    LAST_BITS,
    /** Values of all magnitudes that there are. */
    MAGNITUDES;

    double[] series(int n, Random random) {
      double[] y = new double[n];
      double at = random.nextGaussian();
      double sign = random.nextBoolean() ? 1 : -1;
      for (int i = 0; i < n; i++) {
        at += 0.001 * random.nextGaussian();
        y[i] =
            switch (this) {
              case WALK -> at;
              case NOISE -> random.nextGaussian();
              case TICKS -> Math.rint(at * 300) / 300;
              case STEPS -> random.nextInt(20) == 0 || i == 0 ? at : y[i - 1];
              case LINE -> sign * 0.37 * i + 1e-13 * random.nextInt(3);
              case LADDER -> sign * Math.floorDiv(i, 3) + (random.nextInt(40) == 0 ? 1 : 0);
              case ALTERNATING -> i % 2 == 0 ? 1.1 : 1.3;
              case TEETH -> sign * (i % 8) + 1e-3 * random.nextGaussian();
              case OUTLIER -> i == n / 3 ? 1000 * sign : at;
              case JUMP -> at + (i < n / 2 ? 0 : 50 * sign);
              case CURVE -> sign * StrictMath.exp(0.1 * i);
              case LAST_BITS -> 1 + 0x1p-52 * random.nextInt(5);
              case MAGNITUDES ->
                  sign * Math.scalb(random.nextDouble(), random.nextInt(2000) - 1000);
            };
      }
      return y;
    }
  }

  private static void shouldGiveTheBitsOfSorting(double[] y, int from, int n, KernelScratch used) {
    Double expected = PlainMarketState.medianSlope(y, from, n); // boxed: NaN is NaN, -0 is not 0

    assertThat(TheilSen.slope(y, from, n, used))
        .as(() -> "from " + from + " of " + Arrays.toString(y))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheBitsThatSortingAllSlopesGives(Shape shape) {
    Random random = new Random(shape.name().hashCode());
    KernelScratch used = new KernelScratch();
    int[] lengths = {2, 3, 16, 17, 18, 19, 31, 64, 67, 101, 128, 256};
    for (int i = 0; i < SERIES; i++) {
      int n = lengths[i % lengths.length];
      int from = random.nextInt(3);
      double[] y = shape.series(from + n + 1, random);
      double scale = i % 3 == 0 ? Math.scalb(1.0, random.nextInt(400) - 200) : 1;
      shouldGiveTheBitsOfSorting(
          Arrays.stream(y).map(each -> each * scale).toArray(), from, n, used);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldGiveThemWhereAValueIsNoNumber(double odd) {
    Random random = new Random(1);
    for (int odds = 1; odds <= 200; odds *= 2) {
      double[] y = Shape.WALK.series(256, random);
      for (int i = 0; i < odds; i++) {
        y[random.nextInt(y.length)] = odd;
      }
      shouldGiveTheBitsOfSorting(y, 0, y.length, new KernelScratch());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 42, 1e300, -1e300, 1e-320})
  void shouldCallAFlatSeriesFlat(double value) {
    double[] y = new double[64];
    Arrays.fill(y, value);

    assertThat(TheilSen.slope(y, 0, y.length, new KernelScratch())).isEqualTo(0.0);
  }

  /** What scales to an infinity, or loses its last bits on the way, is not for the quick way. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-320, 1e-310, 1e-300, 1e-270, 1e270, 1e300, 1.7e308})
  void shouldGiveThemAtTheEndsOfWhatADoubleHolds(double unit) {
    Random random = new Random(2);
    for (int i = 0; i < SERIES; i++) {
      double tilt = random.nextGaussian() / 50;
      double[] y = new double[40];
      for (int j = 0; j < y.length; j++) {
        y[j] = Math.clamp(random.nextGaussian() / 9 + tilt * j, -1, 1) * unit;
      }

      shouldGiveTheBitsOfSorting(y, 0, y.length, new KernelScratch());
    }
  }

  /** Hints that are right, that lie on a slope, a blur beside it, far away and nowhere at all. */
  @ParameterizedTest
  @EnumSource
  void shouldGiveTheSameBitsUnderAnyHint(Shape shape) {
    Random random = new Random(shape.name().hashCode());
    KernelScratch used = new KernelScratch();
    double[] far = {0, 1, -1, 1e300, -1e300, Double.NaN, Double.POSITIVE_INFINITY};
    for (int i = 0; i < SERIES / 2; i++) {
      double[] y = shape.series(64, random);
      Double expected = PlainMarketState.medianSlope(y, 0, 64);
      double range = Arrays.stream(y).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
      double blur = range * TurningOrder.BLUR;
      for (int steps = -16; steps <= 16; steps++) {
        double perRank = blur * (steps % 2 == 0 ? 0.5 : random.nextDouble() * 40);
        double beside = expected + 12 * perRank + blur * steps / 8;
        double wild = far[random.nextInt(far.length)];
        assertThat(TheilSen.slope(y, 0, 64, new TheilSen.Guess(beside, perRank), used))
            .as(() -> beside + " per rank " + perRank + ": " + Arrays.toString(y))
            .isEqualTo(expected);
        assertThat(TheilSen.slope(y, 0, 64, new TheilSen.Guess(wild, perRank), used))
            .isEqualTo(expected);
        assertThat(TheilSen.slope(y, 0, 64, new TheilSen.Guess(beside, wild), used))
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "5, 10", "8, 28", "9, 36", "10, 45", "256, 32640"})
  void shouldCountEveryInversionOfAFallingRow(int n, int inversions) {
    int[] falling = IntStream.range(0, n).map(i -> -i).toArray();

    assertThat(TurningOrder.inversions(falling, n)).isEqualTo(inversions);
  }

  @Test
  void shouldCountInversionsOneByOne() {
    Random random = new Random(3);
    for (int n = 0; n < 70; n++) {
      int[] a = random.ints(n, -3, 4).toArray();
      int expected = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          expected += a[j] < a[i] ? 1 : 0;
        }
      }
      assertThat(TurningOrder.inversions(a, n)).as("%d values", n).isEqualTo(expected);
    }
  }

  /** Slopes of 0, 1, 3, 6, 10: 1 2 3 4 between neighbours, then 1.5 2.5 3.5, 2 3 and 2.5. */
  @Test
  void shouldCrossTheSlopesThatLieBetween() {
    // given
    double[] y = {0, 1, 3, 6, 10};
    TurningOrder order = new TurningOrder();
    double[] crossed = new double[10];

    // when
    order.lay(y, 0, 5, 0, 10, 1.75);
    int below = order.below();
    order.turn(2.75, crossed);

    // then
    assertThat(below).isEqualTo(2);
    assertThat(order.below()).isEqualTo(6);
    assertThat(order.belowBoth()).isEqualTo(2);
    assertThat(Arrays.copyOf(crossed, order.crossed())).containsExactlyInAnyOrder(2, 2, 2.5, 2.5);

    // when: back, and further
    order.turn(1.25, crossed);

    // then
    assertThat(order.below()).isEqualTo(1);
    assertThat(order.belowBoth()).isEqualTo(1);
    assertThat(Arrays.copyOf(crossed, order.crossed()))
        .containsExactlyInAnyOrder(1.5, 2, 2, 2.5, 2.5);
  }

  @Test
  void shouldGuessTheSlopeOfALineAndHowCloseTheOthersAre() {
    // given: slopes that fill 0.9 to 1.1 for the most part
    Random random = new Random(4);
    double[] y = new double[256];
    for (int i = 0; i < y.length; i++) {
      y[i] = i + 5 * random.nextGaussian();
    }

    // when
    TheilSen.Guess guess = new SlopeSample().guess(y, 0, y.length, 270);

    // then: a guess decides about time alone, but a wild one costs all that it is there to save
    assertThat(guess.slope()).isBetween(0.98, 1.02);
    assertThat(guess.perRank()).isBetween(1e-6, 2e-5);
  }
}
