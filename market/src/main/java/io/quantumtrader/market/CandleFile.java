package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * Candles from files: CSV with the header {@code open_time_ms,symbol,open,high,low,close,volume},
 * kline archives as exchanges publish them, JSON as ccxt and freqtrade write it; plain, gzip or zip
 * (told by their first bytes), one file, several, or a directory. Where rows do not say their
 * symbol, the file's name does ({@link ArchiveName}). Times are epoch milliseconds UTC, prices
 * quote currency, volume base units; numbers are kept exactly as written, with at most 18 digits
 * after the point.
 *
 * <p>A line that cannot be used is counted and reported, and the rest goes on: a value that is
 * none, a row off the grid of the interval ({@link CandleGrid}), a repeat of another file's row.
 * Only what is something else altogether, has no candle, breaks off, or holds two time frames is
 * refused. A symbol may come, go and have gaps. What is beyond the first hundred thousand candles
 * or so is kept in a temporary file; in memory is some twenty bytes for each ({@link RowStore}).
 */
public final class CandleFile {

  /** Interval of a file in which no symbol has two candles. */
  public static final long DEFAULT_INTERVAL_MS = 60_000;

  /** How many rejected lines are kept with their reason; all are counted. */
  public static final int KEPT_REJECTIONS = CandleRows.KEPT_REJECTIONS;

  private final List<Path> paths;
  private final List<String> passedOver;
  private final CandleRows content;
  private final RowView rows;
  private final int symbolCount;
  private final long intervalMs;
  private final CandleSteps steps;

  private CandleFile(
      List<Path> paths, List<String> passedOver, CandleRows content, OptionalLong intervalMs) {
    this.paths = List.copyOf(paths);
    this.passedOver = List.copyOf(passedOver);
    this.content = content;
    content.sort();
    this.intervalMs = intervalMs.orElseGet(() -> CandleGrid.straighten(content));
    this.rows = content.rows();
    this.symbolCount = rows.bySymbol().size();
    this.steps = CandleSteps.of(rows, this.intervalMs);
    steps.refuseTooMany(shown(), this.intervalMs);
  }

  private CandleFile(CandleFile of, RowView rows) {
    this.paths = of.paths;
    this.passedOver = of.passedOver;
    this.content = of.content;
    this.rows = rows;
    this.symbolCount = rows.bySymbol().size();
    this.intervalMs = of.intervalMs;
    this.steps = CandleSteps.of(rows, intervalMs);
  }

  /**
   * Returns the part that closes in a time.
   *
   * @param fromMs earliest close, epoch milliseconds UTC
   * @param toMs latest close, epoch milliseconds UTC
   * @throws CandleFileException where nothing closes then
   */
  public CandleFile between(long fromMs, long toMs) {
    RowView part =
        rows.where(
            i -> {
              long closeMs = rows.openTimeMs(i) + intervalMs;
              return closeMs >= fromMs && closeMs <= toMs;
            });
    if (part.isEmpty()) {
      throw new CandleFileException(
          "%s holds no candle that closes from %s to %s"
              .formatted(shown(), TimeText.time(fromMs), TimeText.time(toMs)));
    }
    return new CandleFile(this, part);
  }

  /**
   * Reads a file, or the files of a directory, and finds the interval: the most frequent distance
   * between two open times of a symbol, or {@link #DEFAULT_INTERVAL_MS} where there is none.
   *
   * @throws CandleFileException where something cannot be read at all
   */
  public static CandleFile read(Path path) {
    return read(List.of(path));
  }

