package io.quantumtrader.app.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.registry.Compatibility;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Registers the newest schema of every subject. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Register the newest schema of every subject with a registry and set the subject's level."
          + " Running it again changes nothing."
    },
    footer = {"", "Example:", "  ./quantum schemas register --registry http://localhost:8081"})
final class RegisterCommand implements Callable<Integer> {

  @Mixin private SchemaSource source = new SchemaSource();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "FULL_TRANSITIVE",
      description = "Level of each subject: ${COMPLETION-CANDIDATES}. Default: FULL_TRANSITIVE.")
  private Compatibility level;

  @Option(names = "--json", description = "Print one JSON object: subject to id.")
  private boolean json;

  @Override
  public Integer call() {
    if (!registry.isGiven()) {
      throw source.usage("give the registry's address: --registry URL");
    }
    Registration.Registered done =
        registry.ask(client -> Registration.register(client, source.newest(), level));
    if (json) {
      ObjectNode ids = JsonNodeFactory.instance.objectNode();
      done.ids().forEach(ids::put);
      source.print(ids);
    } else {
      done.ids().forEach((subject, id) -> source.out().println(subject + " " + id));
      source
          .err()
          .println(
              done.ids().size() + " subjects, " + done.versionsAdded().size() + " got a version");
    }
    return 0;
  }
}
