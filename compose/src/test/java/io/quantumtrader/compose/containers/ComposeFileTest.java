package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.app.alerting.AlertReceivers;
import io.quantumtrader.app.service.EnvironmentDefaults;
import io.quantumtrader.compose.containers.ComposeService.Condition;
import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What the compose files name exists and is used. There is no Docker here: the files are resolved
 * by {@link ComposeYaml} and held to the rules of this class.
 */
@Tag("real")
final class ComposeFileTest {

  /** Everything a service may say here; a misspelt key is none of them. */
  private static final Set<String> KEYS =
      Set.of(
          "build",
          "cap_drop",
          "command",
          "cpus",
          "depends_on",
          "entrypoint",
          "environment",
          "healthcheck",
          "image",
          "init",
          "logging",
          "mem_limit",
          "network_mode",
          "networks",
          "pids_limit",
          "ports",
          "profiles",
          "read_only",
          "restart",
          "security_opt",
          "stop_grace_period",
          "tmpfs",
          "user",
          "volumes");

  private static final Set<String> HEALTH_KEYS =
      Set.of("test", "interval", "timeout", "retries", "start_period");

  private static final Pattern AGENT = Pattern.compile("-javaagent:\\S+\\.jar=(\\d+):");

  /** Read by the entry script, by the log and as keys, beside the options of each command. */
  private static final Set<String> OF_EVERY_COMMAND =
      Set.of(
          "QUANTUM_JAVA_OPTS",
          "QUANTUM_LOG_LEVEL",
          "QUANTUM_BINANCE_KEY",
          "QUANTUM_BINANCE_SECRET");

  static Stream<List<Path>> files() {
    return Stream.of(
        List.of(ComposeProject.ROOT.resolve("compose.yaml")),
        List.of(ComposeProject.BASE),
        List.of(ComposeProject.BASE, ComposeProject.SCALE));
  }

