package io.quantumtrader.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchCommandTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the page instead of failing when it is told to. */
  @Test
  void shouldKeepThePageAsTheResultsGiveIt() {
    GeneratedPage page = BenchCommand.page();
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }

    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl bench -am test -Dtest=BenchCommandTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }

  @Test
  void shouldKeepNoPathsInResults() throws IOException {
    try (Stream<Path> files = Files.list(BenchCommand.results())) {
      List<Path> results = files.toList();
      assertThat(results).isNotEmpty();
      for (Path file : results) {
        assertThat(Files.readString(file)).doesNotContainPattern("[\\s\"'=(:]/\\w+/");
      }
    }
  }

  @Test
  void shouldBeACommandOfQuantum() {
    CommandLine bench = Quantum.commandLine().getSubcommands().get("bench");

    String help = bench.getUsageMessage();
    assertThat(help).contains("./quantum bench entries", "--quick", "--rounds", "--write");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    Measurements.names().forEach(name -> assertThat(help).contains(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latencies | unknown measurement 'latencies'",
        "--rounds 0 | --rounds must be 1 or more",
        "--quick --write | --quick has no results worth keeping",
        "--write entries | 'entries' after --write would be a label; write names first",
        "--write=../x | a label may have lower-case letters, digits and dashes: ../x"
      })
  void shouldSayInOneLineWhatIsWrong(String arguments, String error) {
    StringWriter said = new StringWriter();
    int code =
        Quantum.commandLine()
            .setErr(new PrintWriter(said))
            .execute(("bench " + arguments).split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(said.toString().lines()).hasSize(1).first().asString().contains(error);
  }
}
