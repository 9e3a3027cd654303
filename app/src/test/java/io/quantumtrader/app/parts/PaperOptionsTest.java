package io.quantumtrader.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class PaperOptionsTest {

  @Command
  private static final class Holder {
    @Mixin private PaperOptions options = new PaperOptions();
  }

  private static PaperOptions parsed(String... words) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(words);
    return holder.options;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--accounts=A B | --accounts: 'A B' is not an account name",
        "--accounts=main,,b | --accounts: '' is not an account name",
        "--accounts=Main | --accounts: 'Main' is not an account name",
        "--wallet=-5 | --wallet must be above 0, not -5",
        "--wallet=0 | --wallet must be above 0, not 0",
        "--wallet=1e30 | --wallet is out of range: 1E+30",
        "--slippage-bps=-1 | --slippage-bps must be 0 or more, not -1",
        "--slippage-bps=10000 | --slippage-bps must be below 10000: 10000",
        "--fee-rate=-0.1 | --fee-rate must be 0 or more, not -0.1",
        "--fee-rate=1 | --fee-rate is a fraction, below 1: 1",
        "--funding-rate=1 | --funding-rate is a fraction, above -1 and below 1: 1",
        "--funding-rate=-1 | --funding-rate is a fraction, above -1 and below 1: -1",
        "--latency=-1 | --latency must be 0 to 60000 ms, not -1",
        "--latency=60001 | --latency must be 0 to 60000 ms, not 60001",
        "--paper-faults=x | --paper-faults cannot be used: expected"
      })
  void shouldSayWhichOptionCannotBeUsed(String option, String message) {
    assertThatThrownBy(() -> parsed(option).settings())
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(message)
        .extracting(failure -> ((CommandFailure) failure).exitCode())
        .isEqualTo(2);
  }

  @Test
  void shouldTakeWhatCanBeUsed() {
    PaperOptions options =
        parsed(
            "--accounts=main,b-2",
            "--wallet=0.5",
            "--slippage-bps=0",
            "--fee-rate=0",
            "--funding-rate=-0.0001",
            "--latency=250");

    assertThat(options.settings().accounts()).containsExactly("main", "b-2");
    assertThat(options.settings().startWallet()).isEqualByComparingTo("0.5");
    assertThat(options.settings().fundingRate()).isEqualByComparingTo("-0.0001");
    assertThat(options.settings().latencyMs()).isEqualTo(250);
  }

  @Test
  void shouldNeitherPayFundingNorWaitByDefault() {
    assertThat(parsed().settings().fundingRate()).isZero();
    assertThat(parsed().settings().latencyMs()).isZero();
  }
}
