package io.quantumtrader.app.schemas;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks, freezes and registers Avro schemas: this project's, or those of any directory. */
@Command(
    name = "schemas",
    mixinStandardHelpOptions = true,
    description = {
      "Keep Avro schemas compatible with every version that somebody may still use. Works on the"
          + " schemas of",
      "this project, or with --path on any directory of <subject>/v<n>.avsc files."
    },
    subcommands = {
      CheckCommand.class,
      ListCommand.class,
      DiffCommand.class,
      FreezeCommand.class,
      RegisterCommand.class,
      DocsCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 all is well, 1 something breaks, 2 wrong usage, 3 the registry cannot be"
          + " asked.",
      "",
      "Examples:",
      "  ./quantum schemas check",
      "  ./quantum schemas check --path DIR --level BACKWARD --registry http://localhost:8081",
      "  ./quantum schemas diff quantum.policy-value v1 v2",
    })
public final class SchemasCommand implements Callable<Integer> {

  /** Exit code where a change breaks something. */
  static final int BREAK = 1;

  /** Exit code where the registry cannot be asked. */
  static final int REGISTRY = 3;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "name a subcommand: check, list, diff, freeze, register or docs");
  }
}
