package io.quantumtrader.replay.sweep;

import io.quantumtrader.schemas.avro.MarketState;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Whether market states depend on where a history begins: two runs, one of which starts later, must
 * agree once the later one is warm.
 *
 * @param compared states that both runs have and that were warm in the later one
 * @param figures how far each figure of a state is apart at most
 */
public record WarmupCheck(long compared, List<Figure> figures) {

  /**
   * Closes after which a state depends on nothing before: all that the kernel looks at. The average
   * true range forgets by 13/14 a close, what is left after these is below 1e-9; of the volume of a
   * day more is needed, which is not compared.
   */
  static final int WARM = 300;

  /** States may be apart by so much, relative. */
  static final double TOLERANCE = 1e-6;

  /**
   * A figure of a market state.
   *
   * @param name its field
   * @param worst largest distance between the two, relative to the larger
   * @param where symbol and time of that, empty where they are equal
   */
  public record Figure(String name, double worst, String where) {}

  private static final Map<String, ToDoubleFunction<MarketState>> FIELDS = fields();

  private static Map<String, ToDoubleFunction<MarketState>> fields() {
    Map<String, ToDoubleFunction<MarketState>> fields = new LinkedHashMap<>();
    fields.put("sigma", MarketState::getSigma);
    fields.put("mu", MarketState::getMu);
    fields.put("ts", MarketState::getTs);
    fields.put("pTrend", MarketState::getPTrend);
    fields.put("pMr", MarketState::getPMr);
    fields.put("pChop", MarketState::getPChop);
    fields.put("dp", MarketState::getDp);
    fields.put("vr", MarketState::getVr);
    fields.put("spikeProxy", MarketState::getSpikeProxy);
    fields.put("atr", state -> state.getAtr() == null ? Double.NaN : state.getAtr());
    fields.put("lastPrice", state -> state.getLastPrice().doubleValue());
    return fields;
  }

  /** Returns whether all figures agree, and there was something to compare. */
  public boolean agrees() {
    return compared > 0 && figures.stream().allMatch(figure -> figure.worst() <= TOLERANCE);
  }

  /**
   * Compares the states of two runs.
   *
   * @param whole states of the run from the beginning
   * @param later states of the run that started later
   */
  public static WarmupCheck of(Collection<MarketState> whole, Collection<MarketState> later) {
    Map<String, MarketState> known = new HashMap<>();
    whole.forEach(state -> known.put(key(state), state));
    List<MarketState> warm =
        later.stream()
            .filter(state -> state.getBufferSize() >= WARM)
            .filter(state -> known.containsKey(key(state)))
            .toList();
    List<Figure> figures =
        FIELDS.entrySet().stream()
            .map(field -> figure(field.getKey(), field.getValue(), warm, known))
            .toList();
    return new WarmupCheck(warm.size(), figures);
  }

  private static Figure figure(
      String name,
      ToDoubleFunction<MarketState> value,
      List<MarketState> warm,
      Map<String, MarketState> known) {
    double worst = 0;
    String where = "";
    for (MarketState state : warm) {
      double distance =
          distance(value.applyAsDouble(state), value.applyAsDouble(known.get(key(state))));
      if (distance > worst) {
        worst = distance;
        where = key(state);
      }
    }
    return new Figure(name, worst, where);
  }

  /** A number on one side alone is as far apart as can be. */
  private static double distance(double one, double other) {
    if (Double.compare(one, other) == 0) {
      return 0;
    }
    double distance = Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other));
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  private static String key(MarketState state) {
    return state.getSymbol() + " at " + Instant.ofEpochMilli(state.getAsOfMs());
  }
}
