package io.quantumtrader.replay.incident;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of an incident's input, under the rules of then or of now.
 *
 * @param granted intents that became a plan
 * @param refused intents that did not, by code
 * @param opened positions that were opened
 * @param mostOpen highest number of positions at once
 * @param highestExposure highest margin in use over equity, 0 or more
 * @param watched symbols with a position that an exit was looked for in
 * @param protectedPositions positions that got a stop
 * @param held closes that were asked for and held back, by code; each time counts
 * @param closes fills that reduced a position, by what led to them
 * @param openAtEnd positions that are open at the end
 * @param examples decisions with their numbers, one line each
 */
public record IncidentOutcome(
    long granted,
    SortedMap<String, Long> refused,
    long opened,
    int mostOpen,
    double highestExposure,
    int watched,
    int protectedPositions,
    SortedMap<String, Long> held,
    SortedMap<String, Long> closes,
    int openAtEnd,
    List<String> examples) {

  public IncidentOutcome {
    refused = new TreeMap<>(refused);
    held = new TreeMap<>(held);
    closes = new TreeMap<>(closes);
    examples = List.copyOf(examples);
  }

  /** Returns how many intents there were. */
  public long intents() {
    return granted + refusals();
  }

  /** Returns how many intents were refused. */
  public long refusals() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many fills reduced a position. */
  public long closingFills() {
    return closes.values().stream().mapToLong(Long::longValue).sum();
  }
}
