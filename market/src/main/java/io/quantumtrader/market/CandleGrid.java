package io.quantumtrader.market;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The grid of open times that candles lie on: every {@code intervalMs}, from a phase on.
 *
 * <p>The interval is the most frequent distance between two candles of a symbol (of several as
 * frequent the smallest): the smallest distance alone would be made by one late row, and would
 * close every candle before its time. Rows off the grid are left out and reported; rows of a second
 * time frame are refused, because the ones would be gaps, or copies, among the others.
 */
final class CandleGrid {

  /** Rows off the grid beyond both are no accident. */
  private static final int TOLERATED_ROWS = 10;

  private static final double TOLERATED_SHARE = 0.1;

  /** So many equal distances in a row, beside the interval's, are a time frame by themselves ... */
  private static final int RUN_OF_A_FRAME = 12;

  /** ... or fewer of them, where they are this share of a symbol's distances. */
  private static final int SHORT_RUN = 3;

  private static final double SHARE_OF_A_FRAME = 0.4;

  /** Open times with two different candles, so regular that they are another time frame. */
  private static final int REGULAR_DOUBLES = 3;

  private final Map<String, List<CandleRow>> bySymbol = new LinkedHashMap<>();
  private final int rowCount;
  private final long intervalMs;

  private CandleGrid(List<CandleRow> sorted) {
    rowCount = sorted.size();
    for (CandleRow row : sorted) {
      bySymbol.computeIfAbsent(row.symbol(), any -> new ArrayList<>()).add(row);
    }
    intervalMs = interval();
  }

  /**
   * Finds the interval of candles, takes out rows off its grid and repeats of another file's rows,
   * and reports them.
   *
   * @return the interval, milliseconds above 0
   * @throws CandleFileException where they are of two time frames, or on no grid
   */
  static long straighten(CandleRows rows) {
    CandleGrid grid = new CandleGrid(rows.rows());
    grid.refuseNamedFrames();
    grid.bySymbol.forEach(grid::refuseSecondFrame);
    grid.bySymbol.forEach(grid::refuseDoubles);
    grid.leaveOut(rows);
    return grid.intervalMs;
  }

  private long interval() {
    Map<Long, Long> counts = new HashMap<>();
    for (List<CandleRow> rows : bySymbol.values()) {
      distances(rows).forEach(distance -> counts.merge(distance, 1L, Long::sum));
    }
    Optional<Long> named = firstNamed();
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    if (named.isPresent() && (most < 2 || counts.containsKey(named.get()))) {
      return named.get();
    }
    return counts.entrySet().stream()
        .filter(each -> each.getValue() == most)
        .map(Map.Entry::getKey)
        .min(Long::compare)
        .orElse(CandleFile.DEFAULT_INTERVAL_MS);
  }

