package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.Optional;

/** Makes market states out of progress and ring. */
public final class MarketStates {

  private MarketStates() {}

  /**
   * Returns the state after the last candle taken, or empty during the warm-up. While the price is
   * suspect it is the last good one, of its own time, and says so.
   *
   * @param slots the ring of closes
   * @param scratch working memory of this thread
   */
  public static Optional<MarketState> of(
      String symbol, Progress progress, double[] slots, KernelScratch scratch) {
    if (progress.closes() < CandleAcceptance.closesNeeded()) {
      return Optional.empty();
    }
    return MarketStateKernel.compute(
            CloseRing.last(slots, progress.closes(), progress.rank()), scratch)
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
