package io.quantumtrader.bench.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results that are kept in the tree: one file for each state of the project that was measured.
 *
 * @param label name of the state, which is the file's name, for example {@code before}
 * @param results results in force, one for each measurement
 */
public record ResultFile(String label, List<Result> results) {

  private static final String ENDING = ".json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Takes a copy of the results. */
  public ResultFile {
    results = List.copyOf(results);
  }

  /** Reads the files of a directory, those that were measured first in front. */
  public static List<ResultFile> in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .map(ResultFile::read)
          .sorted(Comparator.comparing(ResultFile::date).thenComparing(ResultFile::order))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the file with this label, or an empty one where there is none. */
  public static ResultFile labelled(Path directory, String label) {
    Path file = directory.resolve(label + ENDING);
    return Files.exists(file) ? read(file) : new ResultFile(label, List.of());
  }

  private static ResultFile read(Path file) {
    String name = file.getFileName().toString();
    try {
      Result[] results = JSON.readValue(file.toFile(), Result[].class);
      return new ResultFile(
          name.substring(0, name.length() - ENDING.length()), Arrays.asList(results));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name, unreadable);
    }
  }

  /** Returns results as JSON, the way that the files hold them. */
  public static String json(List<Result> results) {
    try {
      return JSON.writeValueAsString(results) + "\n";
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Returns the file with results added; a measurement that is in it is replaced whole. */
  public ResultFile with(List<Result> newer) {
    List<Result> all = new ArrayList<>(results);
    for (Result result : newer) {
      all.removeIf(each -> each.measurement().equals(result.measurement()));
      all.add(result);
    }
    all.sort(Comparator.comparing(Result::measurement));
    return new ResultFile(label, all);
  }

  /** Writes the file into a directory. */
  public void write(Path directory) {
    try {
      Files.writeString(Files.createDirectories(directory).resolve(label + ENDING), json(results));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Of two that were measured on one day, "before" is the earlier. */
  private int order() {
    return label.equals("before") ? 0 : 1;
  }

  private String date() {
    return results.stream().map(each -> each.provenance().date()).sorted().findFirst().orElse("");
  }
}
