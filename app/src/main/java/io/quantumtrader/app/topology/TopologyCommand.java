package io.quantumtrader.app.topology;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineChoice;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.compare.Comparison;
import io.quantumtrader.topology.export.ExportException;
import io.quantumtrader.topology.export.ExportJson;
import io.quantumtrader.topology.export.Format;
import io.quantumtrader.topology.export.LiveNumbers;
import io.quantumtrader.topology.export.QuantumExport;
import io.quantumtrader.topology.export.TopologyExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the topology, and holds it to the released one. */
@Command(
    name = "topology",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show the topology: sub-topologies, processors, stores, topics, and what Kafka's own",
      "description leaves out: changelogs, repartition topics, partitions, schemas. With --check,",
      "say what each difference from the released one means for its state, and what to do. Neither",
      "needs a server; --live shows the numbers of a running application in the same picture."
    },
    footer = {
      "",
      "Exit codes: 0 all is well, 1 a difference that is not harmless, 2 wrong usage.",
      "",
      "Examples:",
      "  ./quantum topology",
      "  ./quantum topology --format svg --out topology.svg",
      "  ./quantum topology --format describe",
      "  ./quantum topology --check --json",
      "  ./quantum topology --from released.json --to built.json",
      "  ./quantum topology --live --format svg --out now.svg",
    })
public final class TopologyCommand implements Callable<Integer> {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TEXT",
      description = {
        "text, mermaid, dot, svg, json, or describe: what Kafka's own Topology.describe() prints,",
        "as its viewers take it. Default: text."
      })
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write into this file instead of to standard output.")
  private Path file;

  @Option(names = "--check", description = "Compare what is built with the released topology.")
  private boolean check;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Export of the topology that has run. Default: docs/topology/golden.json of"
              + " this project.")
  private Path from;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Export of the topology that is to replace it. Default: what is built here.")
  private Path to;

  @Option(
      names = "--live",
      description = {
        "Show what each node of a running application did since it started: records in and out,",
        "mean time of a record in the node itself."
      })
  private boolean live;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "URL of that application's numbers. Default: that of the running quantum up.")
  private URI url;

  @Mixin private PipelineChoice choice = new PipelineChoice();

  @Option(names = "--json", description = "Print the comparison as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (check || from != null || to != null) {
      return compare();
    }
    if (live || url != null) {
      LiveClient said = LiveClient.ask(url == null ? running() : url);
      print(written(said.export(), said.numbers()));
      return 0;
    }
    if (json) {
      throw usage("--json belongs to --check; for an export give --format json");
    }
    print(written(built(), LiveNumbers.NONE));
    return 0;
  }

  private int compare() {
    Path golden = from == null ? golden() : from;
    TopologyExport before = read(golden);
    TopologyExport after = to == null ? built() : read(to);
    CheckReport report =
        new CheckReport(
            golden.toString(),
            to == null ? "what is built" : to.toString(),
            Comparison.of(before, after));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      print(report.json().toPrettyString() + System.lineSeparator());
    } else {
      report.lines().forEach(out::println);
      out.flush();
      spec.commandLine().getErr().println(report.verdict());
    }
    return report.isHarmless() ? 0 : 1;
  }

  private URI running() {
    RunningPipeline pipeline = choice.choose("start one, or give --url");
    if (pipeline.addresses().topology().isEmpty()) {
      throw new CommandFailure(
          "the pipeline " + pipeline.name() + " shows no numbers: its stages do not run");
    }
    return URI.create(pipeline.addresses().topology());
  }

  private static TopologyExport built() {
    return QuantumExport.of(PartitionCounts.DEFAULT);
  }

  /** The launcher says where the project is; the tests run inside of it. */
  private static Path golden() {
    String home = System.getProperty("quantum.home");
    Path docs = home == null ? GeneratedPage.directory() : Path.of(home).resolve("docs");
    return docs.resolve("topology").resolve(Format.JSON.fileName());
  }

  private static TopologyExport read(Path file) {
    try {
      return ExportJson.read(Files.readString(file));
    } catch (IOException e) {
      throw new CommandFailure(2, "cannot read " + file + ": no such file, or no permission", e);
    } catch (ExportException e) {
      throw new CommandFailure(2, "cannot use " + file + ": " + e.getMessage(), e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private String written(TopologyExport export, LiveNumbers numbers) {
    try {
      return format.write(export, numbers);
    } catch (ExportException tooOld) {
      throw new CommandFailure(2, tooOld.getMessage(), tooOld);
    }
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
