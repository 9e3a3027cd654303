package io.quantumtrader.execution.binance;

import java.util.List;

/**
 * One answer of a list that is asked for in parts, oldest first.
 *
 * @param rows those that can be read
 * @param listed how many the exchange listed; as many as were asked for: there may be more
 */
record Page<T>(List<T> rows, int listed) {
  Page {
    rows = List.copyOf(rows);
  }
}
