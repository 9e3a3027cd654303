package io.quantumtrader.market;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Some rows of a store, in an order of their own. Positions in it are from 0 on.
 *
 * @see RowStore
 */
final class RowView {

  private final RowStore store;
  private final int[] indices;

  private RowView(RowStore store, int[] indices) {
    this.store = store;
    this.indices = indices;
  }

  /** Returns all rows as they were added. */
  static RowView all(RowStore store) {
    return new RowView(store, IntStream.range(0, store.size()).toArray());
  }

  int size() {
    return indices.length;
  }

  boolean isEmpty() {
    return indices.length == 0;
  }

  /** Returns when the candle at a position opens, epoch milliseconds UTC. */
  long openTimeMs(int position) {
    return store.openTimeMs(indices[position]);
  }

  String symbol(int position) {
    return store.symbol(indices[position]);
  }

  /** Returns what reads the row at a position; each thread needs its own. */
  IntFunction<CandleRow> reader() {
    RowStore.Reader reader = store.reader();
    return position -> reader.get(indices[position]);
  }

  /** Returns the rows at some positions, in this order. */
  RowView where(IntPredicate position) {
    return new RowView(
        store, IntStream.range(0, size()).filter(position).map(i -> indices[i]).toArray());
  }

  /** Returns the rows of each symbol, in the order in which the symbols come first. */
  Map<String, RowView> bySymbol() {
    Map<String, IntStream.Builder> found = new LinkedHashMap<>();
    for (int i = 0; i < size(); i++) {
      found.computeIfAbsent(symbol(i), any -> IntStream.builder()).add(indices[i]);
    }
    Map<String, RowView> views = new LinkedHashMap<>();
    found.forEach((symbol, of) -> views.put(symbol, new RowView(store, of.build().toArray())));
    return views;
  }

  /** Returns whether the rows are in order of time and symbol. */
  boolean isSorted() {
    for (int i = 1; i < size(); i++) {
      if (order().compare(indices[i - 1], indices[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the rows in order of time and symbol; those of one time and symbol keep theirs. */
  RowView sorted() {
    return new RowView(
        store, IntStream.of(indices).boxed().sorted(order()).mapToInt(each -> each).toArray());
  }

  private Comparator<Integer> order() {
    return Comparator.<Integer>comparingLong(store::openTimeMs).thenComparing(store::symbol);
  }
}
