package io.quantumtrader.topology.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The topology in the docs is the one that is built. */
final class GoldenTopologyTest {

  private static final String WRITE = "quantum.docs.write";
  private static final String MEND =
      "read what ./quantum topology --check says of it, then write it with: mvn -q -pl topology -am"
          + " test -Dtest=GoldenTopologyTest -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE
          + "=true";

  private static TopologyExport built;

  @BeforeAll
  static void build() {
    built = QuantumExport.of(PartitionCounts.DEFAULT);
  }

  /** Mends the files instead of failing when it is told to. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void shouldBeInTheDocs(Format format) throws IOException {
    Path file = GeneratedPage.directory().resolve("topology").resolve(format.fileName());
    String now = format.write(built, LiveNumbers.NONE);
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, now);
    }
    assertThat(file).as(MEND).hasContent(now);
  }

  @Test
  void shouldBeDrawnInTheReadme() {
    GeneratedPage readme =
        new GeneratedPage(
            "../README.md",
            "Quantum Streams",
            "```mermaid\n" + Format.MERMAID.write(built, LiveNumbers.NONE) + "```");
    if (Boolean.getBoolean(WRITE)) {
      readme.write(GeneratedPage.directory());
    }
    assertThat(readme.outdated(GeneratedPage.directory())).as(MEND).isEmpty();
  }
}
