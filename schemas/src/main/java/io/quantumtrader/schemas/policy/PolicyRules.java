package io.quantumtrader.schemas.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyBound.Flag;
import io.quantumtrader.schemas.policy.PolicyBound.Numbers;
import io.quantumtrader.schemas.policy.PolicyBound.OneOf;
import io.quantumtrader.schemas.policy.PolicyBound.Range;
import io.quantumtrader.schemas.policy.PolicyBound.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What a policy may say: the bounds of each field, and which fields have to fit together. The
 * operator's command refuses what breaks one, and the stages do not reckon with such a record, so
 * both hold the same rule.
 */
public final class PolicyRules {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final int LADDER = 3;
  private static final int SYMBOLS = 500;

  /** What becomes of an unstable close. */
  public static final List<String> CLOSE_POLICIES =
      List.of("hold_when_unstable", "profit_override", "risk_first");

  /** Whether the heat gate decides or only records. */
  public static final List<String> HEAT_MODES = List.of("enforce", "shadow");

  private static final Map<String, PolicyBound> BOUNDS = bounds();

  private static final List<Relation> RELATIONS =
      List.of(
          atMost(
              "intentMaxAgeMs",
              "dedupeMs",
              "an accepted intent could be forgotten and accepted again"),
          atMost("leverageDefault", "leverageMax", "it would be capped each time"),
          atMost("stopMinPct", "stopMaxPct", "no stop would fit between them"),
          atMost("stopMinPct", "stopDefaultPct", "the default stop would not be allowed"),
          atMost("stopDefaultPct", "stopMaxPct", "the default stop would not be allowed"),
          atMost("atrStopMinPct", "atrStopMaxPct", "no ATR would fit between them"),
          atMost("permitMs", "reservationReportMs", "every reservation would be reported"),
          new Relation("heatWarm", true, "heatHot", "there would be no WARM"),
          atMost(
              "liquidationGuardRatio",
              "liquidationTargetRatio",
              "the guard would close positions to no effect"));

  private PolicyRules() {}

  /**
   * What is wrong with a policy.
   *
   * @param key field that it is about, or what stood in its place
   * @param text one sentence for people, the field named in it
   */
  public record Violation(String key, String text) {}

  /**
   * Two fields of which one is at most the other.
   *
   * @param smaller name of the smaller field
   * @param below whether they may not be the same
   * @param larger name of the larger field
   * @param why what would be wrong otherwise
   */
  public record Relation(String smaller, boolean below, String larger, String why) {

    /** Returns the rule, for people. */
    public String text() {
      return smaller
          + (below ? " must be below " : " must be at most ")
          + larger
          + ","
          + " otherwise "
          + why
          + ".";
    }

    private Optional<Violation> violation(Policy policy) {
      double small = number(policy, smaller);
      double large = number(policy, larger);
      // Not a number breaks a bound of its own already.
      boolean broken = below ? small >= large : small > large;
      return broken
          ? Optional.of(
              new Violation(
                  smaller,
                  "%s = %s must be %s %s = %s, otherwise %s"
                      .formatted(
                          smaller,
                          PolicyFields.text(policy.get(smaller)),
                          below ? "below" : "at most",
                          larger,
                          PolicyFields.text(policy.get(larger)),
                          why)))
          : Optional.empty();
    }

    private static double number(Policy policy, String field) {
      return ((Number) policy.get(field)).doubleValue();
    }
  }

  /**
   * Returns the bound of a field.
   *
   * @throws IllegalArgumentException if it has none: it is no threshold
   */
  public static PolicyBound bound(String field) {
    PolicyBound bound = BOUNDS.get(field);
    if (bound == null) {
      throw new IllegalArgumentException("not a threshold of the policy: " + field);
    }
    return bound;
  }

  /** Returns which fields have to fit together. */
  public static List<Relation> relations() {
    return RELATIONS;
  }

  /** Returns everything that is wrong with a policy, field by field, then what does not fit. */
  public static List<Violation> violations(Policy policy) {
    List<Violation> found = new ArrayList<>();
    for (Schema.Field field : PolicyFields.all()) {
      Object value = policy.get(field.pos());
      BOUNDS
          .get(field.name())
          .violation(value)
          .map(wrong -> violation(field, PolicyFields.text(value), wrong))
          .ifPresent(found::add);
    }
    RELATIONS.forEach(relation -> relation.violation(policy).ifPresent(found::add));
    return List.copyOf(found);
  }

  /** Returns whether nothing is wrong with a policy. */
  public static boolean isValid(Policy policy) {
    return violations(policy).isEmpty();
  }

  /** Returns what is wrong with a value, in the form that every answer has. */
  static Violation violation(Schema.Field field, String value, String wrong) {
    return new Violation(
        field.name(),
        "%s = %s %s; allowed: %s"
            .formatted(field.name(), value, wrong, BOUNDS.get(field.name()).text()));
  }

  private static Relation atMost(String smaller, String larger, String why) {
    return new Relation(smaller, false, larger, why);
  }

