package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.replay.hash.BrokerState;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.export.TopologyGraph;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Digests the state of a pipeline that runs on a broker. */
@Command(
    name = "hash",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Print the state hash of a pipeline: a digest of everything that decides, read from its",
      "changelogs and compacted topics. A replay that ends in the same state prints the same hash.",
      "Topics are read one after the other, so let the pipeline come to rest first."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum hash",
      "  ./quantum hash --tables --json",
    })
public final class HashCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Option(names = "--tables", description = "Also print the hash of each table.")
  private boolean tables;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RunningPipeline pipeline = place.pipeline();
    try (RecordSerdes serdes = pipeline.serdes()) {
      Map<String, Object> client = pipeline.kafka();
      print(
          StateHash.of(
              BrokerState.read(
                  new TopicReader(client, PATIENCE),
                  graph(serdes, client),
                  StreamsSettings.APPLICATION_ID)));
      return 0;
    } catch (KafkaException e) {
      throw new CommandFailure(
          "cannot read the pipeline at " + pipeline.bootstrapServers() + ": " + e.getMessage(), e);
    }
  }

  /** The partition counts do not matter: stores and their serdes are the same with any. */
  private static TopologyGraph graph(RecordSerdes serdes, Map<String, Object> client) {
    Map<String, Object> given = new HashMap<>(client);
    given.put("state.dir", System.getProperty("java.io.tmpdir"));
    Properties configuration = new StreamsSettings(given).properties();
    return TopologyGraph.of(
        QuantumTopology.build(serdes, PartitionCounts.DEFAULT, configuration), configuration);
  }

  private void print(StateHash hash) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      node.put("stateHash", hash.whole());
      hash.accounts().forEach(node.putObject("stateHashes")::put);
      if (tables) {
        hash.tables().forEach(node.putObject("tables")::put);
      }
      out.println(node);
    } else {
      out.println(hash.whole());
      hash.accounts().forEach((account, of) -> out.println(of + "  " + account));
      if (tables) {
        hash.tables().forEach((table, of) -> out.println(of + "  " + table));
      }
    }
    out.flush();
  }
}
