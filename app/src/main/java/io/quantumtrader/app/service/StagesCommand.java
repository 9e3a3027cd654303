package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.metrics.MetricsOptions;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.app.parts.StreamsService;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.topology.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stages: the Kafka Streams application. */
@Command(
    name = "stages",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = "Run the stages; several instances share the work.",
    footer = {"", "Example:", "  ./quantum service stages --state-dir /var/lib/quantum"})
final class StagesCommand implements Callable<Integer> {

  /** How long nothing may move on the way to work; restoring stores takes its time. */
  private static final Duration STALL = Duration.ofMinutes(5);

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      required = true,
      description =
          "Directory of the stores; each instance needs its own, and reuses it after a"
              + " restart.")
  private Path stateDirectory;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Stream threads of this instance, 1 or more. Default: 2.")
  private int threads;

  @Option(
      names = "--tuning",
      paramLabel = "latency|throughput",
      defaultValue = "latency",
      description =
          "latency commits every 10 ms; throughput every 100 ms and in larger batches, for a"
              + " backlog or many accounts. Default: latency.")
  Tuning tuning;

  @Option(
      names = "--standby-replicas",
      paramLabel = "N",
      defaultValue = "0",
      description = "Standby copies of each store on other instances. Default: 0.")
  private int standbyReplicas;

  @Option(
      names = "--connect-url",
      paramLabel = "URL",
      description =
          "URL of Connect's REST interface: /health reports a connector that is not running, and"
              + " failed tasks are restarted. Default: none.")
  private String connectUrl;

  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Mixin private HealthFile health = new HealthFile();

  @Override
  public Integer call() throws IOException {
    Map<String, Object> settings =
        Map.of(
            StreamsConfig.STATE_DIR_CONFIG,
            stateDirectory.toString(),
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            threads,
            StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
            standbyReplicas);
    return ServiceRun.run(
        "stages",
        health,
        (parts, onFailure) -> {
          Optional<Monitoring> monitoring = metrics.open(Screen.ofProcess(), parts);
          monitoring.ifPresent(
              shown -> {
                shown.readWithTables(
                    place.endpoints().kafka(), place.endpoints().serdes(), Monitoring.OF_STAGES);
                shown.expectClock();
                watchConnectors(shown, parts);
                shown.follow(place.endpoints().kafka(), Monitoring.GROUPS);
              });
          PipelineParts pipeline = place.parts();
          StreamsService streams =
              parts.add("stages", pipeline.stages(tuning, settings, onFailure));
          streams.start(STALL, Screen.ofProcess()::line);
          monitoring.ifPresent(shown -> shown.stages(streams, pipeline.counts().account()));
          monitoring.ifPresent(Monitoring::started);
          return streams::isWorking;
        });
  }

  private void watchConnectors(Monitoring shown, RunningParts parts) {
    if (connectUrl != null) {
      shown.connectors(
          parts.add("connectors' watch", new ConnectRest(connectUrl, Duration.ZERO)),
          List.of(LegacyContract.SOURCE_NAME, LegacyContract.CONNECTOR_NAME));
    }
  }
}