  private static Map<String, PolicyBound> bounds() {
    Map<String, PolicyBound> all = new LinkedHashMap<>();
    entries(all);
    sizes(all);
    limits(all);
    market(all);
    exits(all);
    return Map.copyOf(all);
  }

  private static void entries(Map<String, PolicyBound> all) {
    all.put("intentMaxAgeMs", ms(1, DAY));
    all.put("futureToleranceMs", ms(0, HOUR));
    all.put("dedupeMs", ms(HOUR, 7 * DAY));
    all.put("allowedSymbols", new Symbols(SYMBOLS));
    all.put("stateMaxIntervals", above(0, 1000, "candle intervals"));
    all.put("stateGraceMs", ms(0, HOUR));
    all.put("churnMs", ms(0, 7 * DAY));
    all.put("permitMs", ms(1000, HOUR));
    all.put("riskDataMs", ms(MINUTE, 7 * DAY));
    all.put("reservationReportMs", ms(1000, 7 * DAY));
    all.put("equityMaxAgeMs", ms(1000, DAY));
  }

  private static void sizes(Map<String, PolicyBound> all) {
    all.put("leverageDefault", from(1, 125, "times"));
    all.put("leverageMax", from(1, 125, "times"));
    all.put("volatilityFactor", above(0, 100, "times ATR"));
    for (String distance : List.of("stopMinPct", "stopMaxPct", "stopDefaultPct")) {
      all.put(distance, ofPrice());
    }
    all.put("adoptedStopPct", ofPrice());
    all.put("atrStopMinPct", from(0, 1, "of the price"));
    all.put("atrStopMaxPct", ofPrice());
    all.put("rewardRatio", above(0, 1000, "times the stop distance"));
    all.put("killOpenThreshold", score());
    all.put("killScaleAlpha", above(0, 100, "of steepness"));
    all.put("killScaleFloor", from(0, 1, "of the quantity"));
    all.put("killSigmaRef", above(0, 10, "per hour"));
    all.put("killTsRef", above(0, 100, "per hour"));
    all.put("maxNotionalPerOrder", above(0, 1e12, "quote currency"));
    all.put("maxSymbolShare", above(0, 125, "of equity"));
    all.put("allowUpsize", new Flag());
    all.put("riskPerTrade", from(0, 0.5, "of equity"));
  }

  private static void limits(Map<String, PolicyBound> all) {
    all.put("entriesPerHour", from(0, 3600, "entries"));
    all.put("entriesPerFiveMinutes", from(0, 300, "entries"));
    all.put("maxPositions", from(1, 1000, "positions"));
    all.put("maxExposure", above(0, 125, "of equity"));
    all.put("minMarginRatio", from(0, 100, "of gross notional"));
    all.put("maxDailyLoss", above(0, 1, "of the day's first equity"));
    all.put("maxDrawdown", above(0, 1, "of peak equity"));
    all.put("maxConsecutiveLosses", from(1, 1000, "closed trades"));
    all.put("haltMs", ms(0, 7 * DAY));
    all.put("liquidationGuardRatio", from(0, 100, "of gross notional"));
    all.put("liquidationTargetRatio", from(0, 100, "of gross notional"));
  }

  private static void market(Map<String, PolicyBound> all) {
    all.put("candleMaxJump", above(0, 10, "of the last close"));
    all.put("candleMaxGap", from(1, 1000, "candle intervals"));
    all.put("universeSize", from(1, SYMBOLS, "symbols"));
    all.put("universeMinSigma", from(0, 10, "per hour"));
    all.put("universeMinTs", from(0, 100, "per hour"));
    all.put("universeCore", new Symbols(SYMBOLS));
  }

  private static void exits(Map<String, PolicyBound> all) {
    all.put("harvestRungs", new Numbers(LADDER, above(0, 1000, "R"), true));
    all.put("harvestShares", new Numbers(LADDER, above(0, 1, "of what is then open"), false));
    all.put("harvestCostBps", from(0, 1000, "basis points"));
    all.put("harvestLockR", above(0, 1000, "R"));
    all.put("harvestBreakEvenPlus", from(0, 0.5, "of the entry price"));
    all.put("harvestTrailR", above(0, 1000, "R"));
    all.put("killThreshold", score());
    all.put("proposalStepR", above(0, 100, "R"));
    all.put("proposalHeartbeatMs", ms(1, DAY));
    all.put("heatMode", new OneOf(HEAT_MODES));
    all.put("closePolicy", new OneOf(CLOSE_POLICIES));
    all.put("heatWarm", above(0, 1000, "of equity"));
    all.put("heatHot", above(0, 1000, "of equity"));
    all.put("unstableKillScore", score());
    all.put("profitOverrideR", from(0, 1000, "R"));
  }

  private static Range ms(long min, long max) {
    return new Range(min, false, max, "ms");
  }

  private static Range from(double min, double max, String unit) {
    return new Range(min, false, max, unit);
  }

  private static Range above(double min, double max, String unit) {
    return new Range(min, true, max, unit);
  }

  private static Range score() {
    return from(0, 1, "kill score");
  }

  private static Range ofPrice() {
    return above(0, 1, "of the price");
  }
}
