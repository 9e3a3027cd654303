package io.quantumtrader.execution.binance;

import java.util.List;

/**
 * What was read of one of the exchange's lists, oldest first.
 *
 * @param rows those that can be read
 * @param whole whether that is all of it; otherwise it goes on after the last row, and the next
 *     question begins there
 */
record Rows<T>(List<T> rows, boolean whole) {
  Rows {
    rows = List.copyOf(rows);
  }
}
