package io.quantumtrader.app.schemas;

import io.quantumtrader.schemas.history.HistoryCheck;
import io.quantumtrader.schemas.history.RegistryCheck;
import io.quantumtrader.schemas.registry.Compatibility;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds every version of every subject to the ones before it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Check every version of every subject against the ones before it: with Avro's own check,",
      "with rules for what passes that check but reads wrong, and by writing and reading real",
      "values. With --registry, also ask a live registry about every version it has."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum schemas check",
      "  ./quantum schemas check --path ../other/schemas --level BACKWARD_TRANSITIVE --json"
    })
final class CheckCommand implements Callable<Integer> {

  @Mixin private SchemaSource source = new SchemaSource();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "FULL_TRANSITIVE",
      description = "${COMPLETION-CANDIDATES}. Default: FULL_TRANSITIVE.")
  private Compatibility level;

  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    List<HistoryCheck.Subject> subjects = source.subjects(level);
    List<RegistryCheck.Subject> live =
        registry.isGiven()
            ? registry.ask(client -> new RegistryCheck(client, level).run(subjects))
            : List.of();
    CheckReport report = new CheckReport(level, subjects, live, registry.isGiven());
    if (json) {
      source.print(report.json());
    } else {
      report.lines().forEach(source.out()::println);
      report.remarks().forEach(source.err()::println);
    }
    return report.isBroken() ? SchemasCommand.BREAK : 0;
  }
}
