package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.compose.readme.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the README has people type for Docker names files and profiles that are there, and starts
 * something. What is started then, {@link ComposeProcessTest} starts as processes.
 */
public final class ComposeCommandsTest {

  private static final String DOCKER = "docker compose ";

  /** Settings before a command, as a shell takes them. */
  private static final Pattern SETTING = Pattern.compile("([A-Z_]+)=(\\S+) ");

  private static final Path DEFAULT = ComposeProject.ROOT.resolve("compose.yaml");

  /** Returns whether a command is one that this test looks at. */
  public static boolean isOne(String command) {
    return withoutSettings(command).startsWith(DOCKER);
  }

  @Test
  void shouldStartServicesByEveryCommandOfTheReadme() throws IOException {
    List<String> commands =
        Page.of("README.md").lines().stream()
            .map(Page::command)
            .filter(ComposeCommandsTest::isOne)
            .toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
    for (String command : commands) {
      assertResolves(command);
    }
  }

  private static String withoutSettings(String command) {
    Matcher setting = SETTING.matcher(command);
    int from = 0;
    while (setting.find(from) && setting.start() == from) {
      from = setting.end();
    }
    return command.substring(from);
  }

  private static Map<String, String> settings(String command) {
    String text = command.substring(0, command.length() - withoutSettings(command).length());
    return SETTING
        .matcher(text)
        .results()
        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
  }

  private static void assertResolves(String command) throws IOException {
    Map<String, String> settings = settings(command);
    assertThat(ComposeProject.example().keySet()).as(command).containsAll(settings.keySet());
    List<Path> files = new ArrayList<>();
    Set<String> profiles = new HashSet<>();
    List<String> left = new ArrayList<>();
    List<String> words =
        List.of(withoutSettings(command).substring(DOCKER.length()).split(" ", -1));
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-f" -> files.add(ComposeProject.ROOT.resolve(words.get(++i)));
        case "--profile" -> profiles.add(words.get(++i));
        default -> left.add(words.get(i));
      }
    }
    assertThat(left).as(command).containsExactly("up");
    assertThat(files).as(command).allMatch(Files::exists);
    List<Path> read = files.isEmpty() ? List.of(DEFAULT) : files;
    Set<String> plain = ComposeProject.of(read, Set.of(), settings).services().keySet();
    assertThat(plain).as(command).isNotEmpty();
    for (String profile : profiles) {
      assertThat(ComposeProject.of(read, Set.of(profile), settings).services().keySet())
          .as(command)
          .hasSizeGreaterThan(plain.size());
    }
  }
}
