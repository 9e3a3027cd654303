package io.quantumtrader.app.tap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How positions were closed, or were not.
 *
 * @param plans plans that no intent requested: closes and moved stops
 * @param held proposals that came to nothing, by reason code
 * @param closes fills that reduced a position, by what led to them
 */
public record Exits(long plans, SortedMap<String, Long> held, SortedMap<String, Long> closes) {

  public Exits {
    held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
    closes = Collections.unmodifiableSortedMap(new TreeMap<>(closes));
  }

  void putInto(ObjectNode summary) {
    summary.put("exitPlans", plans);
    ObjectNode codes = summary.putObject("held");
    held.forEach(codes::put);
    ObjectNode reasons = summary.putObject("closes");
    closes.forEach(reasons::put);
  }
}
