package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes market states out of progress and ring. */
public final class MarketStates {

  private MarketStates() {}

  /**
   * Returns the state after a candle, or empty during the warm-up and where nothing changed. While
   * the price is suspect it is the last good one, of its own time, and says so.
   *
   * @param ruling what follows from the candle
   * @param slots the ring of closes before it
   * @param scratch working memory of this thread
   */
  public static Optional<MarketState> after(
      String symbol, Ruling ruling, double[] slots, KernelScratch scratch) {
    return after(symbol, ruling, slots, closes -> MarketStateKernel.compute(closes, scratch));
  }

  /**
   * Returns the same by a kernel that may know already what closes come to.
   *
   * @param kernel gives for closes, oldest first, what {@link MarketStateKernel#compute} gives
   */
  public static Optional<MarketState> after(
      String symbol,
      Ruling ruling,
      double[] slots,
      Function<double[], Optional<MarketStateKernel.State>> kernel) {
    Progress progress = ruling.head().after();
    if (!ruling.publish() || progress.closes() < CandleAcceptance.closesNeeded()) {
      return Optional.empty();
    }
    return kernel
        .apply(CloseRing.last(slots, progress, ruling.taken()))
        .map(state -> state(symbol, progress, state));
  }

  /**
   * Returns the state that the closes give by now, or empty during the warm-up.
   *
   * @param slots the ring of closes
   * @param scratch working memory of this thread
   */
  public static Optional<MarketState> now(
      String symbol, Progress progress, double[] slots, KernelScratch scratch) {
    if (progress.closes() < CandleAcceptance.closesNeeded()) {
      return Optional.empty();
    }
    return MarketStateKernel.compute(CloseRing.last(slots, progress, List.of()), scratch)
        .map(state -> state(symbol, progress, state));
  }

  private static MarketState state(
      String symbol, Progress progress, MarketStateKernel.State kernel) {
    return MarketState.newBuilder()
        .setSymbol(symbol)
        .setAsOfMs(progress.priceAtMs())
        .setIntervalMs(progress.intervalMs())
        .setSigma(kernel.sigma())
        .setMu(kernel.mu())
        .setTs(kernel.ts())
        .setPTrend(kernel.regimes().trend())
        .setPMr(kernel.regimes().meanReversion())
        .setPChop(kernel.regimes().chop())
        .setDp(kernel.dp())
        .setVr(kernel.vr())
        .setSpikeProxy(kernel.spikeProxy())
        .setAtr(progress.range().isKnown() ? progress.range().value() : null)
        .setLastPrice(Decimals.cash(progress.price()))
        .setNotional24h(progress.turnover().inDay().doubleValue())
        .setPriceSuspect(progress.suspect())
        .setBufferSize(CloseRing.used(progress.closes()))
        .build();
  }
}
