package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed after locks, reductions and stops, before a pipeline is asked for. */
final class TypedOrdersTest {

  private static final long NOW = 1_763_553_600_000L;

  @ParameterizedTest
  @CsvSource({
    "90s, 90000",
    "30m, 1800000",
    "8h, 28800000",
    "7d, 604800000",
    "2025-11-19T12:00:01Z, 1000",
    "2025-11-19T11:59:59Z, -1000"
  })
  void shouldReadATimeOrADurationFromNow(String text, long afterMs) {
    assertThat(Until.parse(text, NOW)).contains(NOW + afterMs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8", "h", "-8h", "1.5h", "8 h", "tomorrow", "2025-11-19", "9999999999s"})
  void shouldTakeNothingElseForOne(String text) {
    assertThat(Until.parse(text, NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"60%, 0.6", "60 %, 0.6", "0%, 0", "100%, 1", "33.3%, 0.333", "0.5%, 0.005"})
  void shouldReadAPercentage(String text, double share) {
    assertThat(Share.parse(text)).contains(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"60", "0.6", "-1%", "100.01%", "1000%", "%", "NaN%", "60%%"})
  void shouldNotGuessWhatIsNoPercentage(String text) {
    assertThat(Share.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.6, 60 %", "0.123456, 12.35 %", "0, 0 %", "1, 100 %", "0.1, 10 %"})
  void shouldShowAShareInPercent(double share, String text) {
    assertThat(Share.text(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, true, true",
    "true, false, true, false",
    "false, true, false, true",
  })
  void shouldMeanBothWithoutAnOption(
      boolean entries, boolean exits, boolean noEntries, boolean noExits) {
    assertThat(LockScope.of("BTCUSDT", entries, exits))
        .isEqualTo(new LockScope("BTCUSDT", noEntries, noExits));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "control lock BTCUSDT | --reason TEXT must say why",
        "control lock BTCUSDT --reason x --until soon | --until 'soon' must be a time like",
        "control lock BTCUSDT --reason x --entries --exits | are the default; give one, or none",
        "control lock BTCUSDT --reason x --wait 0 | --wait must be 1 or more",
        "control lock BTCUSDT --reason x --account Main | 'Main' is not an account name",
        "control unlock BTC/USDT | 'BTC/USDT' is not a symbol",
        "control reduce --reason x | --to-exposure",
        "control reduce --reason x --to-exposure 60 | --to-exposure '60' must be a percentage",
        "control reduce --reason x --to-exposure 101% | must be a percentage from 0% to 100%",
        "control reduce --to-exposure 60% | --reason TEXT must say why",
        "control stop BTCUSDT --reason x | PRICE",
        "control stop BTCUSDT 0 --reason x | '0' is not a price; give one above 0",
        "control stop BTCUSDT high --reason x | 'high' is not a price",
        "control stop BTCUSDT 1e30 --reason x | '1e30' is not a price",
        "control stop BTCUSDT 70000 | --reason TEXT must say why",
      })
  void shouldSayInOneLineWhatIsWrong(String typed, String message) {
    CommandRun run = CommandRun.of((Object[]) typed.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).contains("--help");
    assertThat(run.err().strip()).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "unlock", "reduce", "stop"})
  void shouldExplainItselfIn80Columns(String name) {
    CommandRun run = CommandRun.of("control", name, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Example").contains("./quantum control " + name);
    assertThat(run.out()).doesNotContain("%%");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void shouldNameEachSubcommandWhereNoneIs() {
    assertThat(CommandRun.of("control").err()).contains("lock").contains("reduce").contains("stop");
  }
}
