package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.policy.PolicyHistory.Source;
import io.quantumtrader.schemas.avro.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from the records of the topic, and how it is put into lines. */
final class PolicyHistoryTest {

  private final List<PolicyVersion> records = new ArrayList<>();

  @Test
  void shouldKnowWhichRecordHolds() {
    // given
    add("default", 1);
    add("main2", 1);
    add("default", 2);
    add("other", 1);
    remove("other");
    PolicyHistory history = history();

    // then
    assertThat(history.holding("main2").source()).isEqualTo(Source.OWN);
    assertThat(history.holding("main2").policy().getName()).isEqualTo("main2");
    assertThat(history.holding("main").source()).isEqualTo(Source.DEFAULT);
    assertThat(history.holding("main").policy().getVersion()).isEqualTo(2);
    assertThat(history.holding("other").source()).isEqualTo(Source.DEFAULT);
    assertThat(history.holding("default").source()).isEqualTo(Source.DEFAULT);
    assertThat(history.accounts()).containsExactly("main2");
    assertThat(history.keys()).containsExactly("default", "main2", "other");
    assertThat(history.before(records.get(2)).holding("main").policy().getVersion()).isEqualTo(1);
  }

  @Test
  void shouldFallBackToTheBuiltInOne() {
    add("main2", 1);
    assertThat(history().holding("main").source()).isEqualTo(Source.BUILTIN);
    assertThat(history().holding("main").record()).isEmpty();
    assertThat(history().versionOf("main")).isZero();
    assertThat(history().nextVersion("main")).isEqualTo(1);
  }

  @Test
  void shouldKnowToWhichAccountsARecordApplies() {
    add("main2", 1);
    add("other", 1);
    remove("other");

    assertThat(history().appliesTo("default", "main2")).isFalse();
    assertThat(history().appliesTo("default", "other")).isTrue();
    assertThat(history().appliesTo("default", "main")).isTrue();
    assertThat(history().appliesTo("main2", "main2")).isTrue();
    assertThat(history().appliesTo("main2", "main")).isFalse();
  }

  @Test
  void shouldTakeTheLastOfTwoWithOneNumber() {
    // given two that were written by hand
    add("main", 1);
    add("main", 2);
    add("main", 2);

    // then
    assertThat(history().version("main", 2)).contains(records.get(2));
    assertThat(history().versions("main")).containsExactly(1L, 2L);
    assertThat(history().version("main", 3)).isEmpty();
    assertThat(history().version("default", 1)).isEmpty();
  }

  @Test
  void shouldNeverUseANumberTwice() {
    add("main", 1);
    add("main", 2);
    remove("main");
    assertThat(history().versionOf("main")).isZero();
    assertThat(history().nextVersion("main")).isEqualTo(3);
    assertThat(history().gone("main")).isEmpty();
  }

  @Test
  void shouldNameWhatIsGone() {
    add("main", 2);
    add("main", 5);
    assertThat(history().gone("main")).containsExactly(1L, 3L, 4L);
    assertThat(history().gone("default")).isEmpty();
  }

  @Test
  void shouldBreakWhatIsTooWide() {
    String text = "a word and another ".repeat(10).strip();
    assertThat(PolicyText.wrap(text, "", "  "))
        .allMatch(line -> line.length() <= 80)
        .hasSize(3)
        .satisfies(
            lines -> assertThat(String.join(" ", lines).replaceAll(" +", " ")).isEqualTo(text));
    assertThat(PolicyText.wrap("AAAA,".repeat(30), "* ", "   "))
        .allMatch(line -> line.length() <= 80)
        .hasSize(2);
    assertThat(PolicyText.wrap("x".repeat(100), "", "  ")).containsExactly("x".repeat(100));
  }

  @Test
  void shouldSayAgesInTheLargestUnit() {
    long day = 86_400_000;
    assertThat(PolicyText.age(0, 59_999)).isEqualTo("59 s old");
    assertThat(PolicyText.age(0, 120_000)).isEqualTo("2 min old");
    assertThat(PolicyText.age(0, 7_200_000)).isEqualTo("2 h old");
    assertThat(PolicyText.age(0, 3 * day)).isEqualTo("3 days old");
    assertThat(PolicyText.age(1, 0)).isEqualTo("in the future");
    assertThat(PolicyText.time(1_763_546_400_999L)).isEqualTo("2025-11-19T10:00:00Z");
  }

  private void add(String key, long version) {
    Policy policy = Policy.newBuilder().setName(key).setVersion(version).build();
    records.add(
        new PolicyVersion(key, records.size(), Optional.of(policy), "me", "why", records.size()));
  }

  private void remove(String key) {
    records.add(
        new PolicyVersion(key, records.size(), Optional.empty(), "me", "why", records.size()));
  }

  private PolicyHistory history() {
    return new PolicyHistory(records, records.size());
  }
}
