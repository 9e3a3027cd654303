package io.quantumtrader.topology.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of the list still applies to the sources of today and names a test that is there, so
 * that the list cannot rot unseen. That the test fails is what {@code topology/src/test/faults/run}
 * shows.
 */
final class FaultListTest {

  private static final Path ROOT = Path.of("..");

  static Stream<Fault> faults() throws IOException {
    return Fault.all(ROOT).stream();
  }

  @Test
  void shouldHaveFaults() throws IOException {
    List<Fault> faults = Fault.all(ROOT);

    assertThat(faults).hasSizeGreaterThanOrEqualTo(80);
    assertThat(faults).extracting(Fault::words, Fault::test).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldApplyToTheSourcesOfToday(Fault fault) throws IOException {
    String source = Files.readString(ROOT.resolve(fault.file()));

    assertThat(fault.changes()).isNotEmpty();
    assertThat(fault.plantedIn(source)).isNotEqualTo(source);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldNameATestThatIsThere(Fault fault) throws IOException {
    String module = fault.testClass().startsWith("io.quantumtrader.app.") ? "app" : "topology";
    Path source =
        ROOT.resolve(module)
            .resolve("src/test/java")
            .resolve(fault.testClass().replace('.', '/') + ".java");

    assertThat(Files.readString(source)).contains("  void " + fault.testMethod() + "(");
  }
}
