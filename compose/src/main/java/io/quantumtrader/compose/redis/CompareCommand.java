package io.quantumtrader.compose.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.connectors.legacy.ExpectedKeys;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.schemas.topic.TopicReader;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.ConnectException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the keys in Redis against the topics. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare the keys in Redis with the compacted topics: which are the same, missing,",
      "differing or foreign. What is wrong is looked at again some seconds later, as the sink may",
      "just be writing it. Streams, and keys of a minute or a day, are left out. Exit code 0 where",
      "nothing is wrong, else 1. It changes nothing."
    },
    footer = {"", "Examples:", "  ./quantum redis compare", "  ./quantum redis compare --json"})
final class CompareCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SHOWN = 20;

  @Mixin private RedisChoice choice = new RedisChoice();

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description =
          "How long the sink has to put right what is wrong, 0 or more. Default: ${DEFAULT-VALUE}.")
  private int settleSeconds;

  @Option(names = "--json", description = "Print what was found as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RunningPipeline pipeline = choice.pipeline();
    RedisEndpoint endpoint = choice.endpoint(pipeline);
    try (RedisClients clients = new RedisClients(endpoint.timeout(), endpoint.tls());
        StatefulRedisConnection<String, String> connection =
            clients.connect(endpoint, StringCodec.UTF8)) {
      KeyComparison found = compare(pipeline, connection);
      if (!found.isFine()) {
        Thread.sleep(Duration.ofSeconds(Math.max(0, settleSeconds)));
        found = found.alsoIn(compare(pipeline, connection));
      }
      print(found);
      return found.isFine() ? 0 : 1;
    } catch (ConnectException | RedisException e) {
      throw new CommandFailure("the keys cannot be read: " + line(e), e);
    } catch (KafkaException e) {
      throw new CommandFailure("the topics cannot be read: " + line(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  private KeyComparison compare(
      RunningPipeline pipeline, StatefulRedisConnection<String, String> connection) {
    TopicReader reader = new TopicReader(pipeline.kafka(), PATIENCE);
    return KeyComparison.of(
        connection.sync(),
        choice.prefix(),
        ExpectedKeys.read(reader, pipeline.registry(), choice.prefix(), Clock.systemUTC()),
        System.currentTimeMillis());
  }

  private void print(KeyComparison found) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode all = new ObjectMapper().createObjectNode();
      all.put("same", found.same());
      all.put("expired", found.expired());
      put(all.putArray("missing"), found.missing());
      put(all.putArray("differing"), found.differing());
      put(all.putArray("foreign"), found.foreign());
      out.println(all);
    } else {
      out.println(
          "%d the same, %d expired, %d missing, %d differing, %d foreign"
              .formatted(
                  found.same(),
                  found.expired(),
                  found.missing().size(),
                  found.differing().size(),
                  found.foreign().size()));
      list(out, "missing", found.missing());
      list(out, "differing", found.differing());
      list(out, "foreign", found.foreign());
    }
    out.flush();
  }

  private static void put(ArrayNode to, List<String> keys) {
    keys.forEach(to::add);
  }

  private static void list(PrintWriter out, String what, List<String> keys) {
    keys.stream().limit(SHOWN).forEach(key -> out.println("  " + what + " " + key));
    if (keys.size() > SHOWN) {
      out.println("  and %d more %s".formatted(keys.size() - SHOWN, what));
    }
  }

  private static String line(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
