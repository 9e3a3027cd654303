package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What interval a file has, and what becomes of rows that do not lie on its grid. */
final class CandleGridTest {

  private static final long BEGIN_MS = 1_763_510_400_000L;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  @TempDir Path directory;

  private final StringBuilder text =
      new StringBuilder("open_time_ms,symbol,open,high,low,close,volume\n");

  /** Adds candles of a symbol, {@code count} of them, every {@code everyMs}. */
  private CandleGridTest rows(String symbol, long firstMs, long everyMs, int count) {
    LongStream.range(0, count).forEach(i -> row(symbol, firstMs + i * everyMs, i + 1));
    return this;
  }

  private void row(String symbol, long openMs, long price) {
    text.append("%d,%s,%d,%d,%d,%d,1\n".formatted(openMs, symbol, price, price, price, price));
  }

  private CandleFile read() throws IOException {
    return read("candles.csv");
  }

  private CandleFile read(String name) throws IOException {
    return CandleFile.read(Files.writeString(directory.resolve(name), text.toString()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5_211, 54_789, 59_999})
  void shouldLeaveOutOneLateRowAndReportIt(long lateMs) throws IOException {
    rows("BTCUSDT", BEGIN_MS, MINUTE, 100)
        .rows("BTCUSDT", BEGIN_MS + 101 * MINUTE, MINUTE, 200)
        .rows("ETHUSDT", BEGIN_MS, MINUTE, 330);
    row("BTCUSDT", BEGIN_MS + 100 * MINUTE + lateMs, 7);

    CandleFile file = read();

    assertThat(file.intervalMs()).isEqualTo(MINUTE);
    assertThat(file.candleCount()).isEqualTo(630);
    assertThat(file.rejectedCount()).isEqualTo(1);
    assertThat(file.rejected().getFirst().line()).isEqualTo(632);
    assertThat(file.rejected().getFirst().reason())
        .contains("of BTCUSDT opens", lateMs + " ms after the grid of 1 min", "left out")
        .contains("2025-11-19T01:40:");
    assertThat(file.gapCount()).isEqualTo(1);
    assertThat(file.stepCount()).isEqualTo(330);
  }

  /** Half an interval would close each candle before its time. */
  @Test
  void shouldKeepTheHourOfAnHourlyFileWithAnOutage() throws IOException {
    rows("BTCUSDT", BEGIN_MS, HOUR, 20).rows("BTCUSDT", BEGIN_MS + 30 * HOUR, HOUR, 20);
    row("BTCUSDT", BEGIN_MS + 29 * HOUR + HOUR / 2, 7);

    CandleFile file = read();

    assertThat(file.intervalMs()).isEqualTo(HOUR);
    assertThat(file.firstCloseTimeMs()).isEqualTo(BEGIN_MS + HOUR);
    assertThat(file.rejectedCount()).isEqualTo(1);
    assertThat(file.gapCount()).isEqualTo(1);
    // Twenty, the ten hours of the outage, and twenty.
    assertThat(file.stepCount()).isEqualTo(50);
    List<MarketStep> steps = new ArrayList<>();
    file.steps().forEachRemaining(steps::add);
    assertThat(steps).hasSize(40);
    assertThat(steps.get(20).closeTimeMs()).isEqualTo(BEGIN_MS + 31 * HOUR);
  }

  @Test
  void shouldTakeAPhaseThatIsNotTheHour() throws IOException {
    rows("BTCUSDT", BEGIN_MS + 16 * HOUR, 24 * HOUR, 30);

    CandleFile file = read();

    assertThat(file.intervalMs()).isEqualTo(24 * HOUR);
    assertThat(file.rejectedCount()).isZero();
  }

  @Test
  void shouldNotTakeThinTradeForASecondTimeFrame() throws IOException {
    rows("BTCUSDT", BEGIN_MS, MINUTE, 300);
    for (long minute = 0, i = 0; minute < 300; minute += 1 + (i % 3 == 2 ? i % 5 : 0), i++) {
      row("THINUSDT", BEGIN_MS + minute * MINUTE, 1);
    }

    CandleFile file = read();

    assertThat(file.rejectedCount()).isZero();
    assertThat(file.gapCount()).isGreaterThan(20);
  }

  @Test
  void shouldRefuseTwoTimeFramesOfTwoSymbols() {
    rows("BTCUSDT", BEGIN_MS, MINUTE, 300).rows("ETHUSDT", BEGIN_MS, HOUR, 5);

    assertThatThrownBy(this::read)
        .isInstanceOf(CandleFileException.class)
        .hasMessageContaining("holds two time frames")
        .hasMessageContaining("1 min apart, but those of ETHUSDT 1 h")
        .hasMessageContaining("replay one time frame at a time");
  }

  @ParameterizedTest
  @CsvSource({"5, 60, 1 min, 5 min", "60, 5, 1 min, 1 h", "3, 20, 1 min, 3 min"})
  void shouldRefuseTwoTimeFramesOfOneSymbol(int minutes, int count, String most, String other) {
    rows("BTCUSDT", BEGIN_MS, MINUTE, 300);
    LongStream.range(0, count)
        .forEach(i -> row("BTCUSDT", BEGIN_MS + i * minutes * MINUTE, 1_000 + i));

    assertThatThrownBy(this::read)
        .hasMessageContaining("two time frames")
        .hasMessageContaining(most + " apart")
        .hasMessageContaining("BTCUSDT " + other);
  }

  @Test
  void shouldRefuseTwoTimeFramesOneAfterTheOther() {
    rows("BTCUSDT", BEGIN_MS, MINUTE, 300).rows("BTCUSDT", BEGIN_MS + 300 * MINUTE, HOUR, 20);

    assertThatThrownBy(this::read).hasMessageContaining("BTCUSDT 1 h");
  }

  @Test
  void shouldRefuseTwoMarketsUnderOneSymbol() {
    rows("BTCUSDT", BEGIN_MS, MINUTE, 100);
    LongStream.range(0, 100).forEach(i -> row("BTCUSDT", BEGIN_MS + i * MINUTE, 1_000));

    assertThatThrownBy(this::read)
        .hasMessageContaining("two different candles of BTCUSDT at 100 open times")
        .hasMessageContaining("the first 2025-11-19T00:00:00Z");
  }

  @Test
  void shouldRefuseRowsOnNoGrid() {
    rows("BTCUSDT", BEGIN_MS, MINUTE, 60).rows("BTCUSDT", BEGIN_MS + HOUR + 30_000, MINUTE, 20);

    assertThatThrownBy(this::read)
        .hasMessageContaining(
            "20 of 80 candles do not open every 1 min, the first of them: 2025-11-19T01:00:30Z of");
  }

  @Test
  void shouldBelieveTheNameOfAFileWithFewRowsAndRefuseOneThatIsWrong() throws IOException {
    row("BTCUSDT", BEGIN_MS, 1);
    row("BTCUSDT", BEGIN_MS + 3 * HOUR, 1);

    assertThat(read("BTCUSDT-1h-2025-11-19.csv").intervalMs()).isEqualTo(HOUR);
    assertThat(read("BTCUSDT-1h-2025-11-19.csv").stepCount()).isEqualTo(4);
    assertThat(read("candles.csv").intervalMs()).isEqualTo(3 * HOUR);

    rows("ETHUSDT", BEGIN_MS, MINUTE, 30);
    assertThatThrownBy(() -> read("BTCUSDT-1h-2025-11-19.csv"))
        .hasMessageContaining(
            "is named after an interval of 1 h, but most candles are 1 min apart");
  }

  @Test
  void shouldRefuseADirectoryOfTwoTimeFrames() throws IOException {
    String header = "open_time,open,high,low,close,volume\n";
    Files.writeString(
        directory.resolve("BTCUSDT-1m-2025-11-19.csv"),
        header + BEGIN_MS + ",1,1,1,1,1\n" + (BEGIN_MS + MINUTE) + ",1,1,1,1,1\n");
    Files.writeString(
        directory.resolve("ETHUSDT-1h-2025-11-19.csv"), header + BEGIN_MS + ",1,1,1,1,1\n");

    assertThatThrownBy(() -> CandleFile.read(directory))
        .hasMessageContaining("ETHUSDT-1h-2025-11-19.csv is named after an interval of 1 h");
  }

  /** Pairs of rows a second apart, ten minutes between them. */
  @Test
  void shouldRefuseStepsOutOfProportion() {
    for (int i = 0; i < 100; i++) {
      rows("BTCUSDT", BEGIN_MS + i * 600_000L, 1_000, 2);
    }

    assertThatThrownBy(this::read)
        .hasMessageContaining("would take 59,402 steps of 1 s for 200 open times");
  }

  @Test
  void shouldTakeAsManySteps() throws IOException {
    for (int i = 0; i < 16; i++) {
      rows("BTCUSDT", BEGIN_MS + i * 600_000L, 1_000, 2);
    }

    assertThat(read().stepCount()).isEqualTo(15 * 600 + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "BTCUSDT-1m-2025-11-19.zip, BTCUSDT, 60000",
    "BTCUSDT-1h-2025-11.csv.gz, BTCUSDT, 3600000",
    "BTCUSDT_260327-5m-2025-11-19.csv, BTCUSDT_260327, 300000",
    "1000PEPEUSDT-1d-2025.csv, 1000PEPEUSDT, 86400000",
    "\u5e01\u5b89\u4eba\u751fUSDT-1m-2025-11-19.zip, \u5e01\u5b89\u4eba\u751fUSDT, 60000",
    "BTC_USDT_USDT-1m-futures.json, BTCUSDT, 60000",
    "BTC_USDT_USDT-260327-1h-futures.json.gz, BTCUSDT_260327, 3600000",
    "ETH_BTC-4h.json, ETHBTC, 14400000",
    "BTC-USDT-SWAP-15m.csv, BTCUSDT, 900000",
    "btcusdt_1m.csv, BTCUSDT, 60000",
    "BTCUSDT-1mo-2025.csv, BTCUSDT, -1",
    "BTCUSDT-1M-2025.csv, BTCUSDT, -1",
    "BTCUSDT.csv, BTCUSDT, -1",
    "candles.csv, '', -1",
    "candles-1m.csv, '', 60000",
    "binance-ms-hdr.csv, '', -1",
    "usdt-1m.csv, '', 60000",
  })
  void shouldReadSymbolAndIntervalOffAName(String file, String symbol, long intervalMs) {
    ArchiveName name = ArchiveName.of(file);

    assertThat(name.symbol().orElse("")).isEqualTo(symbol);
    assertThat(name.intervalMs().orElse(-1)).isEqualTo(intervalMs);
    assertThat(name.series()).isEmpty();
  }
}
