package io.quantumtrader.market;

import static io.quantumtrader.market.CandleRowsText.BEGIN_MS;
import static io.quantumtrader.market.CandleRowsText.KLINE_HEADER;
import static io.quantumtrader.market.CandleRowsText.MINUTE;
import static io.quantumtrader.market.CandleRowsText.OWN_HEADER;
import static io.quantumtrader.market.CandleRowsText.ROWS;
import static io.quantumtrader.market.CandleRowsText.kline;
import static io.quantumtrader.market.CandleRowsText.lines;
import static io.quantumtrader.market.CandleRowsText.own;
import static io.quantumtrader.market.CandleRowsText.prices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Candle;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which candles are handed on: one market comes out of each of them. */
final class CandleFormatsTest {

  private static final String ARCHIVE = "BTCUSDT-1m-2025-11-19.csv";
  private static final String FREQTRADE = "BTC_USDT_USDT-1m-futures.json";

  @TempDir Path directory;

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("candles.csv", OWN_HEADER + "\n" + lines(openMs -> own(openMs, "BTCUSDT"))),
        Arguments.of(ARCHIVE, KLINE_HEADER + "\n" + lines(openMs -> kline(openMs, 1))),
        Arguments.of(ARCHIVE, lines(openMs -> kline(openMs, 1))),
        Arguments.of(ARCHIVE, lines(openMs -> kline(openMs, 1000))),
        Arguments.of(ARCHIVE, KLINE_HEADER + "\n" + lines(openMs -> kline(openMs, 1000))),
        Arguments.of("BTCUSDT.csv", KLINE_HEADER + "\n" + lines(openMs -> kline(openMs, 1))),
        Arguments.of(
            ARCHIVE,
            KLINE_HEADER.toUpperCase(java.util.Locale.ROOT).replace("_", " ").replace(",", " , ")
                + "\r\n"
                + lines(openMs -> kline(openMs, 1).replace(",", " , ")).replace("\n", "\r\n")),
        Arguments.of(
            ARCHIVE,
            "\uFEFF\"Open Time\",Open,High,Low,Close,Volume,\n"
                + lines(openMs -> "\"" + openMs + "\"," + prices(openMs, ",") + ",")),
        Arguments.of(
            "candles.csv",
            "# made by hand\n\npair,timestamp,volume,close,low,high,open\n"
                + lines(
                    openMs ->
                        "'BTCUSDT',%s,16.433,91257.89,90996.38,91337.26,%s,,"
                            .formatted(openMs, prices(openMs, ",").split(",", -1)[0]))),
        Arguments.of(
            ARCHIVE,
            "open_time,open,high,low,close,volume\n"
                + lines(
                    openMs ->
                        new BigDecimal(openMs).movePointLeft(12)
                            + "E+12,"
                            + prices(openMs, ",").replace("16.433", "1.6433e1"))),
        Arguments.of(FREQTRADE, lists(openMs -> "[" + openMs + ", " + prices(openMs, ", ") + "]")),
        Arguments.of("BTC_USDT-1m.json", lists(openMs -> "[" + kline(openMs, 1) + "]")),
        Arguments.of(
            "BTCUSDT-1m.json",
            lists(
                openMs ->
                    "[" + openMs + ",\"" + prices(openMs, "\",\"") + "\"," + (openMs + 1) + "]")),
        Arguments.of("btc-usdt-swap_1m.jsonl", lines(openMs -> list(openMs))),
        Arguments.of("any.json", lists(openMs -> object("BTC/USDT:USDT", openMs))),
        Arguments.of("any.jsonl", lines(openMs -> object("BTCUSDT", openMs))),
        Arguments.of("any.json", "{\"BTC/USDT:USDT\": " + lists(CandleFormatsTest::list) + "}"),
        Arguments.of(
            "any.json",
            "{\"symbol\":\"BTCUSDT\",\"tags\":[1],\"result\":{\"list\":"
                + lists(CandleFormatsTest::list)
                + "}}"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldReadTheSameMarketOutOfEachForm(String name, String text) throws IOException {
    expectTheMarket(CandleFile.read(write(name, text)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldReadEachFormOutOfGzipAndZip(String name, String text) throws IOException {
    Path gzip = directory.resolve(name + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    expectTheMarket(CandleFile.read(gzip));
    expectTheMarket(CandleFile.read(zip("any.zip", name, text)));
    // The archive's name counts where the entry's says nothing.
    String ending = name.substring(name.lastIndexOf('.'));
    String base = name.substring(0, name.lastIndexOf('.'));
    expectTheMarket(CandleFile.read(zip(base + ".zip", "data/rows" + ending, text)));
  }

  private static void expectTheMarket(CandleFile file) {
    assertThat(file.rejected()).isEmpty();
    assertThat(file.candleCount()).isEqualTo(ROWS);
    assertThat(file.symbolCount()).isEqualTo(1);
    assertThat(file.intervalMs()).isEqualTo(MINUTE);
    assertThat(file.firstOpenTimeMs()).isEqualTo(BEGIN_MS);
    assertThat(file.lastOpenTimeMs()).isEqualTo(BEGIN_MS + (ROWS - 1) * MINUTE);
    Candle second = steps(file).get(1).candles().getFirst();
    assertThat(second.getSymbol()).isEqualTo("BTCUSDT");
    assertThat(second.getOpen()).isEqualByComparingTo("91001.00");
    assertThat(second.getHigh()).isEqualByComparingTo("91337.26");
    assertThat(second.getLow()).isEqualByComparingTo("90996.38");
    assertThat(second.getClose()).isEqualByComparingTo("91257.89");
    assertThat(second.getVolume()).isEqualByComparingTo("16.433");
  }

  @Test
  void shouldReadAKlineArchiveAsItWasPublished() {
    CandleFile file =
        CandleFile.read(Path.of("src/test/resources/candles/BTCUSDT-1m-2025-11-19.zip"));

    expectKlines(file);
    assertThat(file.candleCount()).isEqualTo(30);
  }

  private static void expectKlines(CandleFile file) {
    assertThat(file.rejectedCount()).isZero();
    assertThat(file.intervalMs()).isEqualTo(MINUTE);
    Candle first = steps(file).getFirst().candles().getFirst();
    assertThat(first.getSymbol()).isEqualTo("BTCUSDT");
    assertThat(first.getClose()).isEqualByComparingTo("91257.89");
  }

  @Test
  void shouldReadDirectoriesAndSeveralFilesAsOneMarket() throws IOException {
    Path archives = Files.createDirectories(directory.resolve("archives/BTCUSDT"));
    zip("archives/BTCUSDT/" + ARCHIVE.replace("csv", "zip"), ARCHIVE, lines(o -> kline(o, 1000)));
    Files.writeString(archives.resolve(ARCHIVE.replace("csv", "zip.CHECKSUM")), "abc");
    Files.writeString(archives.resolve("notes.md"), "what this is");
    Files.writeString(archives.resolve("BTC_USDT_USDT-8h-funding_rate.json"), "[[1,2,3,4,5,6]]");
    Files.writeString(archives.resolve("intents.jsonl"), "{\"intentId\":\"a\",\"action\":\"BUY\"}");
    Path other = write("ETH_USDT_USDT-1m-futures.json", lists(CandleFormatsTest::list));

    CandleFile file = CandleFile.read(List.of(directory.resolve("archives"), other));

    assertThat(file.candleCount()).isEqualTo(2 * ROWS);
    assertThat(steps(file).getFirst().candles())
        .extracting(Candle::getSymbol)
        .containsExactly("BTCUSDT", "ETHUSDT");
    assertThat(file.stepCount()).isEqualTo(ROWS);
    assertThat(file.passedOver())
        .extracting(name -> Path.of(name).getFileName().toString())
        .containsExactlyInAnyOrder(
            "notes.md", "BTC_USDT_USDT-8h-funding_rate.json", "intents.jsonl");
  }

  @Test
  void shouldReportWhatTwoFilesBothHaveOnceAndNameTheFileOfALine() throws IOException {
    Path day = write("BTCUSDT-1m-2025-11-19.csv", lines(openMs -> kline(openMs, 1)));
    Path month =
        write("BTCUSDT-1m-2025-11.csv", KLINE_HEADER + "\n" + lines(o -> kline(o, 1000)) + "bad\n");

    CandleFile file = CandleFile.read(List.of(day, month));

    assertThat(file.candleCount()).isEqualTo(ROWS);
    assertThat(file.rejectedCount()).isEqualTo(ROWS + 1);
    assertThat(file.rejected().getFirst())
        .hasToString(month + " line 32: 1 values, expected 12 as in the header");
    assertThat(file.rejected().get(1)).hasToString(month + " line 2: the same candle is in " + day);
  }

  @Test
  void shouldRoundWhatDoublesLeaveBehindTheEighteenthDigit() throws IOException {
    Path json =
        write("X_USDT-1m.json", "[[0, 8.090000000000001e-06, 0.0000080900000000000012, 1, 1, 1]]");
    Path csv =
        write(
            "XUSDT-1m.csv",
            "open_time,open,high,low,close,volume\n0,8.090000000000001e-06,1,1,1,1\n");

    Candle fromJson = steps(CandleFile.read(json)).getFirst().candles().getFirst();
    Candle fromCsv = steps(CandleFile.read(csv)).getFirst().candles().getFirst();

    assertThat(fromJson.getOpen()).isEqualByComparingTo("0.00000809");
    assertThat(fromJson.getHigh()).isEqualByComparingTo("0.00000809");
    assertThat(fromCsv.getOpen()).isEqualByComparingTo("0.00000809");
  }

  @Test
  void shouldRejectARowOfJsonAndGoOn() throws IOException {
    Path list =
        write("BTCUSDT-1m.json", "[[0,1,1,1,1,1],\n[60000,1,NaN,1,1,1],[1],[120000,1,1,1,null,1]]");
    Path each = write("BTCUSDT-1m.jsonl", "[0,1,1,1,1,1]\n{broken\n\n[60000,1,1,1,1,1]\n7\n");

    assertThat(CandleFile.read(list).rejected())
        .extracting(RejectedLine::toString)
        .containsExactly(
            "line 2, column high: row 2: \"NaN\" is not a decimal number",
            "line 2: row 3: 1 values, expected 6 or more",
            "line 2, column close: row 4: \"\" is not a decimal number");
    CandleFile lines = CandleFile.read(each);
    assertThat(lines.candleCount()).isEqualTo(2);
    assertThat(lines.rejected()).extracting(RejectedLine::line).containsExactly(2L, 5L);
    assertThat(lines.rejected())
        .extracting(RejectedLine::reason)
        .first()
        .asString()
        .startsWith("is no JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "candles.csv  | open_time,open,high,low,close,volume           | no column symbol",
        "candles-1m.csv  | open_time,open,high,low,close,volume        | no column symbol",
        "rows.json    | [[0,1,1,1,1,1]]                                | rows without a symbol",
        "rows.json    | [{\"open_time\":0,\"open\":1}]                 | missing: symbol, high, low",
        "rows.json    | [[0,1,1                                        | breaks off or is damaged",
        "rows.json    | []                                             | holds no candles",
        "x.json       | {\"intentId\":\"a\",\"action\":\"BUY\"}        | give it with --intents",
        "BTCUSDT-1m.csv | 0,1,1,1,1,1                                  | 6 values without a header",
        "a.csv | open_time_ms;symbol;open;high;low;close;volume        | separated by semicolons",
        "a.csv | 1763510400000;BTCUSDT;91000,00;91337,26;1,0;1,0;1,0   | separated by semicolons",
        "a.csv | open_time_ms'|'symbol'|'open'|'high'|'low'|'close'|'v | separated by vertical bars",
        "a.csv | open_time_ms symbol open high low close volume        | separated by blanks",
      })
  void shouldSayWhatItCannotRead(String name, String text, String reason) throws IOException {
    Path file = write(name, text.replace("'|'", "|") + "\n");

    assertThatThrownBy(() -> CandleFile.read(file))
        .isInstanceOf(CandleFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldSayHowToConvertOtherSeparators() throws IOException {
    Path semicolons = write("a.csv", OWN_HEADER.replace(',', ';') + "\n");
    Path tabs = write("BTCUSDT-1m.tsv", OWN_HEADER.replace(',', '\t') + "\n");

    assertThatThrownBy(() -> CandleFile.read(semicolons))
        .hasMessageEndingWith(
            "expected commas; convert it: < '" + semicolons + "' tr ',;' '.,' > candles.csv");
    assertThatThrownBy(() -> CandleFile.read(tabs))
        .hasMessageContaining("separated by tabs")
        .hasMessageEndingWith("tr ',\\t' '.,' > BTCUSDT.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "candles.csv, open_time_ms, seconds, 1763510400",
    "candles.csv, timestamp, seconds, 1763510400",
    "candles.csv, open_time, nanoseconds, 1763510400000000000",
    "candles.csv, open_time_ms, microseconds, 1763510400000000",
    "candles.csv, open_time_ms, seconds, 1.7635104E9",
  })
  void shouldSayWhichUnitATimeLooksLike(String name, String column, String unit, String time)
      throws IOException {
    Path file =
        write(
            name, column + ",symbol,open,high,low,close,volume\n" + time + ",BTCUSDT,1,1,1,1,1\n");

    assertThatThrownBy(() -> CandleFile.read(file))
        .hasMessageContaining("holds no candles; first fault: line 2, column " + column)
        .hasMessageContaining("these look like " + unit);
  }

  private static String list(long openMs) {
    return "[" + openMs + "," + prices(openMs, ",") + "]";
  }

  private static String object(String symbol, long openMs) {
    String[] values = prices(openMs, ",").split(",", -1);
    return "{\"symbol\":\"%s\",\"timestamp\":%d,\"open\":%s,\"high\":\"%s\",\"low\":%s,\"close\":%s,\"volume\":%s,\"closed\":true}"
        .formatted(symbol, openMs, values[0], values[1], values[2], values[3], values[4]);
  }

  private static String lists(java.util.function.LongFunction<String> row) {
    return "[" + lines(row).strip().replace("\n", ", ") + "]";
  }

  private static List<MarketStep> steps(CandleFile file) {
    List<MarketStep> steps = new ArrayList<>();
    file.steps().forEachRemaining(steps::add);
    return steps;
  }

  private Path zip(String name, String entry, String text) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("__MACOSX/._" + entry));
      out.putNextEntry(new ZipEntry(entry));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows.csv", "rows.json", "data.zip"})
  void shouldTakeTheSymbolThatIsGivenWhereNothingSaysIt(String name) throws IOException {
    String text =
        name.endsWith(".json")
            ? lists(CandleFormatsTest::list)
            : lines(openMs -> kline(openMs, 1)).replace("\"", "");
    Path file = name.endsWith(".zip") ? zip(name, "rows.csv", text) : write(name, text);

    assertThatThrownBy(() -> CandleFile.read(file)).hasMessageContaining("give --symbol BTCUSDT");
    expectTheMarket(CandleFile.read(file, "BTCUSDT"));
  }

  @Test
  void shouldNotBelieveASymbolAgainstWhatAFileSaysItself() throws IOException {
    Path named = write("ETHUSDT-1m.csv", lines(openMs -> kline(openMs, 1)).replace("\"", ""));
    Path column =
        write(
            "rows.csv",
            "open_time,symbol,open,high,low,close,volume\n"
                + lines(openMs -> openMs + ",ETHUSDT," + prices(openMs, ",")));

    for (Path file : List.of(named, column)) {
      assertThatThrownBy(() -> CandleFile.read(file, "BTCUSDT"))
          .isInstanceOf(CandleFileException.class)
          .hasMessageContaining("says itself that it is of ETHUSDT, not of BTCUSDT");
      assertThat(CandleFile.read(file, "ETHUSDT").candleCount()).isEqualTo(ROWS);
    }
    assertThatThrownBy(() -> CandleFile.read(directory, "BTCUSDT"))
        .hasMessageContaining("a symbol can be given for one file")
        .hasMessageContaining("holds 2; name each after its symbol");
  }
}
