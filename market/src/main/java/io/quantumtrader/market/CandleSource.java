package io.quantumtrader.market;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One run of rows: a file, or an entry of a zip.
 *
 * @param shown how messages name it
 * @param name what its name says
 * @param bytes opens it
 */
record CandleSource(String shown, ArchiveName name, Bytes bytes) {

  /** Opens a source; the caller closes the stream. */
  interface Bytes {
    InputStream open() throws IOException;
  }

  /** Returns the line that sends it through a command, into a file that can be read instead. */
  String through(String command) {
    boolean packed = shown.endsWith(".gz");
    String into = name.symbol().orElse("candles") + ".csv";
    return (packed ? "gunzip -c '%s' | %s" : "< '%s' %s").formatted(shown, command) + " > " + into;
  }

  /** Returns the same rows, said to be of a symbol that neither they nor their name say. */
  CandleSource of(String symbol) {
    return new CandleSource(
        shown, new ArchiveName(Optional.of(symbol), name.intervalMs(), name.series()), bytes);
  }
}
