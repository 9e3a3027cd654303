package io.quantumtrader.compose.redis;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.connectors.legacy.KeyRebuild;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.connectors.redis.write.RedisSession;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.ConnectException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the keys anew that Redis has lost. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Write the keys anew that Redis has lost, from the last record of each key of the",
      "compacted topics: positions, market states, portfolio, universe, policy, trading state.",
      "Streams are left as they are, so that nobody reads an entry twice; permits and other keys",
      "of a minute or a day are not written. The sink may run meanwhile. The Redis user and",
      "password come from the environment: QUANTUM_REDIS_USERNAME, QUANTUM_REDIS_PASSWORD."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum redis rebuild",
      "  ./quantum redis rebuild --redis redis://redis:6379 --bootstrap-servers kafka:9092"
          + " --schema-registry http://registry:8080/apis/ccompat/v7",
    })
final class RebuildCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private RedisChoice choice = new RedisChoice();

  @Option(names = "--json", description = "Print what was written as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RunningPipeline pipeline = choice.pipeline();
    RedisEndpoint endpoint = choice.endpoint(pipeline);
    try (RedisClients clients = new RedisClients(endpoint.timeout(), endpoint.tls());
        RedisSession session = clients.open(endpoint)) {
      TopicReader reader = new TopicReader(pipeline.kafka(), PATIENCE);
      print(
          new KeyRebuild(reader, pipeline.registry(), choice.prefix(), session, Clock.systemUTC())
              .run());
      return 0;
    } catch (ConnectException e) {
      throw new CommandFailure("the keys cannot be written: " + line(e), e);
    } catch (KafkaException e) {
      throw new CommandFailure("the topics cannot be read: " + line(e), e);
    }
  }

  private void print(KeyRebuild.Rebuilt rebuilt) {
    String text =
        json
            ? "{\"records\":%d,\"keys\":%d,\"skipped\":%d,\"control\":%b}"
                .formatted(rebuilt.records(), rebuilt.keys(), rebuilt.skipped(), rebuilt.control())
            : "%d keys below %s written from %d records, trading state %s%s"
                .formatted(
                    rebuilt.keys(),
                    choice.prefix(),
                    rebuilt.records(),
                    rebuilt.control() ? "included" : "left as it is",
                    rebuilt.skipped() == 0 ? "" : "; " + rebuilt.skipped() + " unreadable");
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private static String line(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
