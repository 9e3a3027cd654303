package io.quantumtrader.app.schemas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.history.FreezeSchemas;
import io.quantumtrader.schemas.history.HistoryCheck;
import io.quantumtrader.schemas.history.SchemaHistory;
import io.quantumtrader.schemas.history.SchemaHistoryException;
import io.quantumtrader.schemas.registry.Compatibility;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Freezes what changed as new versions. */
@Command(
    name = "freeze",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Freeze every changed schema as the next version of its subject, or none if one of the",
      "changes is incompatible. With --path, freeze FILE as the next version of SUBJECT."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum schemas freeze",
      "  ./quantum schemas freeze --path DIR orders-value Order.avsc"
    })
final class FreezeCommand implements Callable<Integer> {

  @Parameters(index = "0", arity = "0..1", paramLabel = "SUBJECT", description = "With --path.")
  private String subject;

  @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "With --path.")
  private Path file;

  @Mixin private SchemaSource source = new SchemaSource();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "FULL_TRANSITIVE",
      description =
          "Compatibility that a change must keep: ${COMPLETION-CANDIDATES}. Default:"
              + " FULL_TRANSITIVE.")
  private Compatibility level;

  @Option(names = "--json", description = "Print a JSON array of the subjects that were frozen.")
  private boolean json;

  @Override
  public Integer call() {
    if (source.isProject() != (subject == null) || (subject == null) != (file == null)) {
      throw source.usage("give --path DIR, SUBJECT and FILE together, or none of them");
    }
    List<String> frozen = freeze();
    if (json) {
      ArrayNode names = JsonNodeFactory.instance.arrayNode();
      frozen.forEach(names::add);
      source.print(names);
    } else {
      frozen.forEach(source.out()::println);
      source.err().println(frozen.isEmpty() ? "nothing changed" : frozen.size() + " frozen");
    }
    return 0;
  }

  private List<String> freeze() {
    SchemaHistory history = source.history();
    try {
      if (subject == null) {
        return FreezeSchemas.freeze(history, source.current(), level);
      }
      Schema schema = history.read(file);
      FreezeSchemas.refuseBreaks(
          new HistoryCheck(history, Map.of(subject, schema), level)
              .run().stream().filter(checked -> checked.name().equals(subject)).toList());
      return history.freeze(subject, file) ? List.of(subject) : List.of();
    } catch (SchemaHistoryException broken) {
      throw new CommandFailure(SchemasCommand.BREAK, broken.getMessage(), broken);
    }
  }
}
