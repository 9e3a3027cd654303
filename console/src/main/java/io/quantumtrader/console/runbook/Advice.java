package io.quantumtrader.console.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What to do about something: written by hand, in files beside this class, a line for each.
 *
 * @param causes what is likely to have caused it
 * @param lookAt what to look at
 * @param whatToDo what to do
 */
public record Advice(String causes, String lookAt, String whatToDo) {

  private static final int PARTS = 4;

  /** What stands where there is nothing to say. */
  static final String NOTHING = "-";

  /** Returns what is written about each reason code, by its name. */
  public static Map<String, Advice> ofCodes() {
    Map<String, Advice> all = new LinkedHashMap<>();
    for (List<String> parts : lines("codes.txt", PARTS)) {
      Advice before = all.put(parts.get(0), new Advice(parts.get(1), parts.get(2), parts.get(3)));
      if (before != null) {
        throw new IllegalStateException("codes.txt names " + parts.get(0) + " twice");
      }
    }
    return all;
  }

  /** Returns the lines of a file of this package, each in its parts. */
  static List<List<String>> lines(String name, int parts) {
    try (InputStream in = Advice.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + name);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
      List<String> lines =
          reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
      return lines.stream().map(line -> parts(line, name, parts)).collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> parts(String line, String name, int wanted) {
    List<String> parts = List.of(line.split(" \\| ", -1));
    if (parts.size() != wanted || parts.stream().anyMatch(String::isBlank)) {
      throw new IllegalStateException(name + " has a line without " + wanted + " parts: " + line);
    }
    return parts;
  }
}
