package io.quantumtrader.agents.decision;

import io.quantumtrader.agents.forecast.EnsembleVote;
import io.quantumtrader.agents.forecast.Forecast;
import io.quantumtrader.agents.forecast.ForecastResult;
import io.quantumtrader.agents.forecast.ForecastResult.Given;
import io.quantumtrader.schemas.avro.IntentAction;
import java.util.Locale;

/**
 * Acts on forecasts.
 *
 * <table>
 *   <caption>From view to view; anything else changes nothing.</caption>
 *   <tr><th>view</th><th>condition, the first that holds</th><th>asks for</th><th>next view</th></tr>
 *   <tr><td>NONE, ASIDE</td><td>P(up) at least enter and above P(down)</td>
 *       <td>OPEN_LONG</td><td>LONG</td></tr>
 *   <tr><td>NONE, ASIDE</td><td>P(down) at least enter and above P(up)</td>
 *       <td>OPEN_SHORT</td><td>SHORT</td></tr>
 *   <tr><td>LONG, SHORT</td><td>P of the opposite direction at least exit</td>
 *       <td>CLOSE</td><td>NONE</td></tr>
 *   <tr><td>LONG, SHORT</td><td>P(flat) at least leave</td><td>CLOSE</td><td>NONE</td></tr>
 *   <tr><td>LONG, SHORT, due</td><td>P of its direction at least enter</td>
 *       <td>OPEN_LONG or OPEN_SHORT again</td><td>the same, not due</td></tr>
 * </table>
 *
 * <p>A reversal is a CLOSE first and the opposite at a later forecast, as with {@link TrendRule}:
 * the pipeline denies an entry against an open position. The confidence is the probability that the
 * action follows from. Where there is no forecast, or an ensemble abstains, nothing changes: a
 * model that is ill is no reason to trade, and the position has its stop. The views are never
 * strong.
 */
public final class ForecastRule {

  private final ForecastThresholds thresholds;

  /** Creates a rule. */
  public ForecastRule(ForecastThresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Looks at what a model came to. */
  public Opinion look(View view, ForecastResult result) {
    if (!(result instanceof Given given)) {
      return Opinion.unchanged(view);
    }
    Forecast forecast = given.forecast();
    return switch (view.stance()) {
      case NONE, ASIDE -> free(view, forecast);
      case LONG -> held(view, forecast, up(forecast), down(forecast));
      case SHORT -> held(view, forecast, down(forecast), up(forecast));
    };
  }

  /** Looks at what an ensemble came to. */
  public Opinion look(View view, EnsembleVote vote) {
    return vote.abstains() ? Opinion.unchanged(view) : look(view, vote.combined());
  }

  /** A direction and how probable it is. */
  private record Side(String name, double probability) {}

  private static Side up(Forecast forecast) {
    return new Side("up", forecast.up());
  }

  private static Side down(Forecast forecast) {
    return new Side("down", forecast.down());
  }

  private Opinion free(View view, Forecast forecast) {
    if (forecast.up() >= thresholds.enter() && forecast.up() > forecast.down()) {
      return open(Stance.LONG, up(forecast));
    }
    if (forecast.down() >= thresholds.enter() && forecast.down() > forecast.up()) {
      return open(Stance.SHORT, down(forecast));
    }
    return Opinion.unchanged(view);
  }

  private Opinion held(View view, Forecast forecast, Side along, Side against) {
    if (against.probability() >= thresholds.exit()) {
      return close(against, "exit", thresholds.exit());
    }
    if (forecast.flat() >= thresholds.leave()) {
      return close(new Side("flat", forecast.flat()), "leave", thresholds.leave());
    }
    if (view.due() && along.probability() >= thresholds.enter()) {
      return open(view.stance(), along);
    }
    return Opinion.unchanged(view);
  }

  private Opinion open(Stance stance, Side side) {
    return Opinion.changed(
        new View(stance, false),
        stance == Stance.LONG ? IntentAction.OPEN_LONG : IntentAction.OPEN_SHORT,
        side.probability(),
        text(side, "enter", thresholds.enter()));
  }

  private static Opinion close(Side side, String level, double value) {
    return Opinion.changed(
        View.NONE, IntentAction.CLOSE, side.probability(), text(side, level, value));
  }

  private static String text(Side side, String level, double value) {
    return String.format(
        Locale.ROOT, "P(%s) %.3f (%s %.3f)", side.name(), side.probability(), level, value);
  }
}
