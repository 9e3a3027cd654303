package io.quantumtrader.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the pages take for true of the exchange has a name, and each name tests that rest on it:
 * {@code @Tag("assumes-NAME")}. Whoever learns that one is false finds there what has to change.
 */
final class AssumptionsTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"assumes-([^\"]*)\"\\)");
  private static final Pattern CELL = Pattern.compile("`([a-z0-9]+(-[a-z0-9]+)*)`");

  /** What may follow a tag up to the test or class that it belongs to. */
  private static final Pattern TAGGED =
      Pattern.compile("(?s)(\\s*@\\w+(\\([^()]*\\))?)*\\s*(final class|class|void) (\\w+).*");

  @ParameterizedTest
  @ValueSource(strings = {"binance.md", "exchange-twin.md"})
  void shouldHaveATestForEachLineOfThePage(String page) throws IOException {
    Map<String, Set<String>> tests = tests();

    assertThat(names(page))
        .hasSizeGreaterThan(9)
        .allSatisfy(name -> assertThat(tests).as("tests that rest on it").containsKey(name));
  }

  @Test
  void shouldHaveALineForEachTestThatRestsOnOne() throws IOException {
    Set<String> written = new TreeSet<>(names("binance.md"));
    written.addAll(names("exchange-twin.md"));

    assertThat(written).containsAll(tests().keySet());
  }

  /** A name that is on both pages stands for the same thing on both. */
  @Test
  void shouldSayTheSameOnBothPages() throws IOException {
    Map<String, String> adapter = lines("binance.md");
    Map<String, String> twin = lines("exchange-twin.md");
    Set<String> both = new TreeSet<>(adapter.keySet());
    both.retainAll(twin.keySet());

    assertThat(both)
        .contains("conditional-takes-position")
        .allSatisfy(name -> assertThat(twin.get(name)).isEqualTo(adapter.get(name)));
  }

  private static List<String> names(String page) throws IOException {
    List<String> names = new ArrayList<>();
    for (String[] cells : rows(page)) {
      Matcher name = CELL.matcher(cells[1].strip());
      assertThat(name.matches()).as("a name before: %s", cells[2]).isTrue();
      names.add(name.group(1));
    }
    assertThat(names).as(page).doesNotHaveDuplicates();
    return names;
  }

  private static Map<String, String> lines(String page) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (String[] cells : rows(page)) {
      lines.put(cells[1].strip().replace("`", ""), cells[2].strip());
    }
    return lines;
  }

  /** Returns the cells of the table below the heading that says what is assumed. */
  private static List<String[]> rows(String page) throws IOException {
    String text = Files.readString(HOME.resolve("docs").resolve(page));
    String from = text.substring(text.indexOf("assumed\n"));
    int next = from.indexOf("\n## ");
    return (next < 0 ? from : from.substring(0, next))
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> line.split("\\|"))
        .toList();
  }

  /** Returns the tests that rest on each assumption, by its name. */
  private static Map<String, Set<String>> tests() throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      Matcher tag = TAG.matcher(text);
      while (tag.find()) {
        Matcher tagged = TAGGED.matcher(text.substring(tag.end()));
        assertThat(tagged.matches()).as("%s in %s", tag.group(), source).isTrue();
        String name = source.getFileName() + " " + tagged.group(4);
        tests.computeIfAbsent(tag.group(1), first -> new TreeSet<>()).add(name);
      }
    }
    return tests;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(HOME)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(AssumptionsTest::javaFiles)
          .filter(file -> !file.endsWith("AssumptionsTest.java"))
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
