package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quantumtrader.app.Quantum;
import io.quantumtrader.compose.readme.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What docs/backup.md has people type is understood, and names volumes, images, services and
 * addresses of the compose file. What the commands on a data directory do, other tests hold.
 */
final class BackupPageTest {

  private static final String PAGE = "docs/backup.md";
  private static final String LAUNCHER = "./quantum ";

  /** A volume at a place in a container, or a directory of this machine there. */
  private static final Pattern MOUNTED = Pattern.compile("-v (\\S+):(/\\w+)(:ro)?");

  private static List<String> commands(String beginning) throws IOException {
    return Page.of(PAGE).lines().stream()
        .map(Page::command)
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  private static String text() throws IOException {
    return Files.readString(ComposeProject.ROOT.resolve(PAGE));
  }

  private static JsonNode compose() throws IOException {
    return new YAMLMapper().readTree(ComposeProject.BASE.toFile());
  }

  private static Set<String> volumes() throws IOException {
    String project = compose().path("name").asText();
    Set<String> volumes = new TreeSet<>();
    compose()
        .path("volumes")
        .fieldNames()
        .forEachRemaining(name -> volumes.add(project + "_" + name));
    return volumes;
  }

  @Test
  void shouldUnderstandEveryCommandOfTheLauncher() throws IOException {
    List<String> lines = new ArrayList<>(commands(LAUNCHER));
    assertThat(lines).hasSize(3);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("./quantum backup "))
        .anyMatch(line -> line.startsWith("./quantum restore "));
    Matcher inline = Pattern.compile("`(\\./quantum [^`]+)`").matcher(text());
    while (inline.find()) {
      lines.add(inline.group(1).replace("--data DIR", "--data data"));
    }
    // In a container the launcher is the image's own.
    commands("docker compose run ").stream()
        .map(line -> LAUNCHER + line.substring(line.indexOf(" control ") + 1))
        .forEach(lines::add);
    for (String line : lines) {
      String[] words = line.substring(LAUNCHER.length()).split(" ", -1);
      assertThat(Quantum.commandLine().parseArgs(words).errors()).as(line).isEmpty();
    }
  }

  @Test
  void shouldSaveAndPutBackTheSameVolumes() throws IOException {
    List<Map<String, String>> saved = new ArrayList<>();
    List<Map<String, String>> back = new ArrayList<>();
    String image = compose().path("x-images").path("redis").asText();
    for (String line : commands("docker run ")) {
      Map<String, String> places =
          MOUNTED
              .matcher(line)
              .results()
              .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
      assertThat(places).as(line).hasSize(2).containsKey("\"$PWD\"");
      String volume =
          places.keySet().stream().filter(each -> !each.startsWith("\"")).findFirst().orElseThrow();
      assertThat(volumes()).as(line).contains(volume);
      String file = volume.replaceFirst(".*_", "") + ".tgz";
      String here = places.get("\"$PWD\"") + "/" + file;
      boolean saves = line.contains(" -czf ");
      assertThat(line)
          .endsWith(
              saves
                  ? " tar -C " + places.get(volume) + " -czf " + here + " ."
                  : " tar -C " + places.get(volume) + " -xzf " + here)
          .contains(" " + image + " ")
          // Whatever is only read cannot be damaged.
          .contains((saves ? volume + ":" + places.get(volume) : "\"$PWD\":/from") + ":ro");
      (saves ? saved : back).add(Map.of(volume, file));
    }
    assertThat(saved).hasSize(2).isEqualTo(back);
  }

  @Test
  void shouldDeleteWhatIsNewerThanWhatIsPutBack() throws IOException {
    // given
    List<String> deleted = commands("docker volume rm ");
    assertThat(deleted).hasSize(1);
    Set<String> volumes =
        Stream.of(deleted.getFirst().substring("docker volume rm ".length()).split(" ", -1))
            .collect(Collectors.toCollection(TreeSet::new));

    // then: what is saved, and the stores that are made of it
    Set<String> expected =
        commands("docker run ").stream()
            .flatMap(line -> MOUNTED.matcher(line).results().map(found -> found.group(1)))
            .filter(name -> !name.startsWith("\""))
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add(compose().path("name").asText() + "_stages-state");
    assertThat(volumes).isEqualTo(expected);
    assertThat(volumes()).containsAll(volumes);
  }

  @Test
  void shouldSayOfEveryVolumeWhatIsLostWithIt() throws IOException {
    String text = text();
    for (String volume : volumes()) {
      String name = volume.replaceFirst(".*_", "");
      boolean secret = name.endsWith("secrets");
      assertThat(text).as(volume).contains(secret ? "passwords" : name);
    }
  }

  @Test
  void shouldNameServicesAndAddressesOfTheComposeFile() throws IOException {
    ComposeProject project =
        ComposeProject.of(List.of(Path.of(ComposeProject.BASE.toString())), Set.of(), Map.of());
    List<String> starts = commands("docker compose up --detach --wait ");
    assertThat(starts).hasSize(1);
    assertThat(project.services().keySet())
        .containsAll(
            List.of(
                starts
                    .getFirst()
                    .substring("docker compose up --detach --wait ".length())
                    .split(" ", -1)));
    List<String> orders = commands("docker compose run --rm --no-deps ");
    assertThat(orders).hasSize(1);
    String order = orders.getFirst();
    ComposeService service = project.services().get(order.split(" ", -1)[5]);
    assertThat(order)
        .contains(
            "--bootstrap-servers " + service.environment().get("QUANTUM_BOOTSTRAP_SERVERS"),
            "--schema-registry " + service.environment().get("QUANTUM_SCHEMA_REGISTRY"));
    assertThat(service.isJob()).isTrue();
  }
}