  /**
   * Returns candles that were made rather than read.
   *
   * @param shown how messages name them
   * @param candles one or more, all of one interval, each symbol and time once; in any order
   * @throws IllegalArgumentException where there are none
   */
  public static CandleFile of(String shown, List<Candle> candles) {
    if (candles.isEmpty()) {
      throw new IllegalArgumentException(shown + " has no candles");
    }
    CandleSource made =
        new CandleSource(
            shown,
            new ArchiveName(Optional.empty(), OptionalLong.empty(), ""),
            InputStream::nullInputStream);
    CandleRows rows = new CandleRows(false);
    for (int i = 0; i < candles.size(); i++) {
      rows.add(CandleRow.of(candles.get(i), made, i + 1));
    }
    return new CandleFile(
        List.of(Path.of(shown)),
        List.of(),
        rows,
        OptionalLong.of(candles.getFirst().getIntervalMs()));
  }

  /**
   * Reads files and directories as one market.
   *
   * @param paths one or more
   * @throws CandleFileException where something cannot be read at all
   */
  public static CandleFile read(List<Path> paths) {
    return read(paths, OptionalLong.empty());
  }

  /**
   * Reads a file of one symbol, where neither its name nor its rows say which.
   *
   * @throws CandleFileException where they do, where there is more than one file, or where it
   *     cannot be read at all
   */
  public static CandleFile read(Path path, String symbol) {
    CandleSources found = CandleSources.at(List.of(path));
    if (found.sources().size() > 1) {
      throw new CandleFileException(
          "a symbol can be given for one file, and %s holds %d; name each after its symbol, as in BTCUSDT-1m.csv"
              .formatted(path, found.sources().size()));
    }
    CandleSource source = found.sources().getFirst();
    if (source.name().symbol().filter(named -> !named.equals(symbol)).isPresent()) {
      throw saysItself(source, source.name().symbol().get(), symbol);
    }
    CandleFile file = read(List.of(path), found.of(symbol), OptionalLong.empty());
    for (String said : file.rows.bySymbol().keySet()) {
      if (!said.equals(symbol)) {
        throw saysItself(source, said, symbol);
      }
    }
    return file;
  }

  private static CandleFileException saysItself(CandleSource source, String said, String given) {
    return new CandleFileException(
        source.shown()
            + " says itself that it is of "
            + said
            + ", not of "
            + given
            + "; leave the symbol out");
  }

  /**
   * Reads a file.
   *
   * @param intervalMs nominal interval of its candles, milliseconds above 0, which is then not
   *     checked; empty to find it
   * @throws CandleFileException where the file cannot be read at all
   */
  public static CandleFile read(Path path, OptionalLong intervalMs) {
    return read(List.of(path), intervalMs);
  }

  private static CandleFile read(List<Path> paths, OptionalLong intervalMs) {
    if (intervalMs.isPresent() && intervalMs.getAsLong() <= 0) {
      throw new IllegalArgumentException("interval must be above 0 ms: " + intervalMs.getAsLong());
    }
    return read(paths, CandleSources.at(paths), intervalMs);
  }

  private static CandleFile read(List<Path> paths, CandleSources found, OptionalLong intervalMs) {
    CandleRows rows = new CandleRows(found.sources().size() > 1);
    List<String> passedOver = found.passedOver();
    for (CandleSource source : found.sources()) {
      try {
        read(source, rows);
      } catch (NoCandlesException e) {
        if (paths.stream().anyMatch(path -> path.toString().equals(source.shown()))) {
          throw new CandleFileException(e.getMessage(), e);
        }
        passedOver.add(source.shown());
      }
    }
    if (rows.count() == 0) {
      throw new CandleFileException(
          shown(paths)
              + " holds no candles"
              + (rows.rejected().isEmpty() ? "" : "; first fault: " + rows.rejected().getFirst()));
    }
    return new CandleFile(paths, passedOver, rows, intervalMs);
  }

