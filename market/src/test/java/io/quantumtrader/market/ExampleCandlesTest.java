package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Candle;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * The candles that the README replays: five and a half hours of the generated market of the default
 * seed, in the form in which klines are published. With {@code -Dquantum.docs.write=true} this test
 * writes them; else it compares each byte of what is in the zips.
 */
final class ExampleCandlesTest {

  private static final Path DIRECTORY = Path.of("..", "examples", "candles");
  private static final String DAY = "2025-11-19";
  private static final long BEGIN_MS = 1_763_510_400_000L;
  private static final long MINUTE = 60_000;

  /** The first ranking of symbols that may be opened is after 300. */
  private static final int CANDLES = 330;

  private static final List<String> SYMBOLS = List.of("BTCUSDT", "DOGEUSDT", "ETHUSDT");

  @Test
  void shouldBeWhatTheGeneratedMarketGives() throws IOException {
    Map<String, String> wanted = klines();
    if (Boolean.getBoolean("quantum.docs.write")) {
      write(wanted);
    }
    Map<String, String> found = new TreeMap<>();
    for (String symbol : SYMBOLS) {
      try (ZipFile zip = new ZipFile(DIRECTORY.resolve(name(symbol, "zip")).toFile())) {
        for (ZipEntry entry : zip.stream().toList()) {
          found.put(
              entry.getName(),
              new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(found).isEqualTo(wanted);
  }

  @Test
  void shouldBeReadAsOneMarketWithoutAWordAboutIt() {
    CandleFile file = CandleFile.read(DIRECTORY);

    assertThat(file.candleCount()).isEqualTo(CANDLES * SYMBOLS.size());
    assertThat(file.intervalMs()).isEqualTo(MINUTE);
    assertThat(file.rejectedCount()).isZero();
    assertThat(file.gapCount()).isZero();
    assertThat(file.passedOver()).isEmpty();
    // 257 closes make the first market state.
    assertThat(file.stepCount()).isGreaterThan(257 + 50);
  }

  private static Map<String, String> klines() {
    Map<String, StringBuilder> lines = new TreeMap<>();
    for (String symbol : SYMBOLS) {
      lines.put(symbol, new StringBuilder(CandleRowsText.KLINE_HEADER).append('\n'));
    }
    GeneratedMarket market =
        new GeneratedMarket(GeneratedMarketSettings.withSeed(GeneratedMarketSettings.DEFAULT_SEED));
    for (int minute = 1; minute <= CANDLES; minute++) {
      for (Candle candle : market.next(BEGIN_MS + minute * MINUTE, MINUTE).candles()) {
        if (lines.containsKey(candle.getSymbol())) {
          lines.get(candle.getSymbol()).append(kline(candle)).append('\n');
        }
      }
    }
    Map<String, String> files = new TreeMap<>();
    lines.forEach((symbol, text) -> files.put(name(symbol, "csv"), text.toString()));
    return files;
  }

  private static String kline(Candle candle) {
    BigDecimal volume = candle.getVolume();
    BigDecimal bought = volume.divide(BigDecimal.valueOf(2), 3, RoundingMode.DOWN);
    List<String> values = new ArrayList<>();
    values.add(Long.toString(candle.getOpenTimeMs()));
    for (BigDecimal price :
        List.of(candle.getOpen(), candle.getHigh(), candle.getLow(), candle.getClose())) {
      values.add(price.toPlainString());
    }
    values.add(volume.toPlainString());
    values.add(Long.toString(candle.getOpenTimeMs() + MINUTE - 1));
    values.add(worth(volume, candle));
    values.add(String.format(Locale.ROOT, "%d", 100 + candle.getOpenTimeMs() / MINUTE % 100));
    values.add(bought.toPlainString());
    values.add(worth(bought, candle));
    values.add("0");
    return String.join(",", values);
  }

  private static String worth(BigDecimal volume, Candle candle) {
    return volume.multiply(candle.getClose()).setScale(5, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String name(String symbol, String ending) {
    return symbol + "-1m-" + DAY + "." + ending;
  }

  private static void write(Map<String, String> files) throws IOException {
    Files.createDirectories(DIRECTORY);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path zip = DIRECTORY.resolve(file.getKey().replace(".csv", ".zip"));
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(LocalDateTime.of(2025, 11, 20, 0, 0));
        out.putNextEntry(entry);
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
