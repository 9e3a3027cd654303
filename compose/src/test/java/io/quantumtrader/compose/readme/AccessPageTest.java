package io.quantumtrader.compose.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.access.AccessPage;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class AccessPageTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the page instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() {
    GeneratedPage page = AccessPage.page();
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }

    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl compose -am test -Dtest=AccessPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }
}
