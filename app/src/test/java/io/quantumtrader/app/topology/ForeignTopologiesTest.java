package io.quantumtrader.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command says of the exports of other applications. */
final class ForeignTopologiesTest {

  private static Path file(String name) throws URISyntaxException {
    return Path.of(
        ForeignTopologiesTest.class.getResource("/topologies-of-others/" + name).toURI());
  }

  private static CommandRun compare(String folder, Object... more) throws URISyntaxException {
    List<Object> words = new ArrayList<>(List.of("topology", "--check", "--from"));
    words.addAll(List.of(file(folder + "/before.json"), "--to", file(folder + "/after.json")));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  @Test
  void shouldBreakWhereUnnamedStoresChangedPlacesBesideATrace() throws Exception {
    CommandRun run = compare("unnamed-swapped");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "BREAKING   store input: KSTREAM-AGGREGATE-STATE-STORE-0000000001 (was fed by"
                + " [orders], is fed by [clicks])",
            "BREAKING   store input: KSTREAM-AGGREGATE-STATE-STORE-0000000004");
    assertThat(run.err()).contains("at worst BREAKING");
  }

  @Test
  void shouldBreakWhereNamedStoresChangedPlaces() throws Exception {
    JsonNode report = new ObjectMapper().readTree(compare("named-swapped", "--json").out());
    assertThat(report.get("verdict").asText()).isEqualTo("BREAKING");
    assertThat(report.findValuesAsText("change")).filteredOn("STORE_INPUT"::equals).hasSize(2);
  }

  @Test
  void shouldBreakForTheTwoStoresBehindANewUnnamedOne() throws Exception {
    CommandRun run = compare("unnamed-in-front");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .filteredOn(line -> line.startsWith("BREAKING"))
        .satisfiesExactly(
            line ->
                assertThat(line).contains("-0000000001 (was fed by [orders], is fed by [logins]"),
            line ->
                assertThat(line).contains("-0000000004 (was fed by [clicks], is fed by [orders]"));
  }

  @Test
  void shouldNotTakeASourceTopicAsChangelogForALoss() throws Exception {
    CommandRun run = compare("source-as-changelog");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "migration  restored from source: users-store (restored from topic users, which must be"
                + " compacted")
        .doesNotContain("BREAKING", "changelog off");
    assertThat(run.err()).contains("at worst migration");
  }

  /** One topology, exported with Kafka Streams 4.0.0 and with 4.3.1: both make the same stores. */
  @Test
  void shouldFindNoDifferenceBetweenExportsOfTwoVersionsOfStreams() throws Exception {
    CommandRun run = compare("streams-4.0-and-4.3");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("is the same as").hasLineCount(1);
  }
}
