package io.quantumtrader.agents.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.docs.GeneratedPage;
import org.junit.jupiter.api.Test;

/** The page of the features, out of their definitions. */
final class FeaturesPageTest {

  private static final String WRITE = "quantum.docs.write";

  @Test
  void shouldBeUpToDate() {
    GeneratedPage page = new GeneratedPage("features.md", "What models see", FeaturesPage.text());
    if (Boolean.getBoolean(WRITE)) {
      page.write(GeneratedPage.directory());
    }
    assertThat(page.outdated(GeneratedPage.directory()))
        .as(
            "write it with: mvn -q -pl agents -am test -Dtest=FeaturesPageTest -D"
                + WRITE
                + "=true")
        .isEmpty();
  }
}
