package io.quantumtrader.compose.containers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process answered to a scrape. */
public final class Exposition {

  /** What Prometheus adds by itself. */
  private static final Set<String> ADDED = Set.of("job", "instance");

  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][^{ ]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([^=,]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, List<Sample>> samples = new HashMap<>();

  private record Sample(Map<String, String> labels, double value) {}

  private Exposition() {}

  /** Reads what processes answered, as one. */
  public static Exposition of(String... scrapes) {
    Exposition read = new Exposition();
    for (String scrape : scrapes) {
      scrape.lines().filter(line -> !line.startsWith("#")).forEach(read::add);
    }
    return read;
  }

  private void add(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a sample: " + line);
    }
    Map<String, String> labels = new HashMap<>();
    if (matcher.group(2) != null) {
      LABEL.matcher(matcher.group(2)).results().forEach(r -> labels.put(r.group(1), r.group(2)));
    }
    String value = matcher.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
    samples
        .computeIfAbsent(matcher.group(1), name -> new ArrayList<>())
        .add(new Sample(labels, Double.parseDouble(value)));
  }

  /** Returns the value of the one series that has at least these labels, or NaN. */
  public double value(String name, Map<String, String> labels) {
    return samples.getOrDefault(name, List.of()).stream()
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Returns why a panel or rule that asks for this would stay empty, or empty where it does not.
   */
  public Optional<String> missing(PromQl.Selector asked) {
    if (asked.name().equals("up")) {
      return Optional.empty();
    }
    List<Sample> named = samples.getOrDefault(asked.name(), List.of());
    if (named.isEmpty()) {
      return Optional.of("nobody shows " + asked.name());
    }
    Set<String> labels = new HashSet<>(asked.labels());
    labels.removeAll(ADDED);
    List<Sample> fitting =
        named.stream()
            .filter(sample -> sample.labels().keySet().containsAll(labels))
            .filter(sample -> sample.labels().entrySet().containsAll(asked.equal().entrySet()))
            .toList();
    if (fitting.isEmpty()) {
      return Optional.of(
          asked.name() + " has no series with " + labels + " " + asked.equal() + ": " + named);
    }
    return fitting.stream().allMatch(sample -> Double.isNaN(sample.value()))
        ? Optional.of(asked + " is NaN everywhere")
        : Optional.empty();
  }
}