  static ComposeProject everything(List<Path> files) throws IOException {
    return ComposeProject.of(files, Set.of("observability", "live"), ComposeProject.example());
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldResolveUnderEveryProfileWithServicesThatAreThere(List<Path> files) throws IOException {
    for (Set<String> profiles :
        List.of(
            Set.<String>of(),
            Set.of("observability"),
            Set.of("live"),
            Set.of("observability", "live"))) {
      // when
      ComposeProject project = ComposeProject.of(files, profiles, Map.of());

      // then
      assertThat(project.inOrder()).hasSameSizeAs(project.services().entrySet());
      assertThat(project.services().containsKey("grafana"))
          .isEqualTo(profiles.contains("observability"));
      assertThat(project.services().containsKey("preflight")).isEqualTo(profiles.contains("live"));
      for (ComposeService service : project.services().values()) {
        service.dependsOn().forEach((other, how) -> assertWaits(project, service, other, how));
      }
    }
  }

  private static void assertWaits(
      ComposeProject project, ComposeService service, String other, Condition how) {
    ComposeService target = project.services().get(other);
    assertThat(target).as(service.name() + " waits for " + other).isNotNull();
    assertThat(target.isJob())
        .as(service.name() + " waits for " + other)
        .isEqualTo(how == Condition.service_completed_successfully);
    assertThat(target.healthCommand().isEmpty()).as(other).isEqualTo(target.isJob());
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldFeedNothingUnderTheProfileLiveBeforeThePreflightHasPassed(List<Path> files)
      throws IOException {
    // when
    ComposeProject live = ComposeProject.of(files, Set.of("live"), Map.of());
    ComposeProject other = ComposeProject.of(files, Set.of(), Map.of());

    // then
    assertThat(live.services().get("feed").dependsOn())
        .containsEntry("preflight", Condition.service_completed_successfully);
    assertThat(other.services().get("feed").dependsOn()).doesNotContainKey("preflight");
    ComposeService preflight = live.services().get("preflight");
    assertThat(preflight.dependsOn()).isEmpty();
    for (String name :
        List.of(
            "QUANTUM_MARKET", "QUANTUM_MARKET_URL", "QUANTUM_MARKET_STREAMS", "QUANTUM_SYMBOLS")) {
      // Both must be told the same, or the one that looks would look at something else.
      assertThat(preflight.environment().get(name))
          .as(name)
          .isNotNull()
          .isEqualTo(live.services().get("feed").environment().get(name));
    }
    assertThat(preflight.environment().get("QUANTUM_EXCHANGE"))
        .isEqualTo(live.services().get("executor").environment().get("QUANTUM_EXCHANGE"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldKnowEveryKeyAndHardenEveryContainer(List<Path> files) throws IOException {
    for (ComposeService service : everything(files).services().values()) {
      String name = service.name();
      assertThat(KEYS).as(name).containsAll(service.fields().keySet());
      assertThat(HEALTH_KEYS)
          .as(name)
          .containsAll(ComposeYaml.map(service.fields(), "healthcheck").keySet());
      assertThat(service.list("cap_drop")).as(name).containsExactly("ALL");
      assertThat(service.text("stop_grace_period")).as(name).isEqualTo("60s");
      assertThat(service.text("mem_limit")).as(name).matches("\\d+[mg]");
      assertThat(service.text("pids_limit")).as(name).matches("[1-9]\\d*");
      assertThat(Double.parseDouble(service.text("cpus"))).as(name).isPositive();
      assertThat(service.text("user")).as(name).isNotEmpty().doesNotMatch("root.*|0(:.*)?");
      assertThat(service.text("read_only").equals("true"))
          .as(name)
          .isEqualTo(!name.startsWith("kafka"));
      assertThat(service.list("ports")).as(name).allMatch(port -> port.startsWith("127.0.0.1:"));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldUseEachVolumeFileAndPort(List<Path> files) throws IOException {
    ComposeProject project = everything(files);
    Set<String> used = new TreeSet<>();
    List<String> published = new ArrayList<>();
    for (ComposeService service : project.services().values()) {
      service.list("ports").forEach(port -> published.add(port.split(":", -1)[1]));
      for (String volume : service.list("volumes")) {
        String source = volume.split(":", -1)[0];
        if (source.startsWith("./")) {
          // What is shown by the profile is held to the metrics by tests of its own.
          if (service.list("profiles").isEmpty()) {
            assertThat(ComposeProject.FOLDER.resolve(source)).isDirectory().isNotEmptyDirectory();
          }
        } else {
          used.add(source);
        }
      }
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(project.volumes());
    assertThat(published).doesNotHaveDuplicates();
  }

  @Test
  void shouldShowEverySettingWithItsDefaultInTheExampleAndNoSecret() throws IOException {
    // given
    ComposeYaml yaml = new ComposeYaml(Map.of());
    yaml.read(List.of(ComposeProject.BASE, ComposeProject.SCALE, ComposeProject.CONNECT_PORT));
    Map<String, String> defaults = new HashMap<>();
    yaml.variables()
        .forEach(
            (name, values) -> {
              assertThat(values).as(name).hasSize(1);
              defaults.put(name, values.iterator().next());
            });

    // then
    assertThat(ComposeProject.example()).containsExactlyInAnyOrderEntriesOf(defaults);
    assertThat(ComposeProject.example())
        .allSatisfy(
            (name, value) -> {
              if (name.matches(".*(PASSWORD|SECRET|TOKEN|KEY).*")) {
                assertThat(value).as(name).isEmpty();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldGiveEachCommandVariablesThatItReads(List<Path> files) throws IOException {
    int commands = 0;
    for (ComposeService service : everything(files).services().values()) {
      if (service.isBuiltFrom(ComposeProject.APP) && service.list("entrypoint").isEmpty()) {
        CommandLine command = Quantum.commandLine();
        for (String word : service.list("command")) {
          command = command.getSubcommands().get(word);
          assertThat(command).as(service.name() + ": " + word).isNotNull();
        }
        Set<String> read =
            command.getCommandSpec().options().stream()
                .map(EnvironmentDefaults::variable)
                .collect(Collectors.toCollection(TreeSet::new));
        read.addAll(OF_EVERY_COMMAND);
        if (command.getCommandName().equals("alerting")) {
          read.addAll(AlertReceivers.VARIABLES);
        }
        if (command.getCommandSpec().findOption("--redis-uri") != null) {
          RedisConnectionConfig.define(new ConfigDef()).names().stream()
              .map(name -> "QUANTUM_" + name.toUpperCase(Locale.ROOT).replace('.', '_'))
              .forEach(read::add);
        }
        // A setting of Kafka's clients that none of them knows is refused as the service starts.
        assertThat(service.environment().keySet())
            .as(service.name())
            .filteredOn(name -> !name.startsWith("QUANTUM_KAFKA_"))
            .allMatch(read::contains);
        commands++;
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(6);
    Path folder = ComposeProject.FOLDER.resolve("images/app");
    assertThat(folder.resolve("quantum")).content().contains("QUANTUM_JAVA_OPTS");
    assertThat(ComposeProject.ROOT.resolve("app/src/main/resources/logback.xml"))
        .content()
        .contains("QUANTUM_LOG_LEVEL");
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldGiveScriptsAndBrokersVariablesThatTheyRead(List<Path> files) throws IOException {
    ComposeProject project = everything(files);
    Set<String> settings = new LinkedHashSet<>(KafkaConfig.configDef().names());
    for (ComposeService service : project.services().values()) {
      if (service.name().startsWith("kafka")) {
        assertThat(service.environment().keySet())
            .filteredOn(name -> !name.equals("KAFKA_HEAP_OPTS"))
            .allSatisfy(name -> assertThat(settings).contains(LoopbackStart.property(name)));
      }
    }
    Path images = ComposeProject.FOLDER.resolve("images");
    String connect =
        Files.readString(images.resolve("connect/worker.properties"))
            + Files.readString(images.resolve("connect/start"));
    assertThat(project.services().get("connect").environment().keySet())
        .filteredOn(name -> name.startsWith("QUANTUM_") && !name.equals("QUANTUM_REDIS_USERNAME"))
        .allSatisfy(name -> assertThat(connect).contains(name));
    assertThat(project.services().get("secrets").environment().keySet())
        .allSatisfy(
            name -> assertThat(images.resolve("app/make-password")).content().contains(name));
    assertThat(project.services().get("redis").environment().keySet())
        .allSatisfy(
            name ->
                assertThat(ComposeProject.FOLDER.resolve("redis/start")).content().contains(name));
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldLetPrometheusAskEveryServiceThatShowsMetricsAndNoOther(List<Path> files)
      throws IOException {
    // given
    ComposeProject project = everything(files);
    Set<String> shown = new TreeSet<>();
    for (ComposeService service : project.services().values()) {
      String port = service.environment().get("QUANTUM_METRICS_PORT");
      Matcher agent = AGENT.matcher(service.environment().getOrDefault("KAFKA_OPTS", ""));
      if (port != null) {
        shown.add(service.name() + ":" + port);
      } else if (agent.find()) {
        shown.add(service.name() + ":" + agent.group(1));
      }
    }

    // when
    Map<String, List<String>> targets = ScrapeTargets.of(project);

    // then
    assertThat(shown).contains("stages:9400", "executor:9400", "connect:9404");
    assertThat(shown.contains("stages-2:9400")).isEqualTo(files.contains(ComposeProject.SCALE));
    assertThat(targets.values().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(shown);
    assertThat(targets)
        .allSatisfy((job, all) -> assertThat(all).allMatch(target -> target.startsWith(job)));
  }

  @Test
  void shouldSpreadOverThreeBrokersAndTwoInstances() throws IOException {
    // when
    ComposeProject project = everything(List.of(ComposeProject.BASE, ComposeProject.SCALE));

    // then
    Map<String, ComposeService> services = project.services();
    for (String name : List.of("kafka", "kafka-2", "kafka-3")) {
      assertThat(services.get(name).environment())
          .as(name)
          .containsEntry("KAFKA_DEFAULT_REPLICATION_FACTOR", "3")
          .containsEntry("KAFKA_MIN_INSYNC_REPLICAS", "2")
          .containsEntry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "2");
      assertThat(services.get(name).list("volumes")).hasSize(1);
    }
    assertThat(Stream.of("kafka", "kafka-2", "kafka-3"))
        .map(name -> services.get(name).environment().get("KAFKA_NODE_ID"))
        .containsExactly("1", "2", "3");
    for (String name : List.of("stages", "stages-2")) {
      assertThat(services.get(name).environment()).containsEntry("QUANTUM_STANDBY_REPLICAS", "1");
    }
    assertThat(services.values())
        .filteredOn(one -> one.environment().containsKey("QUANTUM_BOOTSTRAP_SERVERS"))
        .allSatisfy(
            one ->
                assertThat(one.environment().get("QUANTUM_BOOTSTRAP_SERVERS"))
                    .as(one.name())
                    .isEqualTo("kafka:19092,kafka-2:19092,kafka-3:19092"));
  }
}
