package io.quantumtrader.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the pipelines of this user. */
@Command(
    name = "pipelines",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "List the pipelines that your quantum ups run, with their addresses. Other commands take a"
            + " name or a data directory of this list as --pipeline.",
    footer = {"", "Example:", "  ./quantum pipelines --json"})
public final class PipelinesCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print each pipeline as one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Creates it; picocli does. */
  public PipelinesCommand() {}

  @Override
  public Integer call() {
    List<RunningPipeline> running = RunningPipelines.ofThisUser().list();
    PrintWriter out = spec.commandLine().getOut();
    for (RunningPipeline each : running) {
      if (json) {
        out.println(toJson(each));
      } else {
        Wrap.lines(each.describe(), "", "    ").forEach(out::println);
        each.addresses()
            .shown()
            .forEach((what, where) -> out.println("  %-9s %s".formatted(what, where)));
      }
    }
    out.flush();
    if (running.isEmpty()) {
      spec.commandLine().getErr().println("You have no quantum up running.");
    }
    return 0;
  }

  private static ObjectNode toJson(RunningPipeline pipeline) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", pipeline.name());
    node.put("pid", pipeline.pid());
    pipeline.started().ifPresent(at -> node.put("started", at.toString()));
    node.put("data", pipeline.data());
    node.put("temporary", pipeline.temporary());
    ArrayNode accounts = node.putArray("accounts");
    pipeline.accounts().forEach(accounts::add);
    pipeline.addresses().shown().forEach(node::put);
    return node;
  }
}
