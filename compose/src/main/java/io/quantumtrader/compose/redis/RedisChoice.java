package io.quantumtrader.compose.redis;

import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.redis.write.RedisAddress;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which pipeline, and which Redis of it, a command works on. */
final class RedisChoice {

  @Option(
      names = "--redis",
      paramLabel = "URI",
      description =
          "Redis that the sink writes, redis://host:port/database. Default: that of the running"
              + " quantum up.")
  private String redis;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = SinkSettings.DEFAULT_PREFIX,
      description = "Prefix of the keys, as given to --redis-prefix. Default: quantum:")
  private String prefix;

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Returns the prefix of the keys. */
  String prefix() {
    return prefix;
  }

  /** Returns where the pipeline is. */
  RunningPipeline pipeline() {
    return place.pipeline();
  }

  /**
   * Returns where its Redis is.
   *
   * @throws ParameterException if none is known, or if it is a cluster
   */
  RedisEndpoint endpoint(RunningPipeline pipeline) {
    String uri = redis == null ? pipeline.addresses().redis() : redis;
    if (uri.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "say which Redis: --redis redis://host:port");
    }
    try {
      RedisEndpoint endpoint =
          RedisAccess.at(uri, redis == null ? pipeline.config() : place.config());
      if (endpoint.where().layout() == RedisAddress.Layout.CLUSTER) {
        throw new ParameterException(
            spec.commandLine(), "--redis: this works on a server or a master, not on a cluster");
      }
      return endpoint;
    } catch (ConfigException wrong) {
      throw new ParameterException(spec.commandLine(), "--redis: " + wrong.getMessage(), wrong);
    }
  }
}
