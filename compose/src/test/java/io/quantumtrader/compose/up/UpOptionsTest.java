package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.topology.Tuning;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of {@code up}. */
class UpOptionsTest {

  @Command
  private static final class Holder {
    @Mixin private UpOptions options = new UpOptions();
  }

  private static UpOptions parsed(String... options) {
    Holder holder = new Holder();
    new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return holder.options;
  }

  @Test
  void shouldBeTunedForWhatIsAskedForAndForLatencyElse() {
    assertThat(parsed().parts.tuning).isEqualTo(Tuning.LATENCY);
    assertThat(parsed("--without", "redis").parts.tuning).isEqualTo(Tuning.LATENCY);
    assertThat(parsed("--tuning", "throughput").parts.tuning).isEqualTo(Tuning.THROUGHPUT);
  }

  @Test
  void shouldGiveTheSourceTheSignalsThatAreSwitchedOn() {
    assertThat(source()).containsEntry("streams.on", "").containsEntry("key.prefix", "quantum:");
    assertThat(source("--signals", "ai,live", "--redis-prefix", "quantum:shadow:"))
        .containsEntry("streams.on", "stream:ai.signal_generated,stream:live_signals")
        .containsEntry("key.prefix", "quantum:shadow:");
  }

  private static Map<String, String> source(String... options) {
    return parsed(options).parts.sourceConfiguration("redis://localhost", "http://localhost");
  }
}
