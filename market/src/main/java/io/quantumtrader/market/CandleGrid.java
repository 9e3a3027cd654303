package io.quantumtrader.market;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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

  private final CandleRows content;
  private final Map<String, RowView> bySymbol;
  private final long intervalMs;

  private CandleGrid(CandleRows content) {
    this.content = content;
    this.bySymbol = content.rows().bySymbol();
    this.intervalMs = interval();
  }

  /**
   * Finds the interval of candles, takes out rows off its grid and repeats of another file's rows,
   * and reports them.
   *
   * @return the interval, milliseconds above 0
   * @throws CandleFileException where they are of two time frames, or on no grid
   */
  static long straighten(CandleRows rows) {
    CandleGrid grid = new CandleGrid(rows);
    grid.refuseNamedFrames();
    grid.bySymbol.forEach(grid::refuseSecondFrame);
    grid.bySymbol.forEach(grid::refuseDoubles);
    grid.leaveOut();
    return grid.intervalMs;
  }

  private long interval() {
    Map<Long, Long> counts = new HashMap<>();
    for (RowView rows : bySymbol.values()) {
      LongStream.of(distances(rows)).forEach(distance -> counts.merge(distance, 1L, Long::sum));
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
  private static long[] distances(RowView rows) {
    return IntStream.range(1, rows.size())
        .mapToLong(i -> rows.openTimeMs(i) - rows.openTimeMs(i - 1))
        .filter(distance -> distance > 0)
        .toArray();
  }

  private Optional<Long> firstNamed() {
    return bySymbol.values().stream()
        .map(rows -> first(rows).source().name().intervalMs())
        .filter(named -> named.isPresent())
        .map(named -> named.getAsLong())
        .findFirst();
  }

  private static CandleRow first(RowView rows) {
    return rows.reader().apply(0);
  }

  private void refuseNamedFrames() {
    content.sources().forEach(this::refuseNamed);
  }

  private void refuseNamed(CandleSource source) {
    long named = source.name().intervalMs().orElse(intervalMs);
    if (named != intervalMs) {
      throw new CandleFileException(
          "%s is named after an interval of %s, but most candles are %s apart; replay one time frame at a time"
              .formatted(source.shown(), TimeText.length(named), TimeText.length(intervalMs)));
    }
  }

  private void refuseSecondFrame(String symbol, RowView rows) {
    long[] distances = distances(rows);
    int run = 0;
    for (int i = 0; i < distances.length; i++) {
      boolean same = i > 0 && distances[i] == distances[i - 1];
      run = same ? run + 1 : 1;
      boolean frame =
          run >= RUN_OF_A_FRAME || (run >= SHORT_RUN && run >= SHARE_OF_A_FRAME * distances.length);
      if (frame && distances[i] != intervalMs) {
        throw secondFrame(symbol, distances[i], first(rows).source());
      }
    }
  }

  private CandleFileException secondFrame(String symbol, long other, CandleSource source) {
    return new CandleFileException(
        "%s holds two time frames: most candles are %s apart, but those of %s %s; replay one time frame at a time"
            .formatted(
                source.shown(), TimeText.length(intervalMs), symbol, TimeText.length(other)));
  }

  private void refuseDoubles(String symbol, RowView rows) {
    IntFunction<CandleRow> reader = rows.reader();
    RowView doubled =
        rows.where(
            i ->
                i > 0
                    && rows.openTimeMs(i) == rows.openTimeMs(i - 1)
                    && !reader.apply(i).agreesWith(reader.apply(i - 1)));
    long[] distances = distances(doubled);
    boolean regular =
        doubled.size() >= REGULAR_DOUBLES
            && LongStream.of(distances).distinct().count() == 1
            && distances[0] > intervalMs;
    if (regular) {
      throw secondFrame(symbol, distances[0], first(doubled).source());
    }
    if (isNoAccident(doubled.size(), rows.size())) {
      throw new CandleFileException(
          "%s has two different candles of %s at %d open times, the first %s: they are of two time frames or two markets; replay one at a time"
              .formatted(
                  first(doubled).source().shown(),
                  symbol,
                  doubled.size(),
                  TimeText.time(doubled.openTimeMs(0))));
    }
  }

  private static boolean isNoAccident(long count, long of) {
    return count >= TOLERATED_ROWS && count > TOLERATED_SHARE * of;
  }

  private void leaveOut() {
    RowView rows = content.rows();
    IntFunction<CandleRow> reader = rows.reader();
    long phase = phase(rows);
    Map<String, Integer> last = new HashMap<>();
    List<String> offGrid = new ArrayList<>();
    RowView kept =
        rows.where(
            i -> {
              Integer before = last.put(rows.symbol(i), i);
              if (Math.floorMod(rows.openTimeMs(i) - phase, intervalMs) != 0) {
                offGrid.add(offGrid(reader.apply(i), phase));
                content.reject(reader.apply(i), offGrid.getLast());
                return false;
              }
              boolean again = before != null && rows.openTimeMs(i) == rows.openTimeMs(before);
              return !again || !isRepeat(reader.apply(i), reader.apply(before));
            });
    if (isNoAccident(offGrid.size(), rows.size())) {
      throw new CandleFileException(
          "%d of %d candles do not open every %s, the first of them: %s"
              .formatted(
                  offGrid.size(), rows.size(), TimeText.length(intervalMs), offGrid.getFirst()));
    }
    content.keep(kept);
  }

  /** Returns whether a row says what one of another source says; it is then reported. */
  private boolean isRepeat(CandleRow row, CandleRow before) {
    boolean repeats = !row.source().equals(before.source()) && row.agreesWith(before);
    if (repeats) {
      content.reject(row, "the same candle is in " + before.source().shown());
    }
    return repeats;
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

  private long phase(RowView rows) {
    Map<Long, Long> counts = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      counts.merge(Math.floorMod(rows.openTimeMs(i), intervalMs), 1L, Long::sum);
    }
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return counts.entrySet().stream()
        .filter(each -> each.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(0L);
  }
}
