package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.avro.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions beside each other, and the ones that are not there. */
final class PolicyDiffTest {

  private static final long NOW = 1_763_546_400_000L;

  private final List<PolicyVersion> records = new ArrayList<>();

  @Test
  void shouldCompareBothVersionsAndEachWithWhatIsInForce() {
    // given
    add("default", 1, 10, 5);
    add("default", 2, 20, 5);
    add("default", 3, 20, 6);

    // when
    PolicyDiff diff = diff("default", 1, 2);

    // then
    assertThat(diff.lines())
        .containsExactly(
            "default: version 1 (2025-11-19T10:00:00Z) -> version 2 (2025-11-19T10:00:00Z)",
            "  maxPositions            10 -> 20",
            "in force: the default record, version 3 (2025-11-19T10:00:00Z)",
            "version 1 -> in force",
            "  maxPositions            10 -> 20",
            "  haltMs                  5 -> 6",
            "version 2 -> in force",
            "  haltMs                  5 -> 6");
    assertThat(diff.json().get("changed").toString())
        .isEqualTo("[{\"field\":\"maxPositions\",\"before\":\"10\",\"after\":\"20\"}]");
    assertThat(diff.json().get("from").toString())
        .isEqualTo("{\"version\":1,\"atMs\":1763546400000,\"setBy\":\"me\",\"reason\":\"why\"}");
    assertThat(diff.json().get("to").get("version").asLong()).isEqualTo(2);
    assertThat(diff.json().get("inForce").toString())
        .isEqualTo(
            "{\"source\":\"DEFAULT\",\"version\":3,\"fromChanged\":["
                + "{\"field\":\"maxPositions\",\"before\":\"10\",\"after\":\"20\"},"
                + "{\"field\":\"haltMs\",\"before\":\"5\",\"after\":\"6\"}],\"toChanged\":["
                + "{\"field\":\"haltMs\",\"before\":\"5\",\"after\":\"6\"}]}");
  }

  @Test
  void shouldSayWhichOfThemIsInForce() {
    add("main", 1, 10, 5);
    add("main", 2, 20, 5);

    assertThat(diff("main", 2, 1).lines())
        .contains("  maxPositions            20 -> 10", "version 2 is in force")
        .contains("version 1 -> in force")
        .anyMatch(line -> line.startsWith("in force: its own record, version 2 "));
  }

  @Test
  void shouldCompareTheVersionsOfAnAccountThatWasResetWithTheDefault() {
    // given
    add("default", 1, 10, 5);
    add("main", 1, 10, 5);
    add("main", 2, 20, 5);
    records.add(new PolicyVersion("main", records.size(), Optional.empty(), "me", "why", NOW));

    // then
    assertThat(diff("main", 1, 2).lines())
        .endsWith(
            "in force: the default record, version 1 (2025-11-19T10:00:00Z)",
            "version 1 -> in force",
            "  no threshold differs",
            "version 2 -> in force",
            "  maxPositions            20 -> 10");
  }

  @Test
  void shouldKeepWithinTheColumns() {
    // given lists that are longer than a line
    add("a-name-that-is-as-long-as-it-may", 1, 10, 5);
    Policy lists =
        Policy.newBuilder()
            .setVersion(2)
            .setAllowedSymbols(Collections.nCopies(20, "BTCUSDT"))
            .build();
    records.add(
        new PolicyVersion(
            "a-name-that-is-as-long-as-it-may", 1, Optional.of(lists), "me", "why", NOW));

    // then
    assertThat(diff("a-name-that-is-as-long-as-it-may", 1, 2).lines())
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void shouldListTheVersionsThatAreThere() {
    // given some that are gone, and a removal, which is none
    for (long version : new long[] {1, 2, 3, 5, 8, 9}) {
      add("main", version, 10, 5);
    }
    records.add(new PolicyVersion("main", records.size(), Optional.empty(), "me", "why", NOW));

    // then
    assertRefused("main", 10, "main has no version 10; choose one of 1 to 3, 5, 8, 9");
    assertRefused("main", 0, "main has no version 0; choose one of 1 to 3, 5, 8, 9");
    assertRefused(
        "main",
        4,
        "version 4 of main was compacted away or cannot be read; choose one of 1 to 3, 5, 8, 9");
    assertRefused("default", 1, "default has no version 1; it has none at all");
  }

  private void assertRefused(String key, long version, String message) {
    assertThatThrownBy(() -> VersionChoice.of(history(), key, version))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1;1", "1,2;1, 2", "1,2,3;1 to 3", "1,3,4,5,7;1, 3 to 5, 7", "4,6;4, 6"})
  void shouldSayARowOfNumbersByItsEnds(String versions, String listed) {
    List<Long> numbers = List.of(versions.split(",")).stream().map(Long::valueOf).toList();

    assertThat(VersionChoice.listed(numbers)).isEqualTo(listed);
  }

  private void add(String key, long version, int maxPositions, long haltMs) {
    Policy policy =
        Policy.newBuilder()
            .setName(key)
            .setVersion(version)
            .setMaxPositions(maxPositions)
            .setHaltMs(haltMs)
            .build();
    records.add(new PolicyVersion(key, records.size(), Optional.of(policy), "me", "why", NOW));
  }

  private PolicyDiff diff(String key, long from, long to) {
    return new PolicyDiff(
        key,
        VersionChoice.of(history(), key, from),
        VersionChoice.of(history(), key, to),
        history().holding(key));
  }

  private PolicyHistory history() {
    return new PolicyHistory(records, records.size());
  }
}
