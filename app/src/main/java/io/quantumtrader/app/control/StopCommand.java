package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders the stop of an open position to be tightened. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tighten the stop of the open position in a symbol, whatever the trading state, and say what",
      "came of it. It must be tighter than the stop in place and before the market. Exit code 1 if",
      "nothing is open in the symbol, or if a stop is not moved."
    },
    footer = {
      "",
      "Example:",
      "  ./quantum control stop BTCUSDT 88500 --account main --reason \"lock in half\""
    })
final class StopCommand implements Callable<Integer> {

  private static final Duration READING = Duration.ofSeconds(60);

  @Parameters(index = "0", paramLabel = "SYMBOL", description = "Instrument, like BTCUSDT.")
  private String symbol;

  @Parameters(index = "1", paramLabel = "PRICE", description = "The new stop, quote currency.")
  private String price;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account whose stop to tighten. Default: all accounts.")
  private String account;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, recorded with the order.")
  private String reason;

  @Mixin private OrderWait wait = new OrderWait();

  @Mixin private Operator operator = new Operator();

  @Override
  public Integer call() {
    operator.checkAccount(account);
    String meant = operator.symbol(symbol);
    BigDecimal newStop = newStop();
    String why = operator.reason(reason);
    wait.check(operator);
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        RecordWatch watch =
            new RecordWatch(pipeline.kafka(), serdes, Set.of(Topic.DECISION, Topic.APPLY_RESULT))) {
      PipelineBook book = PipelineBook.read(pipeline, serdes);
      book.requireAccount(account);
      book.requireOpen(account, meant);
      List<PositionLedger> open = book.open(account, meant);
      refuse(new StopFlaws(newStop, marks(pipeline, serdes)), open);
      return order(meant, newStop, why, open, watch);
    } catch (KafkaException e) {
      throw Operator.unreachable(e);
    }
  }

  private BigDecimal newStop() {
    try {
      BigDecimal given = new BigDecimal(price.strip());
      if (given.signum() > 0 && RecordBounds.fits(given)) {
        return given.setScale(Decimals.SCALE);
      }
    } catch (NumberFormatException notANumber) {
      // The same as a number that is no price.
    }
    throw operator.usage("'" + price + "' is not a price; give one above 0, like 88500.5");
  }

  /** What can be seen here already is not ordered. */
  private void refuse(StopFlaws flaws, List<PositionLedger> open) {
    List<String> lines = open.stream().flatMap(row -> flaws.of(row).stream()).toList();
    if (lines.size() == open.size()) {
      throw new CommandFailure(lines.getFirst() + "; nothing was ordered");
    }
    lines.forEach(operator::talk);
  }

  private static Map<String, BigDecimal> marks(RunningPipeline pipeline, RecordSerdes serdes) {
    Map<String, BigDecimal> marks = new HashMap<>();
    new TopicReader(pipeline.kafka(), READING)
        .readValues(
            Topic.POSITION_SNAPSHOT,
            serdes.of(PositionSnapshot.class).deserializer(),
            snapshot -> marks.put(snapshot.getPositionId(), snapshot.getMarkPrice()));
    return marks;
  }

  private int order(
      String meant, BigDecimal newStop, String why, List<PositionLedger> open, RecordWatch watch) {
    String id = UUID.randomUUID().toString();
    StopProgress progress = new StopProgress(id, newStop, open);
    ControlTopic.Written written =
        operator.order(
            account, why, (change, before) -> change.withStop(before, id, meant, newStop));
    if (wait.isOff()) {
      operator.print(written.control());
      return 0;
    }
    operator.talk("Order " + id + " is given; waiting until the stop is moved.");
    boolean unused = watch.await(progress::take, wait.patience());
    if (operator.isJson()) {
      operator.print(progress.toJson(), "");
    } else {
      progress.toLines().forEach(line -> operator.print(null, line));
    }
    if (progress.left() > 0) {
      throw new CommandFailure(
          "%d of %d stops are not known to be moved".formatted(progress.left(), progress.found()));
    }
    return 0;
  }
}
