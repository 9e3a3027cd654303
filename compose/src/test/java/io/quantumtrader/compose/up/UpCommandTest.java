package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is told in one line, before anything starts. */
final class UpCommandTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--accounts=A_B | --accounts: 'A_B' is not an account name",
        "--wallet=-5 | --wallet must be above 0",
        "--fee-rate=2 | --fee-rate is a fraction",
        "--paper-faults=x | --paper-faults cannot be used",
        "--metrics-port=70000 | --metrics-port 70000 does not exist",
        "--metrics-port=-1 | --metrics-port -1 does not exist",
        "--kafka-port=70000 | port 70000 does not exist",
        "--redis-port=7777 --connect-port=7777 | two parts cannot both listen on port 7777",
        "--kafka-port=1 --bootstrap-servers=h:2 | with --bootstrap-servers there is none",
        "--registry-port=1 --schema-registry=http://h | with --schema-registry there is none",
        "--redis-port=1 --redis=redis://h | with --redis there is none",
        "--connect-port=1 --without=redis | with --without redis there is none",
        "--bootstrap-servers=h:70000 | this is not an address: h:70000",
        "--bootstrap-servers=h | this is not an address: h",
        "--schema-registry=h | this is not an address: h",
        "--redis=h:1 | this is not an address: h:1",
        "--interval=NaN | --interval must be",
        "--interval=0.001 | --interval must be",
        "--interval=Infinity | --interval must be",
        "--until-drained | --until-drained needs --candles",
        "--speed=max | --speed max needs --candles",
        "--symbol=BTCUSDT | --symbol is for one --candles FILE",
        "--symbol=BTCUSDT --candles=a.csv --candles=b.csv | --symbol is for one --candles FILE",
        "--symbol=BTC/USDT --candles=a.csv | --symbol must be one like BTCUSDT"
      })
  void shouldRefuseInOneLine(String options, String message) {
    CommandRun run = CommandRun.of((Object[]) ("up " + options).split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).startsWith("quantum up: ").contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    for (String option : new String[] {"--data", "--dump"}) {
      CommandRun run = CommandRun.of("up", option, file.resolve("below"));

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .hasLineCount(1)
          .contains(option + " " + file.resolve("below") + " cannot be written (")
          .doesNotContain("Exception");
    }
    assertThat(CommandRun.of("up", "--candles", directory).err()).hasLineCount(1);
  }
}
