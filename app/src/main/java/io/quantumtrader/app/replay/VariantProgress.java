package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.replay.compare.VariantRunner;
import java.util.Locale;

/** Shows how far several runs are together, and how long they will still take. */
final class VariantProgress implements VariantRunner.Progress {

  private static final long SHOW_EVERY_NANOS = 200_000_000;

  private final Screen screen;
  private final double[] shares;
  private final long beginNanos = System.nanoTime();
  private long shownNanos = beginNanos;

  VariantProgress(Screen screen, int variants) {
    this.screen = screen;
    this.shares = new double[variants];
  }

  @Override
  public synchronized void at(int variant, double share) {
    shares[variant] = share;
    long now = System.nanoTime();
    if (now - shownNanos >= SHOW_EVERY_NANOS) {
      shownNanos = now;
      screen.status(text((now - beginNanos) / 1e9));
    }
  }

  private String text(double seconds) {
    double sum = 0;
    int done = 0;
    for (double share : shares) {
      sum += share;
      done += share >= 1 ? 1 : 0;
    }
    double share = sum / shares.length;
    return String.format(
        Locale.ROOT,
        "%3.0f %%  %d of %d runs done  %.0f s, about %.0f s left",
        100 * share,
        done,
        shares.length,
        seconds,
        seconds * (1 - share) / Math.max(1e-3, share));
  }

  long elapsedNanos() {
    return System.nanoTime() - beginNanos;
  }
}
