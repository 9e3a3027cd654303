package io.quantumtrader.app.schemas;

import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.docs.SchemasPage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the reference of all schemas. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Print a reference of every subject and field as Markdown.",
    footer = {
      "",
      "Examples:",
      "  ./quantum schemas docs",
      "  ./quantum schemas docs --path DIR --write docs"
    })
final class DocsCommand implements Callable<Integer> {

  @Mixin private SchemaSource source = new SchemaSource();

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description = "Write schemas.md into this directory, between its markers, and print nothing.")
  private Path write;

  @Override
  public Integer call() {
    GeneratedPage page = SchemasPage.page(source.newest());
    if (write == null) {
      source.out().println(page.content());
      return 0;
    }
    page.write(write);
    source.err().println("written: " + write.resolve(page.name()));
    return 0;
  }
}
