package io.quantumtrader.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StateMemoTest {

  private static double[] closes(long seed) {
    Random random = new Random(seed);
    double[] closes = new double[300];
    double price = 100;
    for (int i = 0; i < closes.length; i++) {
      price = Math.round(price * (1 + random.nextGaussian() * 0.001) * 100) / 100.0;
      closes[i] = price;
    }
    return closes;
  }

  @Test
  void shouldReturnWhatTheKernelReturnsAndAskItOnce() {
    StateMemo memo = new StateMemo();

    var first = memo.compute(closes(1));
    var second = memo.compute(closes(1));

    assertThat(first).isEqualTo(MarketStateKernel.compute(closes(1), new KernelScratch()));
    assertThat(second.orElseThrow()).isSameAs(first.orElseThrow());
    assertThat(memo.computed()).isEqualTo(1);
  }

  @Test
  void shouldTellClosesApartThatDifferInOnePrice() {
    StateMemo memo = new StateMemo();
    memo.compute(closes(1));
    for (int i = 0; i < 300; i++) {
      double[] other = closes(1);
      other[i] += 0.01;

      assertThat(memo.compute(other))
          .isEqualTo(MarketStateKernel.compute(other, new KernelScratch()));
    }

    assertThat(memo.computed()).isEqualTo(301);
  }

  @Test
  void shouldComputeAnewWhatItHasNoRoomFor() {
    StateMemo memo = new StateMemo(1);
    memo.compute(closes(1));
    memo.compute(closes(2));

    assertThat(memo.compute(closes(2)))
        .isEqualTo(MarketStateKernel.compute(closes(2), new KernelScratch()));
    assertThat(memo.computed()).isEqualTo(3);
  }

  @Test
  void shouldAskTheKernelOnceForSeveralThreads() throws Exception {
    StateMemo memo = new StateMemo();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var each :
          threads.invokeAll(
              IntStream.range(0, 4)
                  .mapToObj(
                      thread ->
                          (java.util.concurrent.Callable<List<?>>)
                              () ->
                                  IntStream.range(0, 50)
                                      .mapToObj(i -> memo.compute(closes(i)))
                                      .toList())
                  .toList())) {
        assertThat(each.get()).hasSize(50);
      }
    }

    assertThat(memo.computed()).isEqualTo(50);
  }
}
