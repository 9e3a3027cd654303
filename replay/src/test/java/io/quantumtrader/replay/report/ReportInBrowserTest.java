package io.quantumtrader.replay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in headless Chromium, where the machine has one; screenshots stay in target/. */
@Tag("real")
final class ReportInBrowserTest {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Path KEPT = Path.of("target", "what-if");
  private static final long PATIENCE_S = 120;

  @TempDir private Path profile;

  @Test
  void shouldDrawItsChartsInLightAndDarkAndOnAPhone() throws Exception {
    Path browser = browser();
    Files.createDirectories(KEPT);
    Path page = KEPT.resolve("what-if.html").toAbsolutePath();
    Files.writeString(page, HtmlReport.of("a test", List.of(), Comparisons.some()));

    String drawn = run(browser, page, "--dump-dom", "--window-size=1100,900");

    assertThat(drawn)
        .contains("data-charts=\"4\"", "<canvas")
        .contains("<title>What if: a test</title>");
    shoot(browser, page, "light", "--window-size=1100,2600");
    shoot(browser, page, "dark", "--window-size=1100,2600", "--force-dark-mode");
    shoot(browser, page, "phone", "--window-size=390,3400");
  }

  private void shoot(Path browser, Path page, String name, String... options) throws Exception {
    Path image = KEPT.resolve(name + ".png").toAbsolutePath();
    Files.deleteIfExists(image);
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--screenshot=" + image);
    run(browser, page, all.toArray(String[]::new));
    assertThat(image).isNotEmptyFile();
  }

  private String run(Path browser, Path page, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--virtual-time-budget=3000",
                "--user-data-dir=" + profile));
    command.addAll(List.of(options));
    command.add(page.toUri().toString());
    Path out = profile.resolveSibling(profile.getFileName() + ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("the browser ended").isTrue();
      return Files.readString(out);
    } finally {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(out);
    }
  }

  private static Path browser() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> abort("this machine has no Chromium"));
  }
}
