package io.quantumtrader.app.letters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.Until;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.view.DeadLetterRow;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends the records of dead letters to their topics again, each once, and says what came of it. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Send the records of dead letters to their topics again, each once, and say what came of it.",
      "Only those go of which a copy changes nothing for who has read the first: intents, and plans",
      "that the executor could not read. Why another does not go is said, and what to do instead.",
      "Exit code 0 if all were sent and answered, 3 if one was not sent, 4 without an answer in time."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum dead-letters replay 0:12 --reason \"its schema is registered now\"",
      "  ./quantum dead-letters replay --topic trade.intent --since 1h --reason mended",
    })
final class LetterReplayCommand implements Callable<Integer> {

  private static final String SINCE_RULE = "a duration like 90s, 30m, 8h, 7d";

  @Parameters(
      paramLabel = "PLACE",
      arity = "0..*",
      description =
          "Places of the letters, as the list shows them, or the options that choose them.")
  private List<String> places = List.of();

  @Mixin private LetterFilter filter = new LetterFilter();

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description = "Only what the pipeline's clock passed since then: " + SINCE_RULE + ".")
  private String since;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it is recorded.")
  private String reason;

  @Option(
      names = "--even-if-unreadable",
      description = "Send also what still cannot be read; it becomes a dead letter again.")
  private boolean evenIfUnreadable;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "How long to wait for what comes of it. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private LetterCommandLine line = new LetterCommandLine();

  private int refused;
  private int unanswered;

  @Override
  public Integer call() {
    check();
    RunningPipeline pipeline = line.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        LetterOutcome outcome = new LetterOutcome(pipeline.kafka(), serdes)) {
      LetterDesk desk = LetterCommandLine.desk(pipeline, serdes);
      List<LetterPlace> wanted =
          places.isEmpty() ? chosen(desk) : places.stream().map(line::place).toList();
      if (wanted.isEmpty()) {
        line.talk("There are no such dead letters that may be sent again.");
      }
      wanted.forEach(place -> send(place, desk, outcome));
    } catch (KafkaException e) {
      throw LetterCommandLine.unreachable(e);
    }
    return refused > 0
        ? LetterCommandLine.REFUSED
        : unanswered > 0 ? LetterCommandLine.NO_ANSWER : 0;
  }

  private void check() {
    filter.check(line);
    boolean chosen = filter.isGiven() || since != null;
    if (places.isEmpty() != chosen) {
      throw line.usage("name places, or choose by --topic, --reader or --since; not both");
    }
    if (reason.isBlank()) {
      throw line.usage("--reason TEXT must say why; it is recorded");
    }
    if (waitSeconds < 1) {
      throw line.usage("--wait must be 1 or more");
    }
    if (since != null && Until.lasting(since).isEmpty()) {
      throw line.usage("--since takes " + SINCE_RULE);
    }
    places.forEach(line::place);
  }

  /** Those that are chosen by what they are, and may go as far as their headers say. */
  private List<LetterPlace> chosen(LetterDesk desk) {
    long fromMs =
        Optional.ofNullable(since)
            .flatMap(Until::lasting)
            .map(lasts -> desk.clockMs() - lasts.toMillis())
            .orElse(0L);
    List<DeadLetterRow> meant =
        filter.of(desk.last(DeadLettersCommand.LOOKED_THROUGH)).stream()
            .filter(row -> row.atMs() >= fromMs)
            .toList();
    List<LetterPlace> mayGo =
        meant.stream()
            .filter(row -> row.refused().isEmpty())
            .map(row -> new LetterPlace(row.partition(), row.offset()))
            .toList();
    line.talk(
        "%d letters are meant, %d of them may be sent again."
            .formatted(meant.size(), mayGo.size()));
    return mayGo;
  }

  private void send(LetterPlace place, LetterDesk desk, LetterOutcome outcome) {
    try {
      LetterDesk.Looked looked = desk.looked(place);
      desk.warnings(looked).forEach(warning -> line.talk(place + ": " + warning));
      ReplayOrder order = new ReplayOrder(place.toString(), evenIfUnreadable, reason.strip());
      LetterReplay sent = desk.send(order, System.getProperty("user.name"));
      Optional<String> came = outcome.await(looked.value(), sent, Duration.ofSeconds(waitSeconds));
      unanswered += came.isEmpty() ? 1 : 0;
      say(place, sent, came.orElse("no answer after " + waitSeconds + " s"));
    } catch (OrderRefusedException why) {
      refused++;
      ObjectNode answer = answer(place, false, why.getMessage());
      line.print(answer, List.of("%s not sent: %s".formatted(place, why.getMessage())));
    }
  }

  private void say(LetterPlace place, LetterReplay sent, String came) {
    ObjectNode answer = answer(place, true, came);
    answer.put("topic", sent.getTopic());
    answer.put("partition", sent.getToPartition());
    answer.put("offset", sent.getToOffset());
    line.print(
        answer,
        List.of(
            "%s sent again as %d:%d of %s: %s"
                .formatted(
                    place, sent.getToPartition(), sent.getToOffset(), sent.getTopic(), came)));
  }

  private static ObjectNode answer(LetterPlace place, boolean sent, String outcome) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("place", place.toString());
    answer.put("sent", sent);
    answer.put("outcome", outcome);
    return answer;
  }
}