  /** Returns the distances above 0 between neighbours, milliseconds. */
  private static List<Long> distances(List<CandleRow> rows) {
    List<Long> distances = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      long distance = rows.get(i).openTimeMs() - rows.get(i - 1).openTimeMs();
      if (distance > 0) {
        distances.add(distance);
      }
    }
    return distances;
  }

  private Optional<Long> firstNamed() {
    return bySymbol.values().stream()
        .map(rows -> rows.getFirst().source().name().intervalMs())
        .filter(named -> named.isPresent())
        .map(named -> named.getAsLong())
        .findFirst();
  }

  private void refuseNamedFrames() {
    for (List<CandleRow> rows : bySymbol.values()) {
      CandleSource checked = null;
      for (CandleRow row : rows) {
        if (!row.source().equals(checked)) {
          checked = row.source();
          refuseNamed(checked);
        }
      }
    }
  }

  private void refuseNamed(CandleSource source) {
    long named = source.name().intervalMs().orElse(intervalMs);
    if (named != intervalMs) {
      throw new CandleFileException(
          "%s is named after an interval of %s, but most candles are %s apart; replay one time frame at a time"
              .formatted(source.shown(), TimeText.length(named), TimeText.length(intervalMs)));
    }
  }

  private void refuseSecondFrame(String symbol, List<CandleRow> rows) {
    List<Long> distances = distances(rows);
    int run = 0;
    for (int i = 0; i < distances.size(); i++) {
      boolean same = i > 0 && distances.get(i).equals(distances.get(i - 1));
      run = same ? run + 1 : 1;
      boolean frame =
          run >= RUN_OF_A_FRAME || (run >= SHORT_RUN && run >= SHARE_OF_A_FRAME * distances.size());
      if (frame && distances.get(i) != intervalMs) {
        throw secondFrame(symbol, distances.get(i), rows.getFirst().source());
      }
    }
  }

  private CandleFileException secondFrame(String symbol, long other, CandleSource source) {
    return new CandleFileException(
        "%s holds two time frames: most candles are %s apart, but those of %s %s; replay one time frame at a time"
            .formatted(
                source.shown(), TimeText.length(intervalMs), symbol, TimeText.length(other)));
  }

  private void refuseDoubles(String symbol, List<CandleRow> rows) {
    List<CandleRow> doubled = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      CandleRow before = rows.get(i - 1);
      CandleRow row = rows.get(i);
      if (row.openTimeMs() == before.openTimeMs() && !row.agreesWith(before)) {
        doubled.add(row);
      }
    }
    List<Long> distances = distances(doubled);
    boolean regular =
        doubled.size() >= REGULAR_DOUBLES
            && distances.stream().distinct().count() == 1
            && distances.getFirst() > intervalMs;
    if (regular) {
      throw secondFrame(symbol, distances.getFirst(), doubled.getFirst().source());
    }
    if (isNoAccident(doubled.size(), rows.size())) {
      throw new CandleFileException(
          "%s has two different candles of %s at %d open times, the first %s: they are of two time frames or two markets; replay one at a time"
              .formatted(
                  doubled.getFirst().source().shown(),
                  symbol,
                  doubled.size(),
                  TimeText.time(doubled.getFirst().openTimeMs())));
    }
  }

  private static boolean isNoAccident(long count, long of) {
    return count >= TOLERATED_ROWS && count > TOLERATED_SHARE * of;
  }

  private void leaveOut(CandleRows rows) {
    long phase = phase(rows.rows());
    List<CandleRow> kept = new ArrayList<>(rowCount);
    Map<String, CandleRow> last = new HashMap<>();
    List<String> offGrid = new ArrayList<>();
    for (CandleRow row : rows.rows()) {
      CandleRow before = last.put(row.symbol(), row);
      if (Math.floorMod(row.openTimeMs() - phase, intervalMs) != 0) {
        offGrid.add(offGrid(row, phase));
        rows.reject(row, offGrid.getLast());
      } else if (before != null && repeats(row, before)) {
        rows.reject(row, "the same candle is in " + before.source().shown());
      } else {
        kept.add(row);
      }
    }
    if (isNoAccident(offGrid.size(), rowCount)) {
      throw new CandleFileException(
          "%d of %d candles do not open every %s, the first of them: %s"
              .formatted(
                  offGrid.size(), rowCount, TimeText.length(intervalMs), offGrid.getFirst()));
    }
    rows.keep(kept);
  }

  private static boolean repeats(CandleRow row, CandleRow before) {
    return !row.source().equals(before.source())
        && row.openTimeMs() == before.openTimeMs()
        && row.agreesWith(before);
  }

  private String offGrid(CandleRow row, long phase) {
    long late = Math.floorMod(row.openTimeMs() - phase, intervalMs);
    return "%s of %s opens %s after the grid of %s; it is left out"
        .formatted(
            TimeText.time(row.openTimeMs()),
            row.symbol(),
            TimeText.length(late),
            TimeText.length(intervalMs));
  }

  private long phase(List<CandleRow> rows) {
    Map<Long, Long> counts = new LinkedHashMap<>();
    rows.forEach(row -> counts.merge(Math.floorMod(row.openTimeMs(), intervalMs), 1L, Long::sum));
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return counts.entrySet().stream()
        .filter(each -> each.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(0L);
  }
}
