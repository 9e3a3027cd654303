package io.quantumtrader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.legacy.IntentLine;
import io.quantumtrader.schemas.legacy.IntentReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README tells people to type is understood. The replay itself runs in UpReplayTest. */
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
  void shouldNameOnlyFilesThatExist() throws IOException {
    var links = java.util.regex.Pattern.compile("]\\(([^)#]+)\\)");
    for (String line : readme()) {
      var link = links.matcher(line);
      while (link.find()) {
        assertThat(Path.of("..", link.group(1))).as(line).exists();
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
    assertThat(err.toString()).contains("give 1, a number or max").contains("--help");
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
