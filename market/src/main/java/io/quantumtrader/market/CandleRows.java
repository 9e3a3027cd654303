package io.quantumtrader.market;

import java.util.ArrayList;
import java.util.List;

/** What the rows of the sources come to: candles, and lines that could not be used. */
final class CandleRows {

  /** How many rejected lines are kept with their reason; all are counted. */
  static final int KEPT_REJECTIONS = 100;

  private final boolean several;
  private final List<RejectedLine> rejected = new ArrayList<>();
  private final RowStore store = new RowStore();
  private RowView rows;
  private long rejectedCount;
  private boolean sorted = true;

  /** Collects; rejected lines name their source where there are several. */
  CandleRows(boolean several) {
    this.several = several;
  }

  void add(CandleRow row) {
    store.add(row);
  }

  void reject(CandleSource source, long line, String column, String reason) {
    rejectedCount++;
    if (rejected.size() < KEPT_REJECTIONS) {
      rejected.add(new RejectedLine(several ? source.shown() : "", line, column, reason));
    }
  }

  void reject(CandleSource source, long line, MalformedValue fault) {
    reject(source, line, fault.column(), fault.getMessage());
  }

  void reject(CandleRow row, String reason) {
    reject(row.source(), row.line(), "", reason);
  }

  /** Returns how many candles were read. */
  int count() {
    return store.size();
  }

  /** Returns what the candles were read from, in the order it was read. */
  List<CandleSource> sources() {
    return store.sources();
  }

  /** Returns the candles, in order of time and symbol, once they were sorted. */
  RowView rows() {
    return rows;
  }

  /** Returns the first lines that could not be used. */
  List<RejectedLine> rejected() {
    return rejected;
  }

  /** Returns how many lines could not be used. */
  long rejectedCount() {
    return rejectedCount;
  }

  /** Returns whether the rows stood in order. */
  boolean wasSorted() {
    return sorted;
  }

  /** Goes on with these rows alone. */
  void keep(RowView kept) {
    rows = kept;
  }

  /** Puts the rows in order of time and symbol; rows of one time and symbol keep their order. */
  void sort() {
    RowView asRead = RowView.all(store);
    sorted = asRead.isSorted();
    rows = sorted ? asRead : asRead.sorted();
  }
}
