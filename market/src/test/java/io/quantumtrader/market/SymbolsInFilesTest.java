package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a candle file and an intent file take for a symbol. */
final class SymbolsInFilesTest {

  private static final String GOOD = "io.quantumtrader.schemas.testing.SymbolSamples#good";
  private static final String BAD = "io.quantumtrader.schemas.testing.SymbolSamples#bad";
  private static final String LOWER = "io.quantumtrader.schemas.testing.SymbolSamples#lowerCase";
  private static final String HEADER = "open_time_ms,symbol,open,high,low,close,volume\n";

  @TempDir Path directory;

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("file"), text);
  }

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldTakeCandlesOfASymbol(String symbol) throws IOException {
    CandleFile file = CandleFile.read(write(HEADER + "0," + symbol + ",1,1,1,1,1\n"));

    assertThat(file.rejectedCount()).isZero();
    assertThat(file.steps().next().candles().getFirst().getSymbol()).isEqualTo(symbol);
  }

  @ParameterizedTest
  @MethodSource({BAD, LOWER})
  void shouldRejectALineOfNoSymbolWithItsNumber(String text) throws IOException {
    CandleFile file =
        CandleFile.read(write(HEADER + "0,BTCUSDT,1,1,1,1,1\n0," + text + ",1,1,1,1,1\n"));

    assertThat(file.candleCount()).isEqualTo(1);
    assertThat(file.rejected())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.line()).isEqualTo(3);
              assertThat(line.column()).isEqualTo("symbol");
              assertThat(line.reason()).contains("is not a symbol: 1 to 32 letters");
            });
  }

  @ParameterizedTest
  @MethodSource(BAD)
  void shouldKeepAnIntentOfNoSymbolAsUnreadableWithItsNumber(String text) throws IOException {
    IntentQueue intents =
        IntentFile.read(
            write(
                "\n{\"symbol\":\"%s\",\"action\":\"BUY\",\"quantity\":\"1\",\"timestamp\":\"1763553600\"}\n"
                    .formatted(text)));

    assertThat(intents.unreadable()).hasSize(1);
    assertThat(intents.unreadable().getFirst().cause().line()).isEqualTo(2);
    assertThat(intents.unreadable().getFirst().cause().reason()).contains("line 2: symbol");
  }

  /** As many as one captured day holds. */
  @Test
  void shouldTakeADayOfASymbolOfAnotherScript() throws IOException {
    StringBuilder day = new StringBuilder(HEADER);
    for (int minute = 0; minute < 773; minute++) {
      day.append(minute * 60_000L).append(",\u5e01\u5b89\u4eba\u751fUSDT,0.15,0.16,0.14,0.15,9\n");
    }

    CandleFile file = CandleFile.read(write(day.toString()));

    assertThat(file.candleCount()).isEqualTo(773);
    assertThat(file.rejectedCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "binance-usdm-candles-1m-2025-11-19.csv.gz",
        "binance-usdm-candles-1m-2025-11-26.csv.gz"
      })
  void shouldTakeEverySymbolOfACapturedDay(String name) {
    assertThat(CandleFile.read(SharedData.orSkip(name)).rejectedCount()).isZero();
  }
}
