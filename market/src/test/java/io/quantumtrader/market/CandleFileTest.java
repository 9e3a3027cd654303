package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Candle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CandleFileTest {

  private static final String HEADER = "open_time_ms,symbol,open,high,low,close,volume\n";

  @TempDir Path directory;

  @Test
  void shouldKeepNumbersExactlyAsWritten() throws IOException {
    Path file = write(HEADER + "1000,BTCUSDT,91000.10,91001,90999.999999999999999999,91000,0.0\n");

    List<MarketStep> steps = steps(CandleFile.read(file));

    Candle candle = steps.get(0).candles().get(0);
    assertThat(candle.getOpen().toPlainString()).isEqualTo("91000.10");
    assertThat(candle.getHigh()).isEqualTo(new BigDecimal("91001"));
    assertThat(candle.getLow().scale()).isEqualTo(18);
    assertThat(candle.getVolume()).isEqualTo(new BigDecimal("0.0"));
  }

  @Test
  void shouldGiveAllCandlesOfOneOpenTimeTogetherWithTheirCloseTime() throws IOException {
    Path file =
        write(
            HEADER
                + "60000,AUSDT,1,1,1,1,1\n60000,BUSDT,1,1,1,1,1\n"
                + "120000,AUSDT,1,1,1,1,1\n"
                + "300000,AUSDT,1,1,1,1,1\n300000,BUSDT,1,1,1,1,1\n");

    CandleFile candles = CandleFile.read(file);

    assertThat(steps(candles))
        .extracting(MarketStep::closeTimeMs)
        .containsExactly(120_000L, 180_000L, 360_000L);
    assertThat(steps(candles)).extracting(step -> step.candles().size()).containsExactly(2, 1, 2);
    assertThat(candles.candleCount()).isEqualTo(5);
    assertThat(candles.symbolCount()).isEqualTo(2);
    assertThat(candles.firstCloseTimeMs()).isEqualTo(120_000);
    assertThat(candles.lastCloseTimeMs()).isEqualTo(360_000);
    assertThat(candles.wasSorted()).isTrue();
  }

  @Test
  void shouldSortWhatIsNotSortedAndKeepDoublesInTheOrderOfTheirLines() throws IOException {
    Path file =
        write(
            HEADER
                + "120000,AUSDT,1,1,1,1,1\n60000,BUSDT,2,2,2,2,1\n"
                + "60000,AUSDT,3,3,3,3,1\n60000,AUSDT,4,4,4,4,1\n");

    CandleFile candles = CandleFile.read(file);

    assertThat(candles.wasSorted()).isFalse();
    assertThat(steps(candles).get(0).candles())
        .extracting(candle -> candle.getSymbol() + candle.getOpen())
        .containsExactly("AUSDT3", "AUSDT4", "BUSDT2");
  }

  @ParameterizedTest
  @CsvSource({
    "0;60000;120000, 60000",
    "0;300000;360000, 60000",
    "0;300000;600000, 300000",
    "0, 60000",
    "5;5, 60000",
    "0;1000;61000, 1000"
  })
  void shouldTakeTheMostFrequentDistanceOfOneSymbolAsTheInterval(String times, long expected)
      throws IOException {
    StringBuilder text = new StringBuilder(HEADER + "7,OTHERUSDT,1,1,1,1,1\n");
    Arrays.stream(times.split(";", -1))
        .forEach(time -> text.append(time).append(",AUSDT,1,1,1,1,1\n"));

    assertThat(CandleFile.read(write(text.toString())).intervalMs()).isEqualTo(expected);
  }

  @Test
  void shouldTakeAnIntervalThatIsGiven() throws IOException {
    Path file = write(HEADER + "0,AUSDT,1,1,1,1,1\n60000,AUSDT,1,1,1,1,1\n");

    CandleFile candles = CandleFile.read(file, OptionalLong.of(300_000));

    assertThat(candles.intervalMs()).isEqualTo(300_000);
    assertThat(steps(candles).get(0).candles().get(0).getIntervalMs()).isEqualTo(300_000);
    assertThatThrownBy(() -> CandleFile.read(file, OptionalLong.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadGzipWhateverItsName() throws IOException {
    Path file = directory.resolve("candles.csv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((HEADER + "0,AUSDT,1,1,1,1,1\n").getBytes(StandardCharsets.UTF_8));
    }

    assertThat(CandleFile.read(file).candleCount()).isEqualTo(1);
  }

  @Test
  void shouldTakeColumnsInAnyOrderAndPassOverOthers() throws IOException {
    Path file =
        write(
            "\uFEFFsymbol,trades,close,open,high,low,volume,\"OPEN_TIME_MS\"\nAUSDT,9,4,1,5,0.5,7,60000\n");

    Candle candle = steps(CandleFile.read(file)).get(0).candles().get(0);

    assertThat(candle.getClose()).isEqualTo(new BigDecimal("4"));
    assertThat(candle.getLow()).isEqualTo(new BigDecimal("0.5"));
    assertThat(candle.getOpenTimeMs()).isEqualTo(60_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,AUSDT,1,1,1,1,1 | open_time_ms | \"x\" is not a whole number of milliseconds since 1970 UTC",
        "1.5,AUSDT,1,1,1,1,1 | open_time_ms | \"1.5\" is not a whole number of milliseconds since 1970 UTC",
        "-1,AUSDT,1,1,1,1,1 | open_time_ms | -1 is outside 0 to 253402300799999",
        "1763545320000000,AUSDT,1,1,1,1,1 | open_time_ms | is outside 0 to 253402300799999",
        "0,,1,1,1,1,1 | symbol | \"\" is not a symbol",
        "0,btcusdt,1,1,1,1,1 | symbol | \"btcusdt\" is not a symbol",
        "0,A:B,1,1,1,1,1 | symbol | \"A:B\" is not a symbol",
        "0,AUSDT,,1,1,1,1 | open | \"\" is not a decimal number",
        "0,AUSDT,1,0x10,1,1,1 | high | \"0x10\" is not a decimal number",
        "0,AUSDT,1,1,NaN,1,1 | low | \"NaN\" is not a decimal number",
        "0,AUSDT,1,1,1,0,1 | close | 0 must be above 0",
        "0,AUSDT,1,1,1,-1,1 | close | -1 must be above 0",
        "0,AUSDT,1,1,1,1,-0.1 | volume | -0.1 must be 0 or more",
        "0,AUSDT,1,1,1,1.0000000000000000001,1 | close | more than 20 digits before the point or 18 after it",
        "0,AUSDT,1,1,1,100000000000000000000,1 | close | more than 20 digits before the point",
        "0,AUSDT,1,1,1,1e99,1 | close | more than 20 digits before the point",
        "0,AUSDT,1,1,1,1e999999999,1 | close | is not a decimal number",
        "0,AUSDT,1,1,1,1 | '' | 6 values, expected 7",
        "0,AUSDT,1,1,1,1,1,1 | '' | 8 values, expected 7",
        "\"0,AUSDT,1,1,1,1,1 | open_time_ms | is not a whole number",
      })
  void shouldReportAMalformedLineAndGoOn(String line, String column, String reason)
      throws IOException {
    Path file = write(HEADER + "0,AUSDT,1,1,1,1,1\n" + line + "\n60000,AUSDT,1,1,1,1,1");

    CandleFile candles = CandleFile.read(file);

    assertThat(candles.candleCount()).isEqualTo(2);
    assertThat(candles.rejectedCount()).isEqualTo(1);
    RejectedLine rejected = candles.rejected().get(0);
    assertThat(rejected.line()).isEqualTo(3);
    assertThat(rejected.column()).isEqualTo(column);
    assertThat(rejected.reason()).contains(reason);
  }

  @Test
  void shouldCountAllMalformedLinesAndKeepTheFirst() throws IOException {
    String text = HEADER + "0,AUSDT,1,1,1,1,1\n" + "bad\n".repeat(250);

    CandleFile candles = CandleFile.read(write(text));

    assertThat(candles.rejectedCount()).isEqualTo(250);
    assertThat(candles.rejected()).hasSize(CandleFile.KEPT_REJECTIONS);
  }

  @Test
  void shouldNameTheRightLineWhereTheLastOneHasNoEnd() throws IOException {
    CandleFile candles = CandleFile.read(write(HEADER + "0,AUSDT,1,1,1,1,1\r\n\r\nbad"));

    assertThat(candles.rejected().get(0))
        .hasToString("line 4: 1 values, expected 7 as in the header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time,symbol,open,high,low,close,volume | missing: open_time_ms",
        "0,AUSDT,1,1,1,1,1 | missing: open_time_ms, symbol, open",
        "open_time_ms,symbol,open,open,high,low,close,volume | given twice: open",
      })
  void shouldRefuseAWrongHeader(String header, String reason) throws IOException {
    Path file = write(header + "\n0,AUSDT,1,1,1,1,1\n");

    assertThatThrownBy(() -> CandleFile.read(file))
        .isInstanceOf(CandleFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 1")
        .hasMessageContaining("open_time_ms,symbol,open,high,low,close,volume")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HEADER, HEADER + "bad\n"})
  void shouldRefuseAFileWithoutACandle(String text) throws IOException {
    Path file = write(text);

    assertThatThrownBy(() -> CandleFile.read(file))
        .isInstanceOf(CandleFileException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertThatThrownBy(() -> CandleFile.read(directory.resolve("none.csv")))
        .isInstanceOf(CandleFileException.class)
        .hasMessageContaining("none.csv")
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void shouldRefuseAFileThatBreaksOff() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 5_000; i++) {
        out.write(
            (i == 0 ? HEADER : i * 60_000L + ",AUSDT,1." + i * 7919 % 9973 + ",9,1,1,1\n")
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    Path file = directory.resolve("cut.csv.gz");
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));

    assertThatThrownBy(() -> CandleFile.read(file))
        .isInstanceOf(CandleFileException.class)
        .hasMessageContaining("breaks off or is damaged after line");
  }

  @Test
  void shouldReadTheRealFiles() {
    CandleFile falling =
        CandleFile.read(SharedData.orSkip("binance-usdm-candles-1m-2025-11-19.csv.gz"));
    CandleFile next =
        CandleFile.read(SharedData.orSkip("binance-usdm-candles-1m-2025-11-26.csv.gz"));

    assertThat(falling.candleCount()).isEqualTo(96_974);
    assertThat(falling.symbolCount()).isEqualTo(146);
    assertThat(next.candleCount()).isEqualTo(86_059);
    assertThat(next.symbolCount()).isEqualTo(122);
    assertThat(List.of(falling, next))
        .allSatisfy(
            file -> {
              assertThat(file.intervalMs()).isEqualTo(60_000);
              assertThat(file.rejectedCount()).isZero();
              assertThat(file.wasSorted()).isTrue();
            });
  }

  private static List<MarketStep> steps(CandleFile file) {
    List<MarketStep> steps = new ArrayList<>();
    file.steps().forEachRemaining(steps::add);
    return steps;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("candles.csv"), text);
  }
}
