package io.quantumtrader.compose.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page tells people to type. A command is a line of a fenced block without a language that
 * begins with neither a blank nor a brace (pictures and records do), and whatever stands in back
 * quotes and begins as a command does.
 */
public final class Page {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FENCE = "```";
  private static final Pattern INLINE =
      Pattern.compile("`((?:\\./quantum|\\.ci/run|mvn|docker|redis-cli)\\b[^`]*)`");

  private final List<String> lines = new ArrayList<>();
  private final List<String> inline = new ArrayList<>();

  private Page() {}

  /** Reads a page of the project, named from its root. */
  public static Page of(String name) throws IOException {
    Page page = new Page();
    String fence = null;
    for (String line : Files.readAllLines(ROOT.resolve(name))) {
      if (line.startsWith(FENCE)) {
        fence = fence == null ? line.substring(FENCE.length()).strip() : null;
      } else if (fence == null) {
        Matcher quoted = INLINE.matcher(line);
        while (quoted.find()) {
          page.inline.add(quoted.group(1));
        }
      } else if (fence.isEmpty() && line.matches("[^ {].*")) {
        page.lines.add(line);
      }
    }
    return page;
  }

  /** Returns the lines of fenced blocks that are commands, as they stand, with their comments. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Returns the commands in running text, some of them cut short. */
  List<String> inline() {
    return List.copyOf(inline);
  }

  /** Returns a line without the comment at its end. */
  public static String command(String line) {
    return line.replaceAll("\\s+#.*", "").strip();
  }
}
