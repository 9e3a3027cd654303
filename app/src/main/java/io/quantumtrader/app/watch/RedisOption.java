package io.quantumtrader.app.watch;

import io.quantumtrader.app.cli.RunningPipeline;
import picocli.CommandLine.Option;

/** Which Redis is asked by the commands that tell how well a pipeline is. */
final class RedisOption {

  @Option(
      names = "--redis-uri",
      paramLabel = "URI",
      description =
          "Redis of the pipeline, redis://host:port/database without a password, to be told where"
              + " it does not answer. Default: that of the running quantum up, else redis.uri of"
              + " --config (QUANTUM_REDIS_URI); where none is known, none is asked.")
  private String uri;

  /** Opens the book of a pipeline, read to its end. */
  LiveBook open(RunningPipeline pipeline) {
    return LiveBook.open(uri == null ? pipeline : pipeline.withRedis(uri));
  }
}
