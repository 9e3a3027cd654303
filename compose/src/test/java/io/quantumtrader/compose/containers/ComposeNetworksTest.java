package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which container of the compose files reaches which, and where Redis's memory ends. */
@Tag("real")
final class ComposeNetworksTest {

  /** Whoever reaches Connect's REST interface can have it read Redis's password. */
  @ParameterizedTest
  @MethodSource("io.quantumtrader.compose.containers.ComposeFileTest#files")
  void shouldLetOnlyThoseReachConnectWhoHaveTo(List<Path> files) throws IOException {
    // when
    ComposeProject project = ComposeFileTest.everything(files);

    // then
    ComposeService connect = project.services().get("connect");
    assertThat(connect.list("ports")).isEmpty();
    assertThat(project.services().values())
        .filteredOn(one -> !one.name().equals("connect") && isBeside(one, connect))
        .extracting(ComposeService::name)
        .allMatch(
            name ->
                name.matches("kafka(-\\d)?|stages(-\\d)?|registry|redis|connectors|prometheus"));
    assertThat(isBeside(project.services().get("grafana"), project.services().get("kafka")))
        .isFalse();
    assertThat(isBeside(project.services().get("agent"), project.services().get("redis")))
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.quantumtrader.compose.containers.ComposeFileTest#files")
  void shouldLetEachServiceReachWhatItWaitsForAndWhatItIsTold(List<Path> files) throws IOException {
    Map<String, ComposeService> services = ComposeFileTest.everything(files).services();
    for (ComposeService service : services.values()) {
      assertThat(service.list("networks").isEmpty())
          .as(service.name() + " is in a network that has a name")
          .isEqualTo(service.text("network_mode").equals("none"));
      for (String value : service.environment().values()) {
        Matcher told = Pattern.compile("(?:^|//|,|@)([a-z][a-z0-9-]*):\\d+").matcher(value);
        while (told.find()) {
          ComposeService other = services.get(told.group(1));
          if (other != null) {
            assertThat(other.name().equals(service.name()) || isBeside(service, other))
                .as(service.name() + " is told of " + other.name())
                .isTrue();
          }
        }
      }
    }
    assertThat(services.values().stream().flatMap(one -> one.list("networks").stream()))
        .containsAll(ComposeFileTest.everything(files).networks())
        .allMatch(ComposeFileTest.everything(files).networks()::contains);
    ScrapeTargets.of(ComposeFileTest.everything(files)).values().stream()
        .flatMap(List::stream)
        .map(target -> services.get(target.split(":", -1)[0]))
        .forEach(
            target ->
                assertThat(isBeside(services.get("prometheus"), target))
                    .as(target.name())
                    .isTrue());
  }

  private static boolean isBeside(ComposeService one, ComposeService other) {
    return one.list("networks").stream().anyMatch(other.list("networks")::contains);
  }

  @Test
  void shouldPublishConnectOnThisMachineOnlyWhereThatIsAskedFor() throws IOException {
    // when
    ComposeProject asked =
        ComposeProject.of(
            List.of(ComposeProject.BASE, ComposeProject.CONNECT_PORT), Set.of(), Map.of());

    // then
    assertThat(asked.services().get("connect").list("ports"))
        .containsExactly("127.0.0.1:8083:8083");
  }

  @Test
  void shouldLetRedisNoticeThatItIsFullBeforeItIsKilled() throws IOException {
    // given
    String conf = Files.readString(ComposeProject.FOLDER.resolve("redis/redis.conf"));
    Matcher most = Pattern.compile("(?m)^maxmemory (\\d+)mb$").matcher(conf);

    // then
    assertThat(most.find()).isTrue();
    String limit =
        ComposeProject.of(List.of(ComposeProject.BASE), Set.of(), Map.of())
            .services()
            .get("redis")
            .text("mem_limit");
    assertThat(limit).matches("\\d+m");
    assertThat(Integer.parseInt(most.group(1)))
        .isLessThanOrEqualTo(Integer.parseInt(limit.replace("m", "")) * 3 / 4);
    assertThat(conf).contains("maxmemory-policy noeviction");
  }
}
