package io.quantumtrader.agents.decision;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.policy.IntervalScale;
import java.util.Locale;

/**
 * Follows trends, with a volatility filter.
 *
 * <p>With s = sqrt(interval / 1 h), trend = sign(mu) x ts / s and volatility = sigma / s:
 *
 * <table>
 *   <caption>From view to view; anything else changes nothing.</caption>
 *   <tr><th>view</th><th>condition, the first that holds</th><th>asks for</th><th>next view</th></tr>
 *   <tr><td>NONE</td><td>volatility below quiet x slack or above wild / slack</td>
 *       <td>HOLD</td><td>ASIDE</td></tr>
 *   <tr><td>NONE</td><td>volatility from quiet to wild, |trend| at least enter</td>
 *       <td>OPEN_LONG or OPEN_SHORT by its sign</td>
 *       <td>LONG or SHORT, strong where |trend| is at least strong</td></tr>
 *   <tr><td>LONG, SHORT</td>
 *       <td>trend against the view's direction by more than exit, or volatility below quiet x slack
 *       or above wild / slack</td><td>CLOSE</td><td>NONE</td></tr>
 *   <tr><td>LONG, SHORT</td><td>trend in the view's direction below exit</td>
 *       <td>nothing</td><td>the same, not strong, due</td></tr>
 *   <tr><td>LONG, SHORT, due</td>
 *       <td>volatility from quiet to wild, trend in its direction at least enter</td>
 *       <td>OPEN_LONG or OPEN_SHORT again</td>
 *       <td>the same, not due, strong where |trend| is at least strong</td></tr>
 *   <tr><td>LONG, SHORT, not strong</td>
 *       <td>volatility from quiet to wild, trend in its direction at least strong</td>
 *       <td>OPEN_LONG or OPEN_SHORT again</td><td>the same, strong</td></tr>
 *   <tr><td>LONG, SHORT, strong</td><td>trend in its direction below enter</td>
 *       <td>nothing</td><td>the same, not strong</td></tr>
 *   <tr><td>ASIDE</td><td>volatility from quiet to wild</td><td>nothing, or as from NONE</td>
 *       <td>NONE, or as from NONE</td></tr>
 * </table>
 *
 * <p>A trend that has faded is no reason to leave: what to take off a position, and when, is the
 * harvest stage's to say, and its stop protects it. The agent asks for a close where the market
 * speaks against the view. So a reversal is a CLOSE first and the opposite at a later state; levels
 * to begin and to end lie apart, so that a market that stands at one of them does not make the view
 * flap; and a trend that grows strong is asked for once more, in case it was denied before. A view
 * that was asked for while its symbol was not listed becomes due when the symbol enters the list
 * ({@link View#askedInVain}).
 *
 * <p>Confidence: x / (1 + x) with x = |trend| / enter for an entry (one half at the level where
 * views begin), 1 / (1 + max(0, x)) with x = trend in the view's direction / enter for a close, 1 /
 * (1 + x) for HOLD. A state with a suspect price, or with numbers that are none, changes nothing.
 */
public final class TrendRule {

  private final TrendThresholds thresholds;

