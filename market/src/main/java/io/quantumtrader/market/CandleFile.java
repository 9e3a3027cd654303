package io.quantumtrader.market;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Candles from a CSV file, plain or gzip (told by its first bytes), with the header {@code
 * open_time_ms,symbol,open,high,low,close,volume}. Times are epoch milliseconds UTC, prices quote
 * currency, volume base units; numbers are kept exactly as written, with at most 18 digits after
 * the point. The columns may be in any order; other columns are ignored.
 *
 * <p>A line that cannot be read is counted and reported, and the rest goes on. Only a file without
 * the header, without any candle, or one that breaks off is refused. A symbol may come, go and have
 * gaps. The file is held in memory, about a third of a kilobyte for each candle.
 */
public final class CandleFile {

  /** Interval of a file in which no symbol has two candles. */
  public static final long DEFAULT_INTERVAL_MS = 60_000;

  /** How many rejected lines are kept with their reason; all are counted. */
  public static final int KEPT_REJECTIONS = 100;

  // Without quotes to the CSV reader: no line can swallow the next.
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setQuote(null).setIgnoreEmptyLines(true).get();

  private final Path path;
  private final List<CandleRow> rows;
  private final List<RejectedLine> rejected;
  private final long rejectedCount;
  private final boolean sorted;
  private final int symbolCount;
  private final long intervalMs;

  private CandleFile(Path path, Content content, OptionalLong intervalMs) {
    this.path = path;
    this.rows = content.rows;
    this.rejected = List.copyOf(content.rejected);
    this.rejectedCount = content.rejectedCount;
    this.sorted = content.sort();
    this.symbolCount = (int) rows.stream().map(CandleRow::symbol).distinct().count();
    this.intervalMs = intervalMs.orElseGet(() -> smallestDistance(rows));
  }

  /**
   * Reads a file and infers the interval: the smallest distance between two open times of a symbol,
   * or {@link #DEFAULT_INTERVAL_MS} where there is none.
   *
   * @throws CandleFileException where the file cannot be read at all
   */
  public static CandleFile read(Path path) {
    return read(path, OptionalLong.empty());
  }

  /**
   * Reads a file.
   *
   * @param intervalMs nominal interval of its candles, milliseconds above 0; empty to infer it
   * @throws CandleFileException where the file cannot be read at all
   */
  public static CandleFile read(Path path, OptionalLong intervalMs) {
    if (intervalMs.isPresent() && intervalMs.getAsLong() <= 0) {
      throw new IllegalArgumentException("interval must be above 0 ms: " + intervalMs.getAsLong());
    }
    Content content = new Content();
    try (Reader reader = new InputStreamReader(InputFile.open(path), StandardCharsets.UTF_8);
        CSVParser lines = CSVParser.parse(reader, FORMAT)) {
      content.read(path, lines);
    } catch (UncheckedIOException e) {
      throw unreadable(path, content, e.getCause());
    } catch (IOException e) {
      throw unreadable(path, content, e);
    }
    if (content.rows.isEmpty()) {
      throw new CandleFileException(
          path
              + " holds no candles"
              + (content.rejected.isEmpty() ? "" : "; first fault: " + content.rejected.get(0)));
    }
    return new CandleFile(path, content, intervalMs);
  }

  /** Returns where it was read from. */
  public Path path() {
    return path;
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

  /** Returns whether the lines stood in the order of time and symbol; else they were sorted. */
  public boolean wasSorted() {
    return sorted;
  }

  /** Returns when the first candles close, epoch milliseconds UTC. */
  public long firstCloseTimeMs() {
    return rows.get(0).openTimeMs() + intervalMs;
  }

  /** Returns when the last candles close, epoch milliseconds UTC. */
  public long lastCloseTimeMs() {
    return rows.get(rows.size() - 1).openTimeMs() + intervalMs;
  }

  /** Returns how many lines could not be read. */
  public long rejectedCount() {
    return rejectedCount;
  }

  /** Returns the first {@value #KEPT_REJECTIONS} lines that could not be read, with reasons. */
  public List<RejectedLine> rejected() {
    return rejected;
  }

  /** Returns the candles in order of time, all of one open time together, from the beginning. */
  public Iterator<MarketStep> steps() {
    return new Steps();
  }

  private static CandleFileException unreadable(Path path, Content content, IOException cause) {
    boolean cut = cause instanceof EOFException || cause instanceof ZipException;
    String what = cut ? " breaks off or is damaged after line " : " cannot be read after line ";
    return new CandleFileException(
        path
            + what
            + content.lastLine
            + ": "
            + cause.getClass().getSimpleName()
            + " "
            + cause.getMessage(),
        cause);
  }

  private static long smallestDistance(List<CandleRow> rows) {
    Map<String, Long> last = new HashMap<>();
    long smallest = Long.MAX_VALUE;
    for (CandleRow row : rows) {
      Long before = last.put(row.symbol(), row.openTimeMs());
      if (before != null && row.openTimeMs() > before) {
        smallest = Math.min(smallest, row.openTimeMs() - before);
      }
    }
    return smallest == Long.MAX_VALUE ? DEFAULT_INTERVAL_MS : smallest;
  }

  /** What the lines of a file came to. */
  private static final class Content {

    private final List<CandleRow> rows = new ArrayList<>();
    private final List<RejectedLine> rejected = new ArrayList<>();
    private long rejectedCount;
    private long lastLine;

    void read(Path path, CSVParser lines) {
      CandleRowParser parser = null;
      for (CSVRecord line : lines) {
        lastLine = lines.getCurrentLineNumber();
        if (parser == null) {
          parser = header(path, line);
        } else {
          row(parser, line);
        }
      }
      if (parser == null) {
        throw new CandleFileException(
            path + " is empty; expected the header " + String.join(",", CandleRowParser.COLUMNS));
      }
    }

    private CandleRowParser header(Path path, CSVRecord line) {
      try {
        return CandleRowParser.forHeader(line);
      } catch (IllegalArgumentException e) {
        throw new CandleFileException(path + " line " + lastLine + ": " + e.getMessage(), e);
      }
    }

    private void row(CandleRowParser parser, CSVRecord line) {
      try {
        rows.add(parser.parse(line));
      } catch (CandleRowParser.MalformedValue e) {
        rejectedCount++;
        if (rejected.size() < KEPT_REJECTIONS) {
          rejected.add(new RejectedLine(lastLine, e.column(), e.getMessage()));
        }
      }
    }

    /** Puts the rows in order; returns whether they were. */
    boolean sort() {
      for (int i = 1; i < rows.size(); i++) {
        if (CandleRow.ORDER.compare(rows.get(i - 1), rows.get(i)) > 0) {
          rows.sort(CandleRow.ORDER);
          return false;
        }
      }
      return true;
    }
  }

  private final class Steps implements Iterator<MarketStep> {

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
      int first = next;
      long openTimeMs = rows.get(first).openTimeMs();
      while (next < rows.size() && rows.get(next).openTimeMs() == openTimeMs) {
        next++;
      }
      return new MarketStep(
          openTimeMs + intervalMs,
          rows.subList(first, next).stream().map(row -> row.toCandle(intervalMs)).toList());
    }
  }
}
