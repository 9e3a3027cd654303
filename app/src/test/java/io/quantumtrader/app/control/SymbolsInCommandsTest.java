package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the commands of an operator take for a symbol, before they ask for a pipeline. */
final class SymbolsInCommandsTest {

  private static final String GOOD = "io.quantumtrader.schemas.testing.SymbolSamples#good";
  private static final String BAD = "io.quantumtrader.schemas.testing.SymbolSamples#bad";
  private static final String LOWER = "io.quantumtrader.schemas.testing.SymbolSamples#lowerCase";

  @ParameterizedTest
  @MethodSource({GOOD, LOWER})
  void shouldTakeASymbolInEitherCase(String symbol) {
    assertThat(new Operator().symbol(" " + symbol + " "))
        .isEqualTo(symbol.toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource(BAD)
  void shouldRefuseWhatIsNoSymbolInOneLine(String text) {
    for (List<String> words :
        List.of(
            List.of("control", "close", text, "--reason", "news"),
            List.of("flatten", "--symbol", text, "--reason", "news"),
            List.of("control", "lock", text, "--reason", "news"),
            List.of("control", "unlock", text),
            List.of("control", "stop", text, "1", "--reason", "news"),
            List.of("backfill", "risk", "--symbol", text))) {
      CommandRun run = CommandRun.of(words.toArray());

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("'" + text + "' is not a symbol");
      assertThat(run.out()).isEmpty();
    }
  }
}
