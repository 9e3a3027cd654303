package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RedisSourcesPageTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the page instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() {
    GeneratedPage page =
        RedisSourcesPage.page(
            LegacyMapping.resource(LegacyContract.SOURCE_MAPPING_RESOURCE),
            LegacyMapping.resource("io/quantumtrader/connectors/legacy/not-read.json"));
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }

    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl connectors -am test"
                + " -Dtest=RedisSourcesPageTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }
}
