package io.quantumtrader.app.schemas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quantumtrader.schemas.history.HistoryCheck;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists subjects and their versions. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "List every subject with the name of its schema and its versions.",
    footer = {"", "Example:", "  ./quantum schemas list --json"})
final class ListCommand implements Callable<Integer> {

  @Mixin private SchemaSource source = new SchemaSource();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    List<HistoryCheck.Subject> subjects = source.readable();
    if (json) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      for (HistoryCheck.Subject subject : subjects) {
        var one = all.addObject().put("subject", subject.name()).put("schema", name(subject));
        subject.versions().forEach(one.putArray("versions")::add);
      }
      source.print(all);
      return 0;
    }
    int width = subjects.stream().mapToInt(subject -> subject.name().length()).max().orElse(1);
    for (HistoryCheck.Subject subject : subjects) {
      source
          .out()
          .println(
              ("%-" + width + "s  %s  %s")
                  .formatted(subject.name(), String.join(" ", subject.versions()), name(subject)));
    }
    return 0;
  }

  private static String name(HistoryCheck.Subject subject) {
    return subject.newest().map(Schema::getFullName).orElse("-");
  }
}
