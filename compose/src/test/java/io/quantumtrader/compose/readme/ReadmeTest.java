package io.quantumtrader.compose.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.schemas.legacy.IntentLine;
import io.quantumtrader.schemas.legacy.IntentReading;
import io.quantumtrader.schemas.legacy.LegacyIntentReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README tells people to type is understood. The replay itself runs in UpExampleTest. */
final class ReadmeTest {

  private static final String LAUNCHER = "./quantum ";

  private static List<String> readme() throws IOException {
    return Files.readAllLines(Path.of("..", "README.md"));
  }

  @Test
  void shouldUnderstandEveryCommand() throws IOException {
    List<String> commands = readme().stream().filter(line -> line.startsWith(LAUNCHER)).toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
    for (String command : commands) {
      String arguments = command.substring(LAUNCHER.length()).replaceAll("\\s+#.*", "");
      assertThat(Quantum.commandLine().parseArgs(arguments.split(" ")).errors())
          .as(command)
          .isEmpty();
    }
  }

  @Test
  void shouldTakeTheIntentByHand() throws IOException {
    List<String> intents = readme().stream().filter(line -> line.startsWith("{")).toList();
    assertThat(intents).isNotEmpty();
    for (String intent : intents) {
      assertThat(IntentLine.read(intent, 1)).isInstanceOf(IntentReading.Accepted.class);
    }
  }

  @Test
  void shouldTakeTheIntentByRedis() throws IOException {
    Matcher entry =
        Pattern.compile("XADD quantum:stream:trade\\.intent '\\*' (.*)")
            .matcher(String.join("\n", readme()));
    assertThat(entry.find()).isTrue();
    String[] words = entry.group(1).split(" ", -1);
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      fields.put(words[i], words[i + 1]);
    }

    IntentReading reading = LegacyIntentReader.read("1763545500000-0", fields);

    assertThat(reading).isInstanceOf(IntentReading.Accepted.class);
    assertThat(((IntentReading.Accepted) reading).intent().getUnreadable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "CONTRIBUTING.md"})
  void shouldNameOnlyFilesThatExist(String page) throws IOException {
    Pattern named = Pattern.compile("]\\(([^)#]+)\\)|`([a-z.]+/[A-Za-z0-9_./-]+)`");
    for (String line : Files.readAllLines(Path.of("..", page))) {
      Matcher name = named.matcher(line);
      while (name.find()) {
        String path = name.group(1) == null ? name.group(2) : name.group(1);
        if (!path.contains("...") && !path.contains("target/")) {
          assertThat(Path.of("..", path)).as(line).exists();
        }
      }
    }
  }

  @Test
  void shouldSayInOneLineWhatIsWrong() {
    // given
    StringWriter err = new StringWriter();

    // when
    int code =
        Quantum.commandLine().setErr(new PrintWriter(err)).execute("up", "--speed", "sideways");

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("give a number above 0, or max").contains("--help");
  }

  @Test
  void shouldNotStartAnythingForAFileThatIsNotThere() {
    // given
    StringWriter err = new StringWriter();

    // when
    int code =
        Quantum.commandLine()
            .setErr(new PrintWriter(err))
            .execute("up", "--candles", "no-such-file.csv");

    // then
    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("cannot read no-such-file.csv");
  }
}
