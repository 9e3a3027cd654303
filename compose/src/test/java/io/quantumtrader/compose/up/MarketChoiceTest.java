package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.tap.ReadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about the files of a run before it begins. */
final class MarketChoiceTest {

  private static final long BEGIN_MS = 1_763_510_400_000L;
  private static final String INTENT =
      "{\"intentId\":\"a\",\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"sizing\":\"MARGIN\","
          + "\"amount\":\"300\",\"createdAtMs\":1763510400000}";

  @TempDir private Path directory;

  private final UpOptions.Market options = new UpOptions.Market();

  private Path candles(String name, String symbol, long lateMs) throws IOException {
    StringBuilder text = new StringBuilder("open_time_ms,symbol,open,high,low,close,volume\n");
    LongStream.range(0, 60)
        .map(minute -> BEGIN_MS + minute * 60_000 + (minute == 30 ? lateMs : 0))
        .forEach(time -> text.append(time).append(',').append(symbol).append(",1,1,1,1,1\n"));
    return Files.writeString(directory.resolve(name), text.toString());
  }

  @Test
  void shouldSayWhatWasReadAndWhichLinesCouldNotBeUsed() throws IOException {
    // given
    Path file = candles("candles.csv", "BTCUSDT", 54_789);
    options.candles = List.of(file);
    options.intents =
        Files.writeString(directory.resolve("intents.jsonl"), INTENT + "\n\nnonsense\n");

    // when
    MarketChoice market = MarketChoice.of(options);

    // then
    List<String> said = market.describe();
    assertThat(said.getLast())
        .startsWith("  line 3: NOT_JSON: line 3 is not JSON: Unrecognized token 'nonsense'");
    assertThat(said.subList(0, said.size() - 1))
        .containsExactly(
            "59 candles of 1 symbol from " + file,
            "every 1 min, 2025-11-19T00:00:00Z to 2025-11-19T00:59:00Z, 60 steps",
            "1 gap between candles of a symbol",
            "1 line left out:",
            "  line 32: 2025-11-19T00:30:54.789Z of BTCUSDT opens 54789 ms after the grid of 1 min;"
                + " it is left out",
            "1 intent from " + options.intents,
            "1 line to dead letters:");
    assertThat(market.input())
        .contains(new ReadInput(59, 1, 60_000, BEGIN_MS, BEGIN_MS + 59 * 60_000, 1, 60, 1, 1, 1));
  }

  @Test
  void shouldShowTheFirstOfManyLines() throws IOException {
    Path file = candles("candles.csv", "BTCUSDT", 0);
    Files.writeString(file, Files.readString(file) + "bad\n".repeat(1_200));
    options.candles = List.of(file);

    List<String> lines = MarketChoice.of(options).describe();

    assertThat(lines).hasSize(2 + 1 + 5 + 1).contains("1,200 lines left out:");
    assertThat(lines.getLast()).isEqualTo("  and 1,195 more");
  }

  @Test
  void shouldTakeSeveralFilesAndSayWhatIsPassedOver() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Path eth = candles("folder/eth.csv", "ETHUSDT", 0);
    Files.writeString(eth.resolveSibling("notes.md"), "x");
    options.candles = List.of(candles("btc.csv", "BTCUSDT", 0), folder);

    assertThat(MarketChoice.of(options).describe())
        .contains(
            "120 candles of 2 symbols from " + directory.resolve("btc.csv") + ", " + folder,
            "1 file passed over, no candles: " + folder.resolve("notes.md"));
  }

  @Test
  void shouldRefuseInOneLineWhatCannotBeRead() throws IOException {
    options.candles = List.of(Files.writeString(directory.resolve("candles.csv"), "PAR1"));

    assertThatThrownBy(() -> MarketChoice.of(options))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("candles.csv is a Parquet file, expected CSV or JSON")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldHaveNoInputOfAGeneratedMarket() {
    options.seed = 7;
    options.intervalSeconds = 1;

    MarketChoice market = MarketChoice.of(options);

    assertThat(market.input()).isEmpty();
    assertThat(market.describe()).containsExactly("generated market, seed 7, a candle every 1.0 s");
  }

  @Test
  void shouldTakeTheSymbolThatIsGivenForAFileThatDoesNotSayIt() throws IOException {
    Path rows = directory.resolve("rows.csv");
    Files.writeString(
        rows, "open_time_ms,open,high,low,close,volume\n" + BEGIN_MS + ",1,1,1,1,1\n");
    options.candles = List.of(rows);
    assertThatThrownBy(() -> MarketChoice.of(options))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("give --symbol BTCUSDT");

    options.symbol = "ethusdt";
    assertThat(MarketChoice.of(options).input()).map(ReadInput::symbols).contains(1L);

    options.candles = List.of(candles("own.csv", "BTCUSDT", 0));
    assertThatThrownBy(() -> MarketChoice.of(options))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("says itself that it is of BTCUSDT, not of ETHUSDT");
  }
}
