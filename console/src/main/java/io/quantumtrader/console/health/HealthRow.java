package io.quantumtrader.console.health;

import io.quantumtrader.console.Means;
import java.util.List;

/** How well a pipeline is. */
public record HealthRow(
    @Means("0 to 100") int score,
    @Means("HEALTHY from 80, WARNING from 50, else CRITICAL") Level level,
    @Means("what cost points, the dearest first") List<CostRow> costs,
    @Means("wall time of the look, epoch ms UTC") long atMs) {

  private static final int HEALTHY_FROM = 80;
  private static final int WARNING_FROM = 50;

  /** How bad it is. */
  public enum Level {
    HEALTHY,
    WARNING,
    CRITICAL;

    /** Returns the level of a score. */
    public static Level of(int score) {
      if (score >= HEALTHY_FROM) {
        return HEALTHY;
      }
      return score >= WARNING_FROM ? WARNING : CRITICAL;
    }
  }

  /** Something that cost points. */
  public record CostRow(
      @Means("what it is") HealthCost cost,
      @Means("points it cost") int points,
      @Means("what was found, with the numbers") String found,
      @Means("what it means") String meaning,
      @Means("section of the runbook") String runbook) {}
}
