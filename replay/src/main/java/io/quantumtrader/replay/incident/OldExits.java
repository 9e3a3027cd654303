package io.quantumtrader.replay.incident;

import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.KillScore;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The exits of the old system, with its default settings: which closes its kill score asked for,
 * and what held each of them back. Market state and kill score by the exit contract, 3.1 and 5.1;
 * the references of the score are those of an hour, on candles of a minute (18 item 2), and the age
 * of a position is 0, as nobody wrote it (4.2).
 *
 * <p>The ladder is left out: whatever it asked for went the same way, and ended at the same
 * quantity of 0.0.
 */
final class OldExits {

  /** The symbols that harvest publisher and apply layer go through: exit contract, 5.3 and 7.1. */
  static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT");

  private static final int BUFFER = 257;
  private static final double ASKED_FROM = 0.6;
  private static final double CRITICAL_FROM = 0.80;
  private static final double BLOCKED_FROM = 0.65;

  private final Map<String, Deque<Double>> closes = new HashMap<>();
  private final KernelScratch scratch = new KernelScratch();

  /**
   * A close that was asked for and not made.
   *
   * @param killScore the score that asked for it, 0 to 1
   */
  record Held(double killScore, OldRefusal why) {}

  /** Takes a close of a symbol that is watched or not. */
  void take(String symbol, double close) {
    if (!SYMBOLS.contains(symbol)) {
      return;
    }
    Deque<Double> of = closes.computeIfAbsent(symbol, any -> new ArrayDeque<>());
    of.addLast(close);
    if (of.size() > BUFFER) {
      of.removeFirst();
    }
  }

  /** Returns what became of the close that is asked for in an open position, if one is. */
  Optional<Held> judge(String symbol) {
    if (!closes.containsKey(symbol)) {
      return Optional.empty();
    }
    double[] prices = closes.get(symbol).stream().mapToDouble(Double::doubleValue).toArray();
    return MarketStateKernel.compute(prices, scratch)
        .map(OldExits::killScore)
        .filter(score -> score >= ASKED_FROM)
        .map(score -> new Held(score, heldBy(score)));
  }

  private static double killScore(MarketStateKernel.State state) {
    KillScore.Market market =
        new KillScore.Market(
            state.sigma(),
            state.ts(),
            state.regimes().trend(),
            state.regimes().meanReversion(),
            state.regimes().chop());
    return KillScore.of(market, 0, HarvestTheta.Kill.DEFAULT).score();
  }

  /** Returns what held a close of this kill score back; something always did. */
  static OldRefusal heldBy(double killScore) {
    if (killScore >= CRITICAL_FROM) {
      return OldRefusal.KILL_SCORE_CRITICAL;
    }
    return killScore >= BLOCKED_FROM
        ? OldRefusal.KILL_SCORE_CLOSE_BLOCKED
        : OldRefusal.QUANTITY_ZERO;
  }
}
