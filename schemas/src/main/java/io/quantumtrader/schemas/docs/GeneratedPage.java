package io.quantumtrader.schemas.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A page under {@code docs/} of which the part between two markers is generated. What stands around
 * the markers is written by hand and kept.
 *
 * @param name file name, for example {@code topics.md}
 * @param title heading of a page that does not exist yet
 * @param content what belongs between the markers, Markdown
 */
public record GeneratedPage(String name, String title, String content) {

  private static final String BEGIN = "<!-- generated: begin -->";
  private static final String END = "<!-- generated: end -->";

  /** Returns the docs directory of the source tree around the working directory. */
  public static Path directory() {
    Path start = Path.of("").toAbsolutePath();
    for (Path directory = start; directory != null; directory = directory.getParent()) {
      if (Files.isDirectory(directory.resolve(".mvn"))) {
        return directory.resolve("docs");
      }
    }
    throw new IllegalStateException(start + " is not in a source tree: no .mvn directory above it");
  }

  /** Returns what is wrong with the page in this directory, or empty where it is up to date. */
  public Optional<String> outdated(Path directory) {
    try {
      Path file = directory.resolve(name);
      if (!Files.exists(file)) {
        return Optional.of("docs/" + name + " does not exist");
      }
      String now = Files.readString(file);
      return now.equals(merged(now))
          ? Optional.empty()
          : Optional.of("docs/" + name + " is out of date");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Writes the page into this directory; creates both where they do not exist. */
  public void write(Path directory) {
    try {
      Path file = Files.createDirectories(directory).resolve(name);
      String before =
          Files.exists(file)
              ? Files.readString(file)
              : "# " + title + "\n\n" + BEGIN + "\n" + END + "\n";
      Files.writeString(file, merged(before));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private String merged(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(
          "docs/" + name + " lacks the markers " + BEGIN + " and " + END);
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n"
        + content.strip()
        + "\n"
        + page.substring(end);
  }

  /** Returns text that a Markdown table cell can hold. */
  static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
