package io.quantumtrader.replay.run;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.schemas.avro.Candle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Candles of the generated market, from a full hour on. */
public final class Candles {

  /** A minute, milliseconds. */
  public static final long MINUTE = 60_000;

  /** 2025-06-01T00:00:00Z. */
  public static final long BEGIN_MS = 1_748_736_000_000L;

  private Candles() {}

  /** Writes minutes of a market into a directory, and reads them. */
  public static CandleFile generated(Path directory, long seed, int minutes) throws IOException {
    GeneratedMarket market = new GeneratedMarket(GeneratedMarketSettings.withSeed(seed));
    Path file = directory.resolve("candles-" + seed + "-" + minutes + ".csv");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      out.println("open_time_ms,symbol,open,high,low,close,volume");
      for (int step = 1; step <= minutes; step++) {
        for (Candle candle : market.next(BEGIN_MS + step * MINUTE, MINUTE).candles()) {
          out.println(
              String.join(
                  ",",
                  Long.toString(candle.getOpenTimeMs()),
                  candle.getSymbol(),
                  candle.getOpen().toPlainString(),
                  candle.getHigh().toPlainString(),
                  candle.getLow().toPlainString(),
                  candle.getClose().toPlainString(),
                  candle.getVolume().toPlainString()));
        }
      }
    }
    return CandleFile.read(file);
  }
}
