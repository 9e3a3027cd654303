package io.quantumtrader.app.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.schemas.evolution.SchemaDiff;
import io.quantumtrader.schemas.evolution.SchemaVersion;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is different between two versions. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show the differences between two versions of a subject, one per line: + added, -",
      "removed, ~ changed. Run check to see whether they break anything."
    },
    footer = {"", "Example:", "  ./quantum schemas diff quantum.policy-value v1 v2"})
final class DiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "SUBJECT", description = "See quantum schemas list.")
  private String subject;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "v1",
      description = "A version: v1, v2 ... or current. Default: the one before the newest.")
  private String from;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "v2",
      description = "A version. Default: the newest.")
  private String to;

  @Mixin private SchemaSource source = new SchemaSource();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    List<SchemaVersion> versions = source.versions(subject);
    SchemaVersion before =
        from == null ? versions.get(Math.max(0, versions.size() - 2)) : named(from, versions);
    SchemaVersion after = to == null ? versions.getLast() : named(to, versions);
    List<String> lines = SchemaDiff.lines(before.schema(), after.schema());
    if (json) {
      ObjectNode diff = JsonNodeFactory.instance.objectNode().put("subject", subject);
      diff.put("from", before.name()).put("to", after.name());
      lines.forEach(diff.putArray("changes")::add);
      source.print(diff);
      return 0;
    }
    lines.forEach(source.out()::println);
    source
        .err()
        .println(
            "%s from %s to %s: %d differences"
                .formatted(subject, before.name(), after.name(), lines.size()));
    return 0;
  }

  private SchemaVersion named(String name, List<SchemaVersion> versions) {
    return versions.stream()
        .filter(version -> version.name().equals(name) || version.name().equals("v" + name))
        .findFirst()
        .orElseThrow(
            () ->
                source.usage(
                    subject
                        + " has no version "
                        + name
                        + "; it has "
                        + versions.stream()
                            .map(SchemaVersion::name)
                            .collect(Collectors.joining(", "))));
  }
}
