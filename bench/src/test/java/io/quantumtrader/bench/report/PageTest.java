package io.quantumtrader.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {

  private static final Map<String, String> EXPLANATIONS = Map.of("entries", "What entries cost.");

  @TempDir private Path directory;

  private static Result entries(String date, double... rates) {
    return entries(date, 0.4, rates);
  }

  private static Result entriesUnderLoad(double load) {
    return entries("2026-01-01", load, new double[] {1, 1, 1});
  }

  private static Result entries(String date, double load, double[] rates) {
    return new Result(
        "entries",
        new Provenance("abc1234", "./quantum bench entries", date, 2, 24, "25", "4.3.1", 3, load),
        List.of(
            new Figure(
                "entries.accepted.rate",
                "all accepted, rate",
                "intents/s",
                list(rates),
                "entries.accepted.loop.rate"),
            new Figure(
                "entries.accepted.loop.rate",
                "loop",
                "intents/s",
                List.of(1000.0, 2000.0, 4000.0))));
  }

  private static List<Double> list(double... values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  private static String page(ResultFile... files) {
    return Page.of(List.of(files), EXPLANATIONS).content();
  }

  @Test
  void shouldShowMedianSpreadAndTheRatioOfEachRoundToTheLoop() {
    String page = page(new ResultFile("before", List.of(entries("2026-01-01", 100, 100, 1000))));

    // The median of the ratios 0.1, 0.05 and 0.25, not the ratio of the medians 100 and 2000.
    assertThat(page)
        .contains("**100** (100 to 1 000); loop x **0.100** (0.050 to 0.250)")
        .contains("| accepted intents against the loop | 0.084 | 0.100 | 0.25 | 0.6 |")
        .contains("`./quantum bench entries` at commit abc1234, 2026-01-01; 2 cores, 24 GB, JDK 25")
        .contains("3 rounds; load before: 0.400");
  }

  @Test
  void shouldWarnOfTimesFromABusyMachine() {
    String warning = "other work was going on";

    assertThat(page(new ResultFile("before", List.of(entriesUnderLoad(4.0)))))
        .contains("load before: 4.00")
        .doesNotContain(warning);
    assertThat(page(new ResultFile("before", List.of(entriesUnderLoad(4.1))))).contains(warning);
    assertThat(page(new ResultFile("before", List.of(entriesUnderLoad(-1)))))
        .doesNotContain("load before", warning);
  }

  @Test
  void shouldSayWhatWasNotMeasured() {
    String page = page(new ResultFile("before", List.of()));

    assertThat(page)
        .contains("| granted decision, us / bytes | 18 / 50 000 | not measured / not measured |")
        .contains("Not measured yet.");
  }

  @Test
  void shouldSetTheStatesBesideEachOther() {
    String page =
        page(
            new ResultFile("before", List.of(entries("2026-01-01", 100, 100, 100))),
            new ResultFile("after", List.of(entries("2026-01-02", 400, 400, 400))));

    assertThat(page)
        .contains("| figure | unit | before | after |")
        .contains("| accepted intents against the loop | 0.084 | 0.050 | 0.200 | 0.25 | 0.6 |");
  }

  @Test
  void shouldReadBackWhatItWroteAndReplaceAMeasurementWhole() {
    Result first = entries("2026-01-01", 1, 2, 3);
    Result second = entries("2026-01-02", 4, 5, 6);
    new ResultFile("after", List.of(first)).write(directory);

    ResultFile.labelled(directory, "after").with(List.of(second)).write(directory);

    assertThat(ResultFile.in(directory)).containsExactly(new ResultFile("after", List.of(second)));
  }

  @Test
  void shouldPutTheEarlierFileInFront() {
    new ResultFile("before", List.of(entries("2026-01-01", 1, 1, 1))).write(directory);
    new ResultFile("after", List.of(entries("2026-01-01", 1, 1, 1))).write(directory);
    new ResultFile("another", List.of(entries("2025-12-31", 1, 1, 1))).write(directory);

    assertThat(ResultFile.in(directory))
        .extracting(ResultFile::label)
        .containsExactly("another", "before", "after");
  }
}
