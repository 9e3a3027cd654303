package io.quantumtrader.replay.state;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.run.PipelineSetup;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a state comes from, and where one that goes on from it must come from, too.
 *
 * @param program version of the program
 * @param build digest of the program's own classes
 * @param settings how the run is set, by name
 */
public record StateOrigin(String program, String build, Map<String, String> settings) {

  public StateOrigin {
    settings = Map.copyOf(settings);
  }

  /**
   * Returns the origin of a run.
   *
   * @param program version of the program
   * @throws StateException where the paper exchange is to make faults, which cannot be compared
   */
  public static StateOrigin of(String program, PipelineSetup setup) {
    PaperSettings paper = setup.paper();
    if (!paper.faults().rules().isEmpty()) {
      throw new StateException("a run with faults of the paper exchange cannot be saved");
    }
    Map<String, String> settings = new TreeMap<>();
    settings.put("accounts", String.join(",", paper.accounts()));
    settings.put("wallet", paper.startWallet().toPlainString());
    settings.put("slippage-bps", paper.slippageBps().toPlainString());
    settings.put("fee-rate", paper.feeRate().toPlainString());
    settings.put("min-notional", paper.minNotional().toPlainString());
    settings.put("max-leverage", Integer.toString(paper.maxLeverage()));
    settings.put("funding-rate", paper.fundingRate().toPlainString());
    settings.put("latency", Long.toString(paper.latencyMs()));
    settings.put("agent", setup.agent().map(Object::toString).orElse("none"));
    settings.put("partitions", setup.counts().symbol() + "," + setup.counts().account());
    return new StateOrigin(program, BuildDigest.ofThis(), settings);
  }
}