  public TrendRule(TrendThresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Looks at a state. */
  public Opinion look(View view, MarketState state) {
    double scale = IntervalScale.fromHour(1, state.getIntervalMs());
    double trend = Math.signum(state.getMu()) * state.getTs() / scale;
    double volatility = state.getSigma() / scale;
    if (state.getPriceSuspect() || !Double.isFinite(trend) || !Double.isFinite(volatility)) {
      return Opinion.unchanged(view);
    }
    return switch (view.stance()) {
      case LONG, SHORT -> held(view, trend, volatility);
      case NONE -> free(view, trend, volatility);
      case ASIDE ->
          tradable(volatility) ? free(View.NONE, trend, volatility) : Opinion.unchanged(view);
    };
  }

  /** Ends the view of a symbol whose market is no longer seen. */
  public Opinion lostSight(View view, long ageMs) {
    if (view.stance().direction() == 0) {
      return Opinion.unchanged(view);
    }
    return Opinion.changed(
        View.NONE, IntentAction.CLOSE, 1, "no market state for " + ageMs / 1000 + " s");
  }

  /** Returns how many intervals without a state make the agent blind. */
  public int blindIntervals() {
    return thresholds.blindIntervals();
  }

  /**
   * Returns the view that follows from what was asked for: what the agent remembers after a
   * restart.
   */
  public View afterwards(IntentAction action, double confidence) {
    boolean strong = confidence >= confidence(thresholds.strong());
    return switch (action) {
      case OPEN_LONG -> new View(Stance.LONG, strong);
      case OPEN_SHORT -> new View(Stance.SHORT, strong);
      case HOLD -> View.ASIDE;
      case CLOSE, BUY, SELL, UNRECOGNIZED -> View.NONE;
    };
  }

  private Opinion free(View view, double trend, double volatility) {
    if (untradable(volatility)) {
      return Opinion.changed(
          View.ASIDE,
          IntentAction.HOLD,
          1 - confidence(Math.abs(trend)),
          volatilityText(volatility));
    }
    if (!tradable(volatility) || Math.abs(trend) < thresholds.enter()) {
      return Opinion.unchanged(view);
    }
    Stance stance = trend > 0 ? Stance.LONG : Stance.SHORT;
    return open(stance, trend, trendText("trend", trend, "enter", thresholds.enter()));
  }

  private Opinion held(View view, double trend, double volatility) {
    double along = view.stance().direction() * trend;
    if (untradable(volatility)) {
      return close(along, volatilityText(volatility));
    }
    if (along < -thresholds.exit()) {
      return close(along, trendText("trend turned to", trend, "exit", thresholds.exit()));
    }
    if (along < thresholds.exit()) {
      return Opinion.unchanged(new View(view.stance(), false, true));
    }
    if (view.due() && tradable(volatility) && along >= thresholds.enter()) {
      return open(
          view.stance(), trend, trendText("trend stands at", trend, "enter", thresholds.enter()));
    }
    if (view.strong()) {
      return Opinion.unchanged(new View(view.stance(), along >= thresholds.enter(), view.due()));
    }
    if (tradable(volatility) && along >= thresholds.strong()) {
      return open(
          view.stance(), trend, trendText("trend grew to", trend, "strong", thresholds.strong()));
    }
    return Opinion.unchanged(view);
  }

  private Opinion open(Stance stance, double trend, String reason) {
    double strength = Math.abs(trend);
    return Opinion.changed(
        new View(stance, strength >= thresholds.strong()),
        stance == Stance.LONG ? IntentAction.OPEN_LONG : IntentAction.OPEN_SHORT,
        confidence(strength),
        reason);
  }

  private Opinion close(double along, String reason) {
    return Opinion.changed(
        View.NONE, IntentAction.CLOSE, 1 - confidence(Math.max(0, along)), reason);
  }

  // x / (1 + x) with x = strength / enter.
  private double confidence(double strength) {
    return strength / (strength + thresholds.enter());
  }

  private boolean tradable(double volatility) {
    return volatility >= thresholds.quiet() && volatility <= thresholds.wild();
  }

  private boolean untradable(double volatility) {
    return volatility < thresholds.quiet() * thresholds.slack()
        || volatility > thresholds.wild() / thresholds.slack();
  }

  private String volatilityText(double volatility) {
    boolean quiet = volatility < thresholds.quiet();
    return String.format(
        Locale.ROOT,
        "volatility %.5f is too %s (%s %.5f)",
        volatility,
        quiet ? "low" : "high",
        quiet ? "quiet" : "wild",
        quiet ? thresholds.quiet() : thresholds.wild());
  }

  private static String trendText(String what, double trend, String level, double value) {
    return String.format(Locale.ROOT, "%s %+.3f (%s %.3f)", what, trend, level, value);
  }
}
