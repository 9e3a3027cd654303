package io.quantumtrader.schemas.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where each code is provoked, by its stage: the map is closed, so that a code of a new stage fails
 * here, and one without a scenario fails before the module that would run it is built.
 */
final class EveryCodeHasAScenarioTest {

  private static final String TOPOLOGY =
      "topology/src/test/java/io/quantumtrader/topology/codes/%sScenarios.java";
  private static final String EXECUTOR =
      "execution/src/test/java/io/quantumtrader/execution/executor/ExecutorScenarios.java";

  private static final String MODES =
      "execution/src/test/java/io/quantumtrader/execution/executor/ExecutorModesTest.java";

  private static final String CONSOLE =
      "compose/src/test/java/io/quantumtrader/compose/real/ConsoleOnBrokerTest.java";

  private static final Map<String, String> SCENARIOS =
      Map.ofEntries(
          Map.entry("intake", TOPOLOGY.formatted("Bridge")),
          Map.entry("bridge", TOPOLOGY.formatted("Bridge")),
          Map.entry("governor", TOPOLOGY.formatted("Governor")),
          Map.entry("governor-note", TOPOLOGY.formatted("Governor")),
          Map.entry("portfolio-gate", TOPOLOGY.formatted("Gate")),
          Map.entry("heat-gate", TOPOLOGY.formatted("Exit")),
          Map.entry("apply-layer", TOPOLOGY.formatted("Exit")),
          Map.entry("apply-layer-note", TOPOLOGY.formatted("Exit")),
          Map.entry("ledger", TOPOLOGY.formatted("Ledger")),
          Map.entry("market-state", TOPOLOGY.formatted("Market")),
          Map.entry("universe", TOPOLOGY.formatted("Market")),
          Map.entry("dead-letter", TOPOLOGY.formatted("DeadLetter")),
          Map.entry("console", CONSOLE),
          Map.entry("executor", EXECUTOR),
          Map.entry("executor-dead-letter", MODES));

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void shouldBeProvokedInTheClassOfItsStage(ReasonCode code) throws IOException {
    String file = SCENARIOS.get(code.stage());
    assertThat(file)
        .as(
            "%s is of the stage \"%s\", for which no class of scenarios is named here: write one"
                + " that provokes its codes through the whole of what makes them, run it from a"
                + " test generated from ReasonCode, and name it in this map",
            code, code.stage())
        .isNotNull();
    String source = Files.readString(Path.of("..").resolve(file));
    assertThat(Pattern.compile("ReasonCode\\." + code + "\\b").matcher(source).find())
        .as("%s needs a scenario: add to %s how it comes about", code, file)
        .isTrue();
  }

  @Test
  void shouldNameNoStageWithoutCodes() {
    assertThat(SCENARIOS.keySet())
        .allMatch(
            stage -> Stream.of(ReasonCode.values()).anyMatch(code -> code.stage().equals(stage)));
  }
}
