package io.quantumtrader.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.serde.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedPagesTest {

  private static final String WRITE = "quantum.docs.write";

  static Stream<GeneratedPage> pages() {
    return Stream.of(
        ReasonCodesPage.page(),
        TopicsPage.page(),
        PolicyPage.page(),
        SchemasPage.page(Subjects.all()));
  }

  /** Mends the pages instead of failing when it is told to. */
  @ParameterizedTest
  @MethodSource("pages")
  void shouldBeUpToDate(GeneratedPage page) {
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }
    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl schemas test -Dtest=GeneratedPagesTest -D"
                + WRITE
                + "=true")
        .isEmpty();
  }

  @Test
  void shouldHaveTheMeaningOfEveryField() {
    assertThat(SchemasPage.page(Subjects.all()).content().lines())
        .filteredOn(line -> line.startsWith("| `") && !line.startsWith("| `quantum."))
        .noneMatch(line -> line.endsWith("|  |"))
        .hasSizeGreaterThan(100);
  }

  @Test
  void shouldReplaceOnlyWhatStandsBetweenTheMarkers(@TempDir Path docs) throws IOException {
    // given
    GeneratedPage page = new GeneratedPage("page.md", "Title", "old");
    assertThat(page.outdated(docs)).contains("docs/page.md does not exist");
    page.write(docs);
    Path file = docs.resolve("page.md");
    Files.writeString(file, Files.readString(file) + "by hand\n");
    assertThat(page.outdated(docs)).isEmpty();

    // when
    GeneratedPage changed = new GeneratedPage("page.md", "Other title", "new\n");

    // then
    assertThat(changed.outdated(docs)).contains("docs/page.md is out of date");
    changed.write(docs);
    assertThat(changed.outdated(docs)).isEmpty();
    assertThat(file)
        .hasContent(
            "# Title\n\n<!-- generated: begin -->\nnew\n<!-- generated: end -->\nby hand\n");
  }

  @Test
  void shouldSayThatMarkersAreMissing(@TempDir Path docs) throws IOException {
    Files.writeString(docs.resolve("page.md"), "no markers");
    GeneratedPage page = new GeneratedPage("page.md", "Title", "x");
    assertThatThrownBy(() -> page.outdated(docs))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("docs/page.md lacks the markers");
  }
}
