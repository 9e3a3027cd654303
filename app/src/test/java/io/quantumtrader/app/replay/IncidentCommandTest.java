package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.replay.incident.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The incidents of the old system, as they are asked for. */
final class IncidentCommandTest {

  private static final String FENCE = "```text\n";

  @TempDir private Path directory;

  @Test
  void shouldListTheNames() {
    CommandRun run = CommandRun.of("replay", "--incident", "list");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().map(line -> line.split(" ", 2)[0]))
        .isEqualTo(Arrays.stream(Incident.values()).map(Incident::label).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nothing; there is no incident nothing; there are positions-without-close, ",
        "held-close --set maxPositions=3; leave out --set",
        "held-close --candles nowhere; leave out --candles",
        "held-close --against maxPositions=3; leave out --against",
        "held-close monday; leave the recording out",
        "held-close --tables --json; leave out --tables"
      })
  void shouldRefuseInOneLineWhatHasNoMeaning(String words, String message) {
    Object[] all = ("replay --incident " + words).split(" ", -1);

    CommandRun run = CommandRun.of(all);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldPrintThenBesideNow() throws IOException {
    CommandRun run = CommandRun.of("replay", "--incident", "positions-without-close");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("45 positions and no close\n")
        .containsPattern("(?m)^positions opened +45 +10$")
        .containsPattern("(?m)^closes and partial closes +0 +[1-9]\\d*$")
        .containsPattern("(?m)^open at the end +45 +0$")
        .containsPattern("(?m)^ +SELL_WITHOUT_LEDGER +45 +-$")
        .contains("SELL_WITHOUT_LEDGER: entry contract, 4.4 step 8 and 4.8 IB1");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out()).as("the excerpt of the README").contains(excerpt());
  }

  private static String excerpt() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String after = readme.substring(readme.indexOf("./quantum replay --incident"));
    String table = after.substring(after.indexOf(FENCE) + FENCE.length());
    return table.substring(0, table.indexOf("```"));
  }

  @Test
  void shouldShowTheCloseUnderOtherPoliciesAsJson() throws Exception {
    CommandRun run = CommandRun.of("replay", "--incident", "held-close", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode node = new ObjectMapper().readTree(run.out());
    assertThat(node.get("incident").asText()).isEqualTo("held-close");
    assertThat(node.get("then").get("openAtEnd").asInt()).isEqualTo(1);
    assertThat(node.get("whatIf"))
        .extracting(each -> each.get("name").asText())
        .isEqualTo(
            List.of(
                "the policy of then", "the limit raised", "profit override", "the policy of now"));
    assertThat(node.get("whatIf").get(0).get("heldAtTheScore").get("killScore").asDouble())
        .isBetween(0.7555, 0.7565);
  }

  @Test
  void shouldWriteARecordingThatIsDecidedTheSame() throws Exception {
    Path recording = directory.resolve("incident");

    CommandRun written = CommandRun.of("replay", "--incident", "held-close", "--out", recording);
    CommandRun replayed = CommandRun.of("replay", recording);
    CommandRun again = CommandRun.of("replay", "--incident", "held-close", "--out", recording);

    assertThat(written.code()).as(written.err()).isZero();
    assertThat(recording.resolve("manifest.json")).exists();
    assertThat(replayed.code()).as(replayed.out() + replayed.err()).isZero();
    assertThat(replayed.out()).contains(" as recorded, 0 differ");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is not empty");
    assertThat(again.out()).isEmpty();
  }
}
