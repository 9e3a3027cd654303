package io.quantumtrader.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.app.cli.CommandsPage;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CommandsPageTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the page instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() {
    GeneratedPage page = CommandsPage.of(Quantum.commandLine());
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }

    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl bench -am test -Dtest=CommandsPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }

  @Test
  void shouldDescribeEverySettingOfEveryCommand() {
    String page = CommandsPage.of(Quantum.commandLine()).content();

    assertThat(page)
        .contains(
            "## `./quantum up`",
            "## `./quantum bench`",
            "## `./quantum control state`",
            "`--until-drained`");
    assertThat(page.lines().filter(line -> line.startsWith("|")))
        .noneMatch(row -> row.endsWith("|  |"));
  }
}
