package io.quantumtrader.app.topology;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.export.Format;
import io.quantumtrader.topology.export.LiveNumbers;
import io.quantumtrader.topology.export.QuantumExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the topology. */
@Command(
    name = "topology",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show the topology: rooms (sub-topologies), processors, stores, topics, and what Kafka's own",
      "description leaves out: changelogs, repartition topics, partitions, schemas. Needs no server."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum topology",
      "  ./quantum topology --format svg --out topology.svg",
    })
public final class TopologyCommand implements Callable<Integer> {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TEXT",
      description = "text, mermaid, dot, svg or json. Default: text.")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write into this file instead of to standard output.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    print(format.write(QuantumExport.of(PartitionCounts.DEFAULT), LiveNumbers.NONE));
    return 0;
  }

  private void print(String text) {
    if (file == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
      return;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": is its directory there?", e);
    }
    spec.commandLine().getErr().println("written: " + file);
  }
}
