package io.quantumtrader.topology.decision.kernel;

import java.util.Random;

/**
 * Says how long a market state takes. Not a test: a timing never decides one. Run it from the
 * module's directory after {@code mvn test-compile}:
 *
 * <pre>java -cp target/classes:target/test-classes \
 *   io.quantumtrader.topology.decision.kernel.MarketStateTiming</pre>
 */
final class MarketStateTiming {

  private static final int CLOSES = 300;
  private static final int STATES = 5_000;
  private static final int ROUNDS = 6;

  private MarketStateTiming() {}

  public static void main(String[] arguments) {
    Random random = new Random(1);
    double[] path = new double[CLOSES + STATES];
    path[0] = 100;
    for (int i = 1; i < path.length; i++) {
      double price = path[i - 1] * Math.exp(0.001 * random.nextGaussian());
      path[i] = Math.round(price * 1000) / 1000.0;
    }
    KernelScratch scratch = new KernelScratch();
    double[] closes = new double[CLOSES];
    double sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int state = 0; state < STATES; state++) {
        System.arraycopy(path, state, closes, 0, CLOSES);
        sum += MarketStateKernel.compute(closes, scratch).orElseThrow().ts();
      }
      double micros = (System.nanoTime() - start) / 1e3 / STATES;
      System.out.printf("round %d: %.0f us per state (checksum %.6f)%n", round, micros, sum);
    }
  }
}
