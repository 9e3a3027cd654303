package io.quantumtrader.app;

import io.quantumtrader.topology.kernel.Kernel;
import io.quantumtrader.topology.kernel.KernelLines;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a kernel over JSON lines, for comparison with vectors. */
@Command(
    name = "kernel",
    mixinStandardHelpOptions = true,
    description = {
      "Read JSON lines {\"id\":..,\"input\":{..}} from standard input and write",
      "{\"id\":..,\"output\":{..}} to standard output. A line that does not parse gets an error",
      "in its place; the lines after it are still answered."
    },
    footer = {"", "Example:", "  ./quantum kernel market-state < vectors.jsonl > answers.jsonl"})
final class KernelCommand implements Callable<Integer> {

  @Parameters(paramLabel = "KERNEL", description = "market-state, stops or harvest.")
  private String name;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Kernel kernel = Kernel.named(name).orElseThrow(this::unknown);
    // Not closed: standard input and output belong to the process.
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
    KernelLines.run(kernel, in, out);
    return 0;
  }

  private ParameterException unknown() {
    String known =
        Arrays.stream(Kernel.values()).map(Kernel::command).collect(Collectors.joining(", "));
    return new ParameterException(
        spec.commandLine(), "unknown kernel '" + name + "'; choose one of " + known);
  }
}
