package io.quantumtrader.compose.real;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/** The stages in a process of their own, so that they can be killed without a last word. */
final class StagesProcess implements AutoCloseable {

  private final Process process;

  private StagesProcess(Process process) {
    this.process = process;
  }

  /** Starts them; each start with the same directory is a restart of the same instance. */
  static StagesProcess start(RealPipeline pipeline, int threads) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path directory = pipeline.stack().directory(pipeline.applicationId());
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx512m",
                    "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.quantumtrader",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StagesProcess.class.getName(),
                    pipeline.stack().bootstrapServers(),
                    pipeline.stack().schemaRegistryUrl(),
                    pipeline.applicationId(),
                    directory.toString(),
                    Integer.toString(threads)))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), "process.log")))
            .start();
    return new StagesProcess(process);
  }

  /** Ends the process at once, as a power failure would. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    kill();
  }

  /** Runs the stages until killed. */
  public static void main(String[] arguments) {
    RecordSerdes serdes = new RecordSerdes(Map.of("schema.registry.url", arguments[1]));
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                "bootstrap.servers", arguments[0],
                "application.id", arguments[2],
                "state.dir", arguments[3],
                "num.stream.threads", arguments[4],
                // A killed member is missed after this; the broker allows no less.
                "session.timeout.ms", "6000",
                "heartbeat.interval.ms", "1000"));
    KafkaStreams streams =
        new KafkaStreams(
            QuantumTopology.build(serdes, RealPipeline.COUNTS, settings.properties()),
            settings.properties());
    streams.setUncaughtExceptionHandler(settings.threadDeaths());
    streams.start();
  }
}
