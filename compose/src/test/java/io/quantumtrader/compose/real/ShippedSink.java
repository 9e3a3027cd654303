package io.quantumtrader.compose.real;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A connector's file as it is in the archive; what differs from place to place is outside of it.
 */
final class ShippedSink {

  private static final JsonMapper JSON = new JsonMapper();

  private ShippedSink() {}

  /**
   * Starts a worker that runs it.
   *
   * @param directory for the worker's files
   * @param plugins what {@link PluginZip#unpack} returned
   * @param environment of the worker, beside where registry and Redis are: the login at least
   */
  static WorkerProcess start(
      Path directory,
      Path plugins,
      RealPipeline pipeline,
      RestartableRedis redis,
      Map<String, String> environment)
      throws IOException {
    return start("legacy-sink.json", directory, plugins, pipeline, redis, environment);
  }

  /** Starts a worker that runs the connector of another file. */
  static WorkerProcess start(
      String file,
      Path directory,
      Path plugins,
      RealPipeline pipeline,
      RestartableRedis redis,
      Map<String, String> environment)
      throws IOException {
    JsonNode shipped = JSON.readTree(PluginZip.home(plugins).resolve("etc/" + file).toFile());
    Map<String, String> config =
        JSON.convertValue(shipped.get("config"), new TypeReference<Map<String, String>>() {});
    Map<String, String> outside = new HashMap<>(environment);
    outside.put("QUANTUM_SCHEMA_REGISTRY_URL", pipeline.stack().schemaRegistryUrl());
    outside.put("QUANTUM_REDIS_URI", "redis://127.0.0.1:" + redis.port());
    return WorkerProcess.start(
        directory,
        Map.of(
            "bootstrap.servers",
            pipeline.stack().bootstrapServers(),
            "plugin.path",
            plugins.toString(),
            "config.providers",
            "env",
            "config.providers.env.class",
            "org.apache.kafka.common.config.provider.EnvVarConfigProvider"),
        new WorkerProcess.Connector(shipped.get("name").asText(), config),
        outside);
  }
}
