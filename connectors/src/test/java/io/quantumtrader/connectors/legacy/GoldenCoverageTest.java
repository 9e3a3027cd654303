package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every captured write is made again byte for byte, or but for fields that are named with the
 * defect they would repeat, or is left out and named with its defect.
 */
@Tag("real")
class GoldenCoverageTest {

  private static final String WRITE = "quantum.docs.write";

  private final GoldenRules rules = GoldenRules.read();
  private final GoldenPage golden = new GoldenPage(rules, new GoldenCoverage());
  private final List<GoldenWrite> writes = golden.all();

  @Test
  void shouldKnowEveryLine() {
    assertThat(GoldenPage.lines()).isEqualTo(475);
    assertThat(writes).hasSizeGreaterThan(600);
  }

  @Test
  void shouldDifferInNamedFieldsOnly() {
    for (GoldenWrite write : writes) {
      for (String field : differing(write)) {
        assertThat(rules.difference(write, field)).as(write + " " + field).isPresent();
      }
      for (String field : write.comparison().map(GoldenComparison::added).orElse(Set.of())) {
        assertThat(isPartial(write) || rules.mayAdd(write, field))
            .as(write + " has the new field " + field)
            .isTrue();
      }
    }
  }

  @Test
  void shouldLeaveOutNamedWritesOnly() {
    assertThat(writes)
        .filteredOn(write -> write.comparison().isEmpty())
        .allSatisfy(write -> assertThat(rules.leftOut(write)).as(write.toString()).isPresent());
  }

  @Test
  void shouldNameNothingThatIsNotThere() {
    assertThat(rules.differences())
        .allSatisfy(
            rule ->
                assertThat(rule.fields())
                    .allSatisfy(
                        field ->
                            assertThat(writes)
                                .as("a write that differs in " + field + ": " + rule.why())
                                .anyMatch(
                                    write ->
                                        differing(write).contains(field)
                                            && rules
                                                .difference(write, field)
                                                .filter(rule::equals)
                                                .isPresent())));
    assertThat(rules.leftOut())
        .allSatisfy(
            rule ->
                assertThat(writes)
                    .as(rule.why())
                    .anyMatch(write -> rules.leftOut(write).filter(rule::equals).isPresent()));
    assertThat(rules.differences()).allMatch(rule -> isNumber(rule.defect()));
    assertThat(rules.leftOut()).allMatch(rule -> isNumber(rule.defect()));
  }

  @Test
  void shouldLeaveOutAtMostAFifthOfTheLines() {
    assertThat(golden.linesLeftOut()).isPositive().isLessThanOrEqualTo(GoldenPage.lines() / 5);
  }

  @Test
  void shouldMakeEveryKindOfKeyThatIsKept() {
    assertThat(writes)
        .filteredOn(
            key(
                "quantum:(marketstate|position:ledger|harvest:proposal|state:positions|permit:p26)"
                    + ":.*|quantum:stream:(marketstate|harvest\\.proposal|apply\\.result)"))
        .filteredOn(write -> !write.command().equals("XACK"))
        .hasSizeGreaterThan(130)
        .allMatch(write -> write.comparison().isPresent());
    assertThat(writes)
        .filteredOn(key("quantum:stream:apply.plan"))
        .filteredOn(write -> GoldenWire.fields(write.captured()).get("decision").equals("EXECUTE"))
        .hasSize(9)
        .allMatch(write -> write.comparison().isPresent());
    assertThat(writes)
        .filteredOn(key("quantum:permit:p33:.*"))
        .filteredOn(write -> write.captured().getLast().contains("\"allow\": true"))
        .hasSize(9)
        .allMatch(write -> write.comparison().isPresent());
  }

  /** Mends the page instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() {
    GeneratedPage page = golden.page();
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }

    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl connectors -am test"
                + " -Dtest=GoldenCoverageTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }

  private static Set<String> differing(GoldenWrite write) {
    return write.comparison().map(GoldenComparison::differing).orElse(Set.of());
  }

  /** A publisher that had nothing new touched one field; the whole hash is written now. */
  private static boolean isPartial(GoldenWrite write) {
    return write.captured().size() == 4 && write.command().equals("HSET");
  }

  private static boolean isNumber(String defect) {
    return defect.matches("exit ([1-9]|[12]\\d|3[0-6])|entry (IB|PG|G|HG)\\d+");
  }

  private static Predicate<GoldenWrite> key(String pattern) {
    return write -> write.key().matches(pattern);
  }
}
