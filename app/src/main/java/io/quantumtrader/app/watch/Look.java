package io.quantumtrader.app.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.app.parts.KnownAccounts;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Symbols;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that look have in common: where the pipeline is, and how they answer. */
final class Look {

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to look at. Default: all.")
  private String account;

  @Option(names = "--json", description = "Print each row as one line of JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Opens the book of the pipeline that is meant, read to its end.
   *
   * @throws CommandFailure if there is none, or it cannot be read
   */
  LiveBook open() {
    return open(LiveBook::open);
  }

  /**
   * Opens the book of the pipeline that is meant, read to its end.
   *
   * @param opening how
   * @throws CommandFailure if there is none, or it cannot be read
   */
  LiveBook open(Function<RunningPipeline, LiveBook> opening) {
    RunningPipeline pipeline = pipeline();
    talk("Pipeline " + pipeline.describe() + ".");
    try {
      return opening.apply(pipeline);
    } catch (KafkaException e) {
      throw new CommandFailure(
          "the pipeline's topics cannot be read: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  /** Returns where the pipeline is that the command is for. */
  RunningPipeline pipeline() {
    return place.pipeline();
  }

  /**
   * Returns what is asked for, and refuses an account that is not there.
   *
   * @param symbol instrument as it was typed; null for all
   */
  Scope scope(Book book, String symbol) {
    String name = symbol == null ? "" : symbol.strip().toUpperCase(Locale.ROOT);
    if (!name.isEmpty() && !Symbols.isSymbol(name)) {
      throw usage("'" + symbol + "' is not a symbol; give one like BTCUSDT");
    }
    if (account == null || account.equals(Accounts.ALL)) {
      return new Scope(Accounts.ALL, name);
    }
    if (!Accounts.isName(account)) {
      throw usage("'" + account + "' is not an account name; use " + Accounts.RULE);
    }
    KnownAccounts.require(account, book.read(pages -> pages.accounts()), CommandFailure::new);
    return new Scope(account, name);
  }

  /** Returns whether rows are wanted as JSON. */
  boolean isJson() {
    return json;
  }

  /** Returns how wide lines may be. */
  int width() {
    return Screen.ofProcess().width();
  }

  /** Prints rows: each as a line of JSON, or as lines for people. */
  void print(List<?> rows, List<String> asText) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      rows.forEach(row -> out.println(Json.text(row)));
    } else {
      asText.forEach(out::println);
    }
    out.flush();
  }

  /** Prints one answer. */
  void print(JsonNode asJson, List<String> asText) {
    print(List.of(asJson), asText);
  }

  /** Says something that is no data. */
  void talk(String line) {
    PrintWriter err = spec.commandLine().getErr();
    Wrap.lines(line, "", "  ").forEach(err::println);
    err.flush();
  }

  /** Returns a mistake in how the command was given. */
  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
