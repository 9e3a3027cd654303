package io.quantumtrader.connectors.legacy;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The page that says of each captured write whether it is made again, and if not, why. */
final class GoldenPage {

  private static final String INTRO =
      """
      What the old services were seen to write to Redis, against what the [mapping](redis-contract.md) makes of \
      a record that says the same. A line is a case: what a service wrote in answer to one input. Cases \
      without writes are decisions only: of them there is nothing in Redis to compare.

      *Byte for byte*: the same command, key, names in the same order, contents and time to live; new \
      fields may follow (SETEX is SET with EX, and a hash is deleted before it is set). *But for named \
      fields*: the same, except for the fields in the second table. *Left out*: the third table.

      Defects are numbered as in the description of the old system: `exit n` is number n of section 18 of its \
      exit side, `entry XYn` the number in the tables of bugs of its entry side.
      """;

  private final GoldenRules rules;
  private final Map<String, List<GoldenWrite>> writes = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder();

  GoldenPage(GoldenRules rules, GoldenCoverage coverage) {
    this.rules = rules;
    GoldenWire.SERVICES.forEach(service -> writes.put(service, coverage.writes(service)));
  }

  List<GoldenWrite> all() {
    return writes.values().stream().flatMap(List::stream).toList();
  }

  /** Lines that write something of which nothing is made again. */
  long linesLeftOut() {
    return writes.keySet().stream().mapToLong(this::linesLeftOut).sum();
  }

  static int lines() {
    return GoldenWire.SERVICES.stream().mapToInt(name -> GoldenWire.cases(name).size()).sum();
  }

  GeneratedPage page() {
    line(INTRO);
    files();
    differences();
    leftOut();
    return new GeneratedPage("redis-golden.md", "Captured writes", out.toString());
  }

  private void files() {
    line(
        "| file | lines | that write | lines left out | writes | byte for byte |"
            + " but for named fields | left out |");
    line("|---|---|---|---|---|---|---|---|");
    List<List<Long>> rows = new ArrayList<>();
    for (String service : GoldenWire.SERVICES) {
      List<GoldenWrite> of = writes.get(service);
      List<Long> row =
          List.of(
              (long) GoldenWire.cases(service).size(),
              of.stream().map(GoldenWrite::line).distinct().count(),
              linesLeftOut(service),
              (long) of.size(),
              of.stream().filter(GoldenPage::same).count(),
              of.stream().filter(w -> w.comparison().isPresent() && !same(w)).count(),
              of.stream().filter(w -> w.comparison().isEmpty()).count());
      rows.add(row);
      row("`" + service + "`", row);
    }
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < rows.getFirst().size(); i++) {
      int column = i;
      sums.add(rows.stream().mapToLong(row -> row.get(column)).sum());
    }
    row("all", sums);
    line("");
    line(
        ("Left out are %.1f %% of all lines, %.1f %% of the lines that write, and %.1f %% of the"
                + " writes: most of those are the old services' private marks and counters, for"
                + " which there is no topic.")
            .formatted(
                100.0 * sums.get(2) / sums.get(0),
                100.0 * sums.get(2) / sums.get(1),
                100.0 * sums.get(6) / sums.get(3)));
  }

  private long linesLeftOut(String service) {
    Set<String> made =
        writes.get(service).stream()
            .filter(write -> write.comparison().isPresent())
            .map(GoldenWrite::line)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return writes.get(service).stream()
        .map(GoldenWrite::line)
        .distinct()
        .filter(name -> !made.contains(name))
        .count();
  }

  private void differences() {
    line("\n## Fields that differ\n");
    line("| file | key | fields | writes | defect | why |");
    line("|---|---|---|---|---|---|");
    for (GoldenRules.Difference rule : rules.differences()) {
      List<GoldenWrite> hit =
          all().stream()
              .filter(write -> write.isOf(rule.services(), rule.key(), rule.cases()))
              .filter(write -> write.comparison().isPresent())
              .filter(write -> rule.fields().stream().anyMatch(differing(write)::contains))
              .toList();
      String fields =
          rule.fields().stream().sorted().map(name -> "`" + name + "`").collect(joined());
      cells(files(hit), keys(hit), fields, hit.size() + "", rule.defect(), rule.why());
    }
  }

  private void leftOut() {
    line("\n## Writes left out\n");
    line("| file | key | command | writes | defect | why |");
    line("|---|---|---|---|---|---|");
    for (GoldenRules.LeftOut rule : rules.leftOut()) {
      List<GoldenWrite> hit =
          all().stream()
              .filter(write -> write.comparison().isEmpty())
              .filter(write -> rules.leftOut(write).filter(rule::equals).isPresent())
              .toList();
      String commands =
          hit.stream().map(GoldenWrite::command).distinct().sorted().collect(joined());
      cells(files(hit), keys(hit), commands, hit.size() + "", rule.defect(), rule.why());
    }
  }

  private static boolean same(GoldenWrite write) {
    return write.comparison().filter(GoldenComparison::same).isPresent();
  }

  private static Set<String> differing(GoldenWrite write) {
    return write.comparison().map(GoldenComparison::differing).orElse(Set.of());
  }

  private static String files(List<GoldenWrite> writes) {
    return writes.stream()
        .map(write -> "`" + write.service() + "`")
        .distinct()
        .sorted()
        .collect(joined());
  }

  /** Keys with symbols and ids left open. */
  private static String keys(List<GoldenWrite> writes) {
    return writes.stream()
        .map(GoldenWrite::key)
        .map(key -> key.replaceAll("[A-Z]{3}USDT", "{symbol}"))
        .map(key -> key.replaceAll("reconclose:.*|:p[0-9]+$|[0-9a-f]{16,}", ":{id}"))
        .map(key -> key.replaceAll(":[0-9a-f]{12}:[0-9]+", ":{id}").replace("::", ":"))
        .map(key -> "`" + key + "`")
        .distinct()
        .sorted()
        .collect(joined());
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private void row(String name, List<Long> numbers) {
    List<String> cells = new ArrayList<>(List.of(name));
    numbers.forEach(number -> cells.add(Long.toString(number)));
    cells(cells.toArray(String[]::new));
  }

  private void cells(String... cells) {
    line("| " + String.join(" | ", cells).replace("\n", " ") + " |");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
