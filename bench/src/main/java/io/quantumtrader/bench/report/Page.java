package io.quantumtrader.bench.report;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The page of all figures, made of the files that are kept in the tree and of nothing else. */
public final class Page {

  private static final String NAME = "performance.md";
  private static final String NOT_MEASURED = "not measured";

  private final List<ResultFile> files;
  private final StringBuilder text = new StringBuilder();

  private Page(List<ResultFile> files) {
    this.files = files;
  }

  /**
   * Returns the page.
   *
   * @param files files with results, the earliest first
   * @param explanations what each measurement does, by its name, in the order of the page
   */
  public static GeneratedPage of(List<ResultFile> files, Map<String, String> explanations) {
    Page page = new Page(files);
    page.targets();
    explanations.forEach(page::measurement);
    return new GeneratedPage(NAME, "What it costs", page.text.toString());
  }

  private void targets() {
    text.append("## Targets\n\n| measured | when the targets were set |");
    files.forEach(file -> text.append(' ').append(file.label()).append(" |"));
    text.append(" at least | meant for later |\n|---|---|")
        .append("---|".repeat(files.size()))
        .append("---|---|\n");
    for (Target target : Target.ALL) {
      text.append("| ").append(target.title()).append(" | ").append(target.once()).append(" |");
      for (ResultFile file : files) {
        text.append(' ').append(measured(target, file)).append(" |");
      }
      text.append(' ').append(target.atLeast()).append(" | ").append(target.later());
      text.append(" |\n");
    }
    text.append('\n');
  }

  private static String measured(Target target, ResultFile file) {
    return target.figures().stream()
        .map(id -> measured(id, target.ofLoop(), file).map(Numbers::text).orElse(NOT_MEASURED))
        .collect(Collectors.joining(" / "));
  }

  private static Optional<Double> measured(String id, boolean ofLoop, ResultFile file) {
    for (Result result : file.results()) {
      Optional<Figure> figure = result.figure(id);
      if (figure.isPresent()) {
        return ofLoop
            ? result.toLoop(figure.get()).map(Rounds::median)
            : figure.map(Figure::median);
      }
    }
    return Optional.empty();
  }

  private void measurement(String name, String explanation) {
    text.append("## ").append(name).append("\n\n").append(explanation).append("\n\n");
    Map<String, Result> measured = new LinkedHashMap<>();
    for (ResultFile file : files) {
      file.results().stream()
          .filter(result -> result.measurement().equals(name))
          .forEach(result -> measured.put(file.label(), result));
    }
    if (measured.isEmpty()) {
      text.append("Not measured yet.\n\n");
      return;
    }
    measured.forEach(this::provenance);
    text.append('\n');
    table(measured);
  }

  private void provenance(String label, Result result) {
    Provenance from = result.provenance();
    text.append(
            "- **%s**: `%s` at commit %s, %s; "
                .formatted(label, from.command(), from.commit(), from.date()))
        .append(
            "%d cores, %d GB, JDK %s, Kafka %s; "
                .formatted(from.cores(), from.memoryGb(), from.jdk(), from.kafka()))
        .append("%d rounds".formatted(from.rounds()))
        .append(load(from))
        .append('\n');
  }

  /** Times on a machine that is doing something else are times of that, too. */
  private static String load(Provenance from) {
    if (from.loadBefore() < 0) {
      return "";
    }
    return "; load before: "
        + Numbers.text(from.loadBefore())
        + (from.loadBefore() > 2 * from.cores()
            ? " (**other work was going on**: processor times and ratios say more than times)"
            : "");
  }

  private void table(Map<String, Result> measured) {
    text.append("| figure | unit |");
    measured.keySet().forEach(label -> text.append(' ').append(label).append(" |"));
    text.append("\n|---|---|").append("---|".repeat(measured.size())).append('\n');
    for (String id : ids(measured)) {
      Figure any =
          measured.values().stream()
              .flatMap(result -> result.figure(id).stream())
              .toList()
              .getLast();
      text.append("| ").append(any.title()).append(" | ").append(any.unit()).append(" |");
      measured.values().forEach(result -> text.append(' ').append(cell(id, result)).append(" |"));
      text.append('\n');
    }
    text.append('\n');
  }

  private static Set<String> ids(Map<String, Result> measured) {
    Set<String> ids = new LinkedHashSet<>();
    measured.values().forEach(result -> result.figures().forEach(figure -> ids.add(figure.id())));
    return ids;
  }

  private static String cell(String id, Result result) {
    Optional<Figure> found = result.figure(id);
    if (found.isEmpty()) {
      return NOT_MEASURED;
    }
    List<String> parts = new ArrayList<>();
    parts.add(withSpread(found.get().values()));
    result.toLoop(found.get()).ifPresent(ratios -> parts.add("loop x " + withSpread(ratios)));
    return String.join("; ", parts);
  }

  private static String withSpread(List<Double> values) {
    String median = "**" + Numbers.text(Rounds.median(values)) + "**";
    return values.size() == 1
        ? median
        : "%s (%s to %s)"
            .formatted(
                median, Numbers.text(Rounds.least(values)), Numbers.text(Rounds.most(values)));
  }
}
