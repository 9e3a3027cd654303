package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Orders positions to be closed until an account's exposure is at most a share. */
@Command(
    name = "reduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Close positions until the exposure, margin in use and reserved over equity, is at most a",
      "share: the one with the worst R first, whole ones, and of the last as much as is needed.",
      "Applies whatever the trading state, for each account by itself. Says what was closed and",
      "what exposure came of it; exit code 1 if it is not reached in time."
    },
    footer = {
      "",
      "Example:",
      "  ./quantum control reduce --to-exposure 60%% --account main --reason \"before the weekend\""
    })
final class ReduceCommand implements Callable<Integer> {

  @Option(
      names = "--to-exposure",
      paramLabel = "PERCENT",
      required = true,
      description = "Exposure to come to, at most, from 0%% to 100%%.")
  private String toExposure;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to reduce. Default: all accounts.")
  private String account;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, recorded with the order.")
  private String reason;

  @Mixin private OrderWait wait = new OrderWait();

  @Mixin private Operator operator = new Operator();

  @Override
  public Integer call() {
    operator.checkAccount(account);
    String why = operator.reason(reason);
    wait.check(operator);
    double share =
        Share.parse(toExposure)
            .orElseThrow(
                () -> operator.usage("--to-exposure '" + toExposure + "' must be " + Share.RULE));
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        RecordWatch watch =
            new RecordWatch(pipeline.kafka(), serdes, Set.of(Topic.DECISION, Topic.APPLY_RESULT))) {
      PipelineBook book = PipelineBook.read(pipeline, serdes);
      book.requireAccount(account);
      return order(share, why, book.open(account, ""), watch);
    } catch (KafkaException e) {
      throw Operator.unreachable(e);
    }
  }

  private int order(double share, String why, List<PositionLedger> open, RecordWatch watch) {
    String id = UUID.randomUUID().toString();
    List<String> accounts = open.stream().map(PositionLedger::getAccount).distinct().toList();
    ReduceProgress progress = new ReduceProgress(id, share, accounts);
    if (open.isEmpty()) {
      say(progress);
      operator.talk("Nothing was ordered: nothing is open.");
      return 0;
    }
    ControlTopic.Written written =
        operator.order(account, why, (change, before) -> change.withReduce(before, id, share));
    if (wait.isOff()) {
      operator.print(written.control());
      return 0;
    }
    operator.talk(
        "Order %s is given; waiting until the exposure of %s is at most %s."
            .formatted(id, String.join(", ", accounts), Share.text(share)));
    boolean unused = watch.await(progress::take, wait.patience());
    say(progress);
    if (!progress.left().isEmpty()) {
      throw new CommandFailure(
          "the exposure of %s is not known to be at most %s; what is not done stands in the lines"
              .formatted(String.join(", ", progress.left()), Share.text(share)));
    }
    return 0;
  }

  private void say(ReduceProgress progress) {
    if (operator.isJson()) {
      operator.print(progress.toJson(), "");
    } else {
      progress.toLines().forEach(line -> operator.print(null, line));
    }
  }
}