  private static void read(CandleSource source, CandleRows rows) {
    long[] line = {0};
    try (InputStream raw = source.bytes().open();
        InputStream bytes = InputFile.unpacked(raw)) {
      byte[] head = InputFile.head(bytes, FileKind.HEAD);
      FileKind.foreign(source.shown(), head, CandleSources.EXPECTED)
          .ifPresent(
              sentence -> {
                throw new CandleFileException(sentence);
              });
      if (head.length == 0) {
        throw new CandleFileException(
            source.shown() + " is empty; expected the header " + CandleLayout.HEADER);
      }
      if (JsonCandles.looksLike(head)) {
        JsonCandles.read(source, bytes, head, rows, reached -> line[0] = reached);
      } else {
        CsvCandles.read(source, bytes, rows, reached -> line[0] = reached);
      }
    } catch (UncheckedIOException e) {
      throw unreadable(source, line[0], e.getCause());
    } catch (IOException e) {
      throw unreadable(source, line[0], e);
    }
  }

  /** Returns where it was read from. */
  public List<Path> paths() {
    return paths;
  }

  /** Returns what in directories and zips was passed over, because it is no candle file. */
  public List<String> passedOver() {
    return passedOver;
  }

  /** Returns how many candles were read, 1 or more. */
  public int candleCount() {
    return rows.size();
  }

  /** Returns how many symbols have a candle. */
  public int symbolCount() {
    return symbolCount;
  }

  /** Returns the nominal interval of the candles, milliseconds. */
  public long intervalMs() {
    return intervalMs;
  }

  /** Returns how many steps of the clock a replay takes, 1 or more. */
  public long stepCount() {
    return steps.count();
  }

  /** Returns in how many places a symbol misses candles between its first and its last. */
  public long gapCount() {
    return steps.gaps();
  }

  /** Returns whether the lines stood in the order of time and symbol; else they were sorted. */
  public boolean wasSorted() {
    return content.wasSorted();
  }

  /** Returns when the first candles open, epoch milliseconds UTC. */
  public long firstOpenTimeMs() {
    return rows.openTimeMs(0);
  }

  /** Returns when the last candles open, epoch milliseconds UTC. */
  public long lastOpenTimeMs() {
    return rows.openTimeMs(rows.size() - 1);
  }

  /** Returns when the first candles close, epoch milliseconds UTC. */
  public long firstCloseTimeMs() {
    return firstOpenTimeMs() + intervalMs;
  }

  /** Returns when the last candles close, epoch milliseconds UTC. */
  public long lastCloseTimeMs() {
    return lastOpenTimeMs() + intervalMs;
  }

  /** Returns how many lines could not be used. */
  public long rejectedCount() {
    return content.rejectedCount();
  }

  /** Returns the first {@value #KEPT_REJECTIONS} lines that could not be used, with reasons. */
  public List<RejectedLine> rejected() {
    return List.copyOf(content.rejected());
  }

  /** Returns the candles in order of time, all of one open time together, from the beginning. */
  public Iterator<MarketStep> steps() {
    return new Steps();
  }

  /** Returns the paths as messages name them. */
  public String shown() {
    return shown(paths);
  }

  private static String shown(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static CandleFileException unreadable(CandleSource source, long line, IOException cause) {
    boolean cut = cause instanceof EOFException || cause instanceof ZipException;
    return new CandleFileException(
        source.shown()
            + (cut ? " breaks off or is damaged after line " : " cannot be read after line ")
            + line
            + ": "
            + cause.getClass().getSimpleName()
            + " "
            + cause.getMessage(),
        cause);
  }

  private final class Steps implements Iterator<MarketStep> {

    private final IntFunction<CandleRow> reader = rows.reader();
    private int next;

    @Override
    public boolean hasNext() {
      return next < rows.size();
    }

    @Override
    public MarketStep next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      long openTimeMs = rows.openTimeMs(next);
      List<Candle> candles = new ArrayList<>();
      while (next < rows.size() && rows.openTimeMs(next) == openTimeMs) {
        candles.add(reader.apply(next).toCandle(intervalMs));
        next++;
      }
      return new MarketStep(openTimeMs + intervalMs, candles);
    }
  }
}
