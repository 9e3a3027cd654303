package io.quantumtrader.compose.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README shows of the programs in {@code examples/producers} is what is in them. */
final class ProducersInReadmeTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\n(.*?)\n```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** Returns the blocks of a language; the one with the command lines is no excerpt. */
  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve("README.md")))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .filter(block -> !block.contains("examples/producers/"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "python, python/send_intent.py",
    "javascript, javascript/send_intent.js",
    "sh, kcat/send_intent.sh"
  })
  void shouldShowWhatIsInTheProgram(String language, String program) throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("examples/producers").resolve(program));

    List<String> shown = blocks(language);

    assertThat(shown).hasSize(1);
    assertThat(hasExcerpt(lines, shown.getFirst())).as(shown.getFirst()).isTrue();
  }

  /** Whether these lines stand in the program one after the other, however far indented. */
  private static boolean hasExcerpt(List<String> lines, String excerpt) {
    int length = (int) excerpt.lines().count();
    for (int from = 0; from + length <= lines.size(); from++) {
      String here = String.join("\n", lines.subList(from, from + length));
      if (here.stripIndent().equals(excerpt)) {
        return true;
      }
    }
    return false;
  }
}
