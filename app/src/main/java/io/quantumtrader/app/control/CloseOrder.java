package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An operator's order to close: what it is held against, how it is given and what came of it. */
final class CloseOrder {

  private static final Set<Topic> TOLD_BY =
      Set.of(Topic.DECISION, Topic.APPLY_RESULT, Topic.POSITION_LEDGER);

  @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, recorded with the order.")
  private String reason;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to wait until everything is closed; exit code 1 if it is not."
              + " Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(
      names = "--no-wait",
      description = "Give the order, and do not wait for what comes of it.")
  private boolean noWait;

  @Mixin private Operator operator = new Operator();

  /** Returns how the command answers. */
  Operator operator() {
    return operator;
  }

  /**
   * Closes the position in a symbol.
   *
   * @param account account; null for all
   * @param given the symbol as it was typed
   * @return exit code: 0
   * @throws CommandFailure if nothing is open in it, or is not closed in time
   */
  int close(String account, String given) {
    return run(account, check(account, given), true);
  }

  /**
   * Closes everything.
   *
   * @param account account; null for all
   * @param given a symbol as it was typed; null for all
   * @return exit code: 0, also where there was nothing to close
   * @throws CommandFailure if something is not closed in time
   */
  int flatten(String account, String given) {
    return run(account, given == null ? "" : check(account, given), false);
  }

  private String check(String account, String given) {
    operator.checkAccount(account);
    return operator.symbol(given);
  }

  private int run(String account, String symbol, boolean mustBeOpen) {
    operator.checkAccount(account);
    String why = operator.reason(reason);
    if (waitSeconds < 1) {
      throw operator.usage("--wait must be 1 or more; --no-wait does not wait");
    }
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        RecordWatch watch = new RecordWatch(pipeline.kafka(), serdes, TOLD_BY)) {
      PipelineBook book = PipelineBook.read(pipeline, serdes);
      book.requireAccount(account);
      if (mustBeOpen) {
        book.requireOpen(account, symbol);
      }
      return order(account, symbol, why, book.open(account, symbol), watch);
    } catch (KafkaException e) {
      throw Operator.unreachable(e);
    }
  }

  private int order(
      String account, String symbol, String why, List<PositionLedger> open, RecordWatch watch) {
    String id = UUID.randomUUID().toString();
    CloseProgress progress = new CloseProgress(id, open);
    if (open.isEmpty()) {
      say(progress);
      operator.talk("Nothing was ordered: nothing is open.");
      return 0;
    }
    Control written =
        operator.write(account, why, (change, before) -> change.withClose(before, id, symbol));
    if (noWait) {
      operator.print(written);
      return 0;
    }
    operator.talk("Order " + id + " is given; waiting until " + open.size() + " closed.");
    boolean closed = watch.await(progress::take, Duration.ofSeconds(waitSeconds));
    say(progress);
    if (!closed) {
      throw new CommandFailure(
          ("%d of %d positions are still open after %d s; the order stands, and is carried out as"
                  + " soon as it can be")
              .formatted(progress.left(), progress.found(), waitSeconds));
    }
    return 0;
  }

  private void say(CloseProgress progress) {
    if (operator.isJson()) {
      operator.print(progress.toJson(), "");
    } else {
      progress.toLines().forEach(line -> operator.print(null, line));
    }
  }
}
