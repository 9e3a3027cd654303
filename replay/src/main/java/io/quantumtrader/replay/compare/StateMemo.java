package io.quantumtrader.replay.compare;

import io.quantumtrader.topology.MarketKernel;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Computes the state of the same closes once for all runs that share it. The closes themselves are
 * the key, by a digest of 128 bits, so that runs whose candles differ, or whose policies accept
 * other ones, share just what is the same. For several threads.
 */
public final class StateMemo implements MarketKernel {

  /** About 200 bytes for each. */
  static final int MOST = 2_000_000;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final long OTHER_MULTIPLIER = 0xC2B2AE3D27D4EB4FL;

  private record Digest(long high, long low) {}

  private final int most;
  private final ConcurrentHashMap<Digest, Optional<MarketStateKernel.State>> known =
      new ConcurrentHashMap<>();
  private final ThreadLocal<KernelScratch> scratch = ThreadLocal.withInitial(KernelScratch::new);
  private final LongAdder computed = new LongAdder();

  /** Creates one that remembers two million states at most, and computes the others each time. */
  public StateMemo() {
    this(MOST);
  }

  StateMemo(int most) {
    this.most = most;
  }

  @Override
  public Optional<MarketStateKernel.State> compute(double[] closes) {
    Digest digest = digest(closes);
    Optional<MarketStateKernel.State> found = known.get(digest);
    if (found != null) {
      return found;
    }
    return known.size() >= most
        ? computeNow(closes)
        : known.computeIfAbsent(digest, any -> computeNow(closes));
  }

  private Optional<MarketStateKernel.State> computeNow(double[] closes) {
    computed.increment();
    return MarketStateKernel.compute(closes, scratch.get());
  }

  /** Returns how often the kernel was asked. */
  public long computed() {
    return computed.sum();
  }

  private static Digest digest(double[] closes) {
    long high = closes.length;
    long low = ~high;
    for (double close : closes) {
      long bits = Double.doubleToRawLongBits(close);
      high = mixed((high ^ bits) * MULTIPLIER);
      low = mixed((low + bits) * OTHER_MULTIPLIER);
    }
    return new Digest(high, low);
  }

  /** Prices differ in their upper bits, and products carry upwards: mixes those into the lower. */
  private static long mixed(long value) {
    return value ^ (value >>> 32);
  }
}
