package io.quantumtrader.app.service;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.PartitionOptions;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates what must exist before the services run, and ends. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Create topics, register schemas, and write the default policy and a trading state if",
      "there is none. Running it again changes nothing."
    },
    footer = {"", "Example:", "  ./quantum service register --replication-factor 3"})
final class RegisterCommand implements Callable<Integer> {

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Copies of each partition; -1, the default, leaves it to the broker.")
  private short replicationFactor;

  @Option(
      names = "--retention-ms",
      paramLabel = "MILLISECONDS",
      defaultValue = "604800000",
      description =
          "How long topics that are not compacted keep records; -1: forever. Default: 7 d.")
  private long retentionMs;

  @Mixin private PartitionOptions partitions = new PartitionOptions();

  @Option(names = "--json", description = "Print what was done as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PartitionCounts counts = counts();
    Registration.Summary done;
    try {
      done =
          new PipelineParts(place.endpoints(), counts)
              .register(replicationFactor, retentionMs, System.currentTimeMillis());
    } catch (KafkaException e) {
      throw new CommandFailure(
          "not registered at %s and %s: %s"
              .formatted(
                  place.endpoints().bootstrapServers(),
                  place.endpoints().registryUrl(),
                  e.getMessage()),
          e);
    }
    print(done, counts);
    return 0;
  }

  private PartitionCounts counts() {
    try {
      partitions.check();
      return place.ask(partitions::counts);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(2, wrong.getMessage(), wrong);
    }
  }

  private void print(Registration.Summary done, PartitionCounts counts) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode said = new JsonMapper().createObjectNode();
      said.put("topicsCreated", done.created().size());
      said.put("schemas", done.schemaIds().size());
      said.put("schemaVersionsAdded", done.versionsAdded().size());
      said.put("policyWritten", done.policyWritten());
      said.put("accountPartitions", counts.account());
      said.put("symbolPartitions", counts.symbol());
      done.drift().forEach(drift -> said.withArray("drift").add(drift.toString()));
      out.println(said);
    } else {
      out.printf(
          "%d topics created, %d schemas registered (%d new versions)%s%n",
          done.created().size(),
          done.schemaIds().size(),
          done.versionsAdded().size(),
          done.policyWritten() ? ", default policy written" : "");
      out.printf("%d partitions by account, %d by symbol%n", counts.account(), counts.symbol());
      done.drift().forEach(drift -> out.println("note: " + drift));
    }
    out.flush();
  }
}
