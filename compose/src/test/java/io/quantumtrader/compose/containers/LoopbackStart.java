package io.quantumtrader.compose.containers;

import io.quantumtrader.compose.real.PluginZip;
import io.quantumtrader.compose.real.WorkerProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import redis.embedded.core.ExecutableProvider;

/**
 * Starts services of the compose file as plain processes. What is not the project's own runs from
 * the jars and binaries of the embedded stack, with the environment of the file.
 */
final class LoopbackStart {

  /** The image has one for all time, so that a broker finds its directory again. */
  private static final Uuid CLUSTER = Uuid.randomUuid();

  /** What the thin directory of app has not, by what its class path would name. */
  private static final Pattern SERVERS =
      Pattern.compile(
          "/compose/target/|/quantum-compose-|/kafka_2\\.13-|/kafka-server-|/connect-runtime-"
              + "|/scala-|/embedded-redis-|/kafka-test-|/kafka-(metadata|raft|storage)-");

  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  private static final String LOGGING =
      """
      <configuration>
        <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{HH:mm:ss.SSS} %level %logger{0} %msg%n%ex{3}</pattern></encoder>
        </appender>
        <root level="warn"><appender-ref ref="out"/></root>
      </configuration>
      """;

  /** Redis's own client is not among the binaries; this asks as it does. */
  private static final String REDIS_CLI =
      """
      #!/bin/bash
      exec 3<>/dev/tcp/127.0.0.1/@PORT@ || exit 1
      printf 'AUTH %s\\r\\n%s\\r\\n' "$REDISCLI_AUTH" "$1" >&3
      read -r ignored <&3
      read -r answer <&3
      printf '%s\\n' "$(printf %s "$answer" | tr -d '+\\r')"
      """;

  private static final String CONNECT =
      """
      #!/bin/sh
      exec java @SMALL@ $KAFKA_HEAP_OPTS $KAFKA_OPTS -Dlogback.configurationFile=@LOG@ -cp '@PATH@' \\
        org.apache.kafka.connect.cli.ConnectDistributed "$1"
      """;

  private final Path directory;
  private final Loopback loopback;

  LoopbackStart(Path directory, Loopback loopback) throws IOException {
    this.directory = directory;
    this.loopback = loopback;
    Files.createDirectories(directory.resolve("bin"));
    Files.createDirectories(directory.resolve("logs"));
    Files.writeString(logging(), LOGGING);
  }

  /** Starts a service. */
  LoopbackService start(ComposeService service) throws IOException {
    return start(service, service.name());
  }

  /**
   * Starts a service, again perhaps: on the same ports and data.
   *
   * @param log name of its log
   */
  LoopbackService start(ComposeService service, String log) throws IOException {
    Map<String, String> environment = loopback.environment(service);
    List<String> command =
        switch (service.name()) {
          case "kafka" -> kafka(environment);
          case "registry" -> registry(environment);
          case "redis" -> redis(service);
          case "connect" -> connect(service, environment);
          default -> own(service, environment);
        };
    return LoopbackService.start(
        service,
        command,
        environment,
        loopback.health(service),
        directory.resolve("logs").resolve(log + ".log"));
  }

  private Path logging() {
    return directory.resolve("logback.xml");
  }

  /** The image's own start makes properties of the variables, and formats an empty directory. */
  private List<String> kafka(Map<String, String> environment) throws IOException {
    Path file = directory.resolve("server.properties");
    Files.writeString(
        file,
        environment.entrySet().stream()
            .filter(one -> one.getKey().startsWith("KAFKA_"))
            .filter(one -> !one.getKey().equals("KAFKA_HEAP_OPTS"))
            .map(one -> property(one.getKey()) + "=" + one.getValue())
            .collect(Collectors.joining("\n")));
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String[] format = {
      "format", "--ignore-formatted", "-t", CLUSTER.toString(), "-c", file.toString()
    };
    if (StorageTool.execute(format, silent) != 0) {
      throw new IOException("the broker's directory cannot be formatted");
    }
    List<String> command = java(List.of(environment.get("KAFKA_HEAP_OPTS").split(" ", -1)));
    command.addAll(List.of("-cp", classPath(), "kafka.Kafka", file.toString()));
    return command;
  }

  /** Returns the setting that a variable of the image stands for. */
  static String property(String variable) {
    return variable.replaceFirst("^KAFKA_", "").toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private List<String> registry(Map<String, String> environment) {
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(loopback.port("registry", 8080)));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", "0");
    List<String> command = java(List.of("-Xmx256m"));
    command.addAll(List.of("-jar", Loopback.registry().toString()));
    return command;
  }

  private List<String> redis(ComposeService service) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("redis"));
    Path program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    Path link = directory.resolve("bin/redis-server");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, program.toAbsolutePath());
    String port = Integer.toString(loopback.port("redis", 6379));
    Path client = directory.resolve("bin/redis-cli");
    Files.writeString(client, REDIS_CLI.replace("@PORT@", port));
    executable(client);
    List<String> command = new ArrayList<>(loopback.all(service, service.list("entrypoint")));
    command.addAll(List.of("--bind", "127.0.0.1", "--port", port));
    return command;
  }

  private List<String> connect(ComposeService service, Map<String, String> environment)
      throws IOException {
    Path plugins = PluginZip.unpack(directory);
    Path images = ComposeProject.FOLDER.resolve("images/connect");
    Path worker = directory.resolve("worker.properties");
    Files.writeString(
        worker,
        Files.readString(images.resolve("worker.properties"))
            .replace("/opt/quantum/plugins", plugins.toString()));
    Path run = directory.resolve("connect-distributed");
    String path = String.join(File.pathSeparator, WorkerProcess.classPath());
    Files.writeString(
        run,
        CONNECT
            .replace("@SMALL@", String.join(" ", SMALL))
            .replace("@LOG@", logging().toString())
            .replace("@PATH@", path));
    executable(run);
    environment.put("QUANTUM_CONNECT_RUN", run.toString());
    environment.put("QUANTUM_WORKER_CONFIG", worker.toString());
    return loopback.all(service, List.of("/opt/quantum/bin/start"));
  }

  private static void executable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  /** The image's entry point or the service's own, and the command. */
  private List<String> own(ComposeService service, Map<String, String> environment)
      throws IOException {
    environment.put("QUANTUM_CLASS_PATH", serviceClassPath());
    List<String> entry = service.list("entrypoint");
    List<String> words =
        Stream.concat(
                (entry.isEmpty() ? List.of("/opt/quantum/bin/quantum") : entry).stream(),
                service.list("command").stream())
            .toList();
    return loopback.all(service, words);
  }

  private List<String> java(List<String> options) {
    List<String> command = new ArrayList<>();
    // Programs are looked up on the path of this process, not of the one to be.
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    command.addAll(options);
    command.add("-Dlogback.configurationFile=" + logging());
    return command;
  }

  /** The classes without those of the tests, which bring a log of their own. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The class path of a service: the image has no servers, and a service must not miss them. */
  private static String serviceClassPath() {
    return Stream.of(classPath().split(File.pathSeparator))
        .filter(entry -> !SERVERS.matcher(entry.replace('\\', '/')).find())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
