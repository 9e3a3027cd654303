package io.quantumtrader.console.health;

import io.quantumtrader.console.view.PipelineRow.ReaderRow;
import java.util.List;
import java.util.Map;

/**
 * What cannot be read from the topics.
 *
 * @param readers how far each reader of the topics is behind
 * @param troubles what of the servers does not work, in words, by what it costs
 */
public record Outside(List<ReaderRow> readers, Map<HealthCost, String> troubles) {

  /** Nothing is known of it, and nothing is wrong. */
  public static final Outside NOTHING = new Outside(List.of(), Map.of());

  /** Takes copies. */
  public Outside {
    readers = List.copyOf(readers);
    troubles = Map.copyOf(troubles);
  }
}
