package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images: pinned, in one place, and built from files that are there. */
@Tag("real")
final class ComposeImagesTest {

  private static final Pattern PINNED =
      Pattern.compile("([a-z0-9./-]+):(v?\\d+\\.\\d+\\.\\d+\\S*)");
  private static final Pattern COPY =
      Pattern.compile("(?m)^COPY (?!--from)(?:--chmod=\\d+ )?(.+) \\S+$");
  private static final Pattern FROM_STAGE = Pattern.compile("--from=(\\w+)");
  private static final Pattern ARGUMENT = Pattern.compile("(?m)^ARG (\\S+)$");

  private static ComposeProject project() throws IOException {
    return ComposeProject.of(
        List.of(ComposeProject.BASE), Set.of("observability"), ComposeProject.example());
  }

  private static String read(String path) throws IOException {
    return Files.readString(ComposeProject.ROOT.resolve(path));
  }

  @Test
  void shouldPinEveryImageInOnePlace() throws IOException {
    // given
    String all =
        read("compose/docker-compose.yml")
            + read("compose/docker-compose.scale.yml")
            + read("compose/.env.example")
            + read(ComposeProject.APP)
            + read(ComposeProject.CONNECT);
    Set<String> images = new TreeSet<>();
    for (ComposeService service : project().services().values()) {
      Map<String, Object> build = ComposeYaml.map(service.fields(), "build");
      if (build.isEmpty()) {
        images.add(service.text("image"));
      } else {
        assertThat(service.text("image")).matches("quantum-streams/(app|connect):local");
        ComposeYaml.map(build, "args").values().forEach(image -> images.add(image.toString()));
      }
    }

    // then
    assertThat(images)
        .hasSize(8)
        .allSatisfy(
            image -> {
              Matcher pinned = PINNED.matcher(image);
              assertThat(pinned.matches()).as(image).isTrue();
              assertThat(all.split(Pattern.quote(pinned.group(2)), -1)).as(image).hasSize(2);
            });
    assertThat(read("pom.xml"))
        .contains("<kafka.version>" + tag(images, "apache/kafka:") + "</kafka.version>")
        .contains("<apicurio.version>" + tag(images, "apicurio/") + "</apicurio.version>");
  }

  private static String tag(Set<String> images, String begin) {
    String image = images.stream().filter(one -> one.startsWith(begin)).findFirst().orElseThrow();
    return image.substring(image.indexOf(':') + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {ComposeProject.APP, ComposeProject.CONNECT})
  void shouldBuildFromFilesThatAreThere(String dockerfile) throws IOException {
    // given
    String text = read(dockerfile);
    List<String> sources = new ArrayList<>();
    COPY.matcher(text)
        .results()
        .forEach(copy -> sources.addAll(List.of(copy.group(1).split(" ", -1))));

    // then
    assertThat(sources)
        .contains("pom.xml", "schemas")
        .allSatisfy(source -> assertThat(ComposeProject.ROOT.resolve(source)).exists());
    assertThat(FROM_STAGE.matcher(text).results().map(one -> one.group(1)))
        .isNotEmpty()
        .allMatch(stage -> text.contains(" AS " + stage + "\n"));
    ComposeService service =
        project().services().values().stream()
            .filter(one -> one.isBuiltFrom(dockerfile))
            .findFirst()
            .orElseThrow();
    Map<String, Object> build = ComposeYaml.map(service.fields(), "build");
    assertThat(ARGUMENT.matcher(text).results().map(one -> one.group(1)))
        .containsExactlyInAnyOrderElementsOf(ComposeYaml.map(build, "args").keySet());
    assertThat(text).contains("USER " + service.text("user") + "\n");
    // Every module is named by the parent's pom, so Maven wants to read each of theirs.
    assertThat(Pattern.compile("<module>(\\w+)</module>").matcher(read("pom.xml")).results())
        .map(one -> one.group(1))
        .allSatisfy(module -> assertThat(sources).containsAnyOf(module, module + "/pom.xml"));
  }

  @Test
  void shouldHaveScriptsThatAShellUnderstands() throws Exception {
    List<Path> scripts = new ArrayList<>();
    for (String folder : List.of("images/app", "images/connect", "redis")) {
      try (Stream<Path> files = Files.list(ComposeProject.FOLDER.resolve(folder))) {
        files
            .filter(file -> !file.getFileName().toString().matches(".*\\..*|Dockerfile"))
            .forEach(scripts::add);
      }
    }
    assertThat(scripts).hasSize(6);
    for (Path script : scripts) {
      assertThat(script).isExecutable();
      Process check = new ProcessBuilder("/bin/sh", "-n", script.toString()).start();
      assertThat(check.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(check.exitValue()).as(script.toString()).isZero();
    }
  }

  @Test
  void shouldKeepWhatIsCopiedOutOfDockersIgnoredFiles() throws IOException {
    assertThat(read(".dockerignore").lines().filter(line -> !line.startsWith("#")))
        .contains(".git", "**/target", ".env")
        .noneMatch(line -> line.matches("compose|docs|\\.mvn|app|schemas|connectors"));
  }
}
