package io.quantumtrader.compose.real;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A distributed Connect worker with exactly-once sources, in a process that can be killed. */
final class DistributedWorker implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** What a worker has to say is wanted where a test fails, so it says it to its own file. */
  private static final String LOGGING =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level [%thread] %logger{36} - %msg%n</pattern></encoder>
        </appender>
        <logger name="org.apache.kafka.common.config.AbstractConfig" level="WARN"/>
        <root level="INFO"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  private final Process process;
  private final Path log;
  private final URI rest;

  private DistributedWorker(Process process, Path log, URI rest) {
    this.process = process;
    this.log = log;
    this.rest = rest;
  }

  /**
   * Starts one; those of the same name are one cluster.
   *
   * @param name group, and what its topics begin with
   */
  static DistributedWorker start(String name, Path directory, String bootstrapServers)
      throws IOException {
    int port = FreePort.find();
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "group.id", name,
            "listeners", "http://127.0.0.1:" + port,
            "plugin.discovery", "service_load",
            "exactly.once.source.support", "enabled",
            "key.converter", "org.apache.kafka.connect.storage.StringConverter",
            "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "1000",
            "scheduled.rebalance.max.delay.ms", "0"));
    for (String kind : List.of("config", "offset", "status")) {
      settings.put(kind + ".storage.topic", name + "-" + kind);
      settings.put(kind + ".storage.replication.factor", "1");
      if (!kind.equals("config")) {
        settings.put(kind + ".storage.partitions", "1");
      }
    }
    StringWriter text = new StringWriter();
    settings.store(text, null);
    Path file = Files.writeString(directory.resolve("distributed.properties"), text.toString());
    Path logging = Files.writeString(directory.resolve("distributed-logging.xml"), LOGGING);
    Path log = directory.resolve("distributed.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-Dlogback.configurationFile=" + logging,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.apache.kafka.connect.cli.ConnectDistributed",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
            .start();
    return new DistributedWorker(process, log, URI.create("http://127.0.0.1:" + port));
  }

  /** Gives the cluster a connector; returns whether it took it, false while it is not ready. */
  boolean put(String name, Map<String, String> configuration) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(rest.resolve("/connectors/" + name + "/config"))
              .timeout(ANSWER)
              .header("Content-Type", "application/json")
              .PUT(
                  HttpRequest.BodyPublishers.ofString(
                      new JsonMapper().writeValueAsString(configuration)))
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException notYet) {
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  /** Ends the process at once, as a power failure would. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
