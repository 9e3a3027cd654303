package io.quantumtrader.app.letters;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.letter.LetterRow;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.view.DeadLetterRow;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists dead letters, shows one, and sends their records again. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List the last records that could not be read or decided, the newest last, with who could do",
      "nothing with each and why. AGAIN says whether its record may be sent to its topic again."
    },
    subcommands = {DeadLettersCommand.Show.class, LetterReplayCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./quantum dead-letters",
      "  ./quantum dead-letters --topic trade.intent --last 5",
      "  ./quantum dead-letters show 0:12",
      "  ./quantum dead-letters replay 0:12 --reason \"its schema is registered now\"",
    })
public final class DeadLettersCommand implements Callable<Integer> {

  /** Transactional id of all operators: at most one of them is sending at a time. */
  public static final String OPERATORS = "quantum-letter-operator";

  /** A filter looks through as many as this. */
  static final int LOOKED_THROUGH = 20_000;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many, 1 to 20000. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Mixin private LetterFilter filter = new LetterFilter();
  @Mixin private LetterCommandLine line = new LetterCommandLine();

  /** Creates it; picocli does. */
  public DeadLettersCommand() {}

  @Override
  public Integer call() {
    if (last < 1 || last > LOOKED_THROUGH) {
      throw line.usage("--last must be 1 to " + LOOKED_THROUGH);
    }
    filter.check(line);
    RunningPipeline pipeline = line.pipeline();
    try (RecordSerdes serdes = pipeline.serdes()) {
      List<DeadLetterRow> all =
          filter.of(
              LetterCommandLine.desk(pipeline, serdes)
                  .last(filter.isGiven() ? LOOKED_THROUGH : last));
      List<DeadLetterRow> rows = all.subList(Math.max(0, all.size() - last), all.size());
      if (rows.isEmpty()) {
        line.talk("There are no such dead letters.");
        return 0;
      }
      List<JsonNode> json = rows.stream().map(Json::tree).toList();
      line.print(json, LetterText.table(rows, line.width()));
      return 0;
    } catch (KafkaException e) {
      throw LetterCommandLine.unreachable(e);
    }
  }

  /** Shows one with all that it says. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Show a dead letter: its headers, its value (as the record it is where it can be read, else",
        "as text or hexadecimal digits), and whether its record may be sent again."
      },
      footer = {"", "Example:", "  ./quantum dead-letters show 0:12 --json"})
  static final class Show implements Callable<Integer> {

    @Parameters(
        paramLabel = "PLACE",
        description = "Place of the letter, as the list shows it: " + LetterPlace.RULE + ".")
    private String place;

    @Mixin private LetterCommandLine line = new LetterCommandLine();

    @Override
    public Integer call() {
      LetterPlace wanted = line.place(place);
      RunningPipeline pipeline = line.pipeline();
      try (RecordSerdes serdes = pipeline.serdes()) {
        LetterRow letter = LetterCommandLine.desk(pipeline, serdes).look(wanted);
        line.print(Json.tree(letter), LetterText.letter(letter));
        return 0;
      } catch (OrderRefusedException none) {
        throw new CommandFailure(none.getMessage(), none);
      } catch (KafkaException e) {
        throw LetterCommandLine.unreachable(e);
      }
    }
  }
}
