package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.ledger.RiskBackfills;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the risk data of adopted positions looked up again, and reports each result. */
@Command(
    name = "risk",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Look up the risk data of adopted positions again: the ATR of the intent that opened",
      "them, else of the market state, else the policy's fallback. Positions that a plan opened",
      "keep the plan's. A stop never loosens. Exit code 1 if a position gets no answer in time."
    },
    footer = {"", "Example:", "  ./quantum backfill risk --account main --symbol ETHUSDT"})
final class RiskBackfillCommand implements Callable<Integer> {

  private static final Duration READING = Duration.ofSeconds(60);

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account whose positions to look up. Default: all accounts.")
  private String account;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "Symbol to look up. Default: all symbols.")
  private String symbol;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "risk data of adopted positions",
      description = "Reason, recorded with the order. Default: ${DEFAULT-VALUE}.")
  private String reason;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for the answers. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private Operator operator = new Operator();

  @Override
  public Integer call() {
    String meant = symbol == null ? "" : operator.symbol(symbol);
    operator.requireAccount(account);
    RunningPipeline pipeline = operator.pipeline();
    RecordSerdes serdes = pipeline.serdes();
    try {
      TopicReader topics = new TopicReader(pipeline.kafka(), READING);
      List<PositionLedger> adopted = adopted(topics, serdes, meant);
      if (adopted.isEmpty()) {
        operator.talk("No adopted position is open: every open position has its plan's risk data.");
        return 0;
      }
      IntentAtrs atrs = new IntentAtrs(adopted);
      topics.readValues(
          Topic.TRADE_INTENT, serdes.of(TradeIntent.class).deserializer(), atrs::take);
      return order(adopted, meant, atrs.found(), pipeline, serdes);
    } catch (KafkaException e) {
      throw new CommandFailure("cannot read the pipeline: " + e.getMessage(), e);
    }
  }

  private List<PositionLedger> adopted(TopicReader topics, RecordSerdes serdes, String meant) {
    Map<String, PositionLedger> rows = new TreeMap<>();
    topics.readValues(
        Topic.POSITION_LEDGER,
        serdes.of(PositionLedger.class).deserializer(),
        row -> rows.put(row.getAccount() + ":" + row.getSymbol(), row));
    return rows.values().stream()
        .filter(Sides::isOpen)
        .filter(RiskBackfills::isAdopted)
        .filter(row -> isForAll() || row.getAccount().equals(account))
        .filter(row -> meant.isEmpty() || row.getSymbol().equals(meant))
        .toList();
  }

  private boolean isForAll() {
    return account == null || account.equals(Accounts.ALL);
  }

  private int order(
      List<PositionLedger> adopted,
      String meant,
      List<IntentAtr> atrs,
      RunningPipeline pipeline,
      RecordSerdes serdes) {
    String id = UUID.randomUUID().toString();
    Set<String> waiting = new HashSet<>();
    adopted.forEach(row -> waiting.add(id + "/" + row.getPositionId()));
    try (DecisionWatch watch = new DecisionWatch(pipeline.kafka(), serdes)) {
      operator.write(
          account,
          operator.reason(reason),
          (change, before) -> change.withBackfill(before, id, meant, atrs));
      boolean all =
          watch.await(decision -> isLast(decision, waiting), Duration.ofSeconds(waitSeconds));
      if (!all) {
        throw new CommandFailure(
            ("%d of %d positions got no answer within %d s; order %s stands and will be carried"
                    + " out when the account's clock moves on")
                .formatted(waiting.size(), adopted.size(), waitSeconds, id));
      }
    }
    return 0;
  }

  private boolean isLast(Decision decision, Set<String> waiting) {
    if (waiting.remove(decision.getCauseId())
        && decision.getCode().equals(ReasonCode.RISK_BACKFILLED.name())) {
      operator.print(RecordJson.of(decision), text(decision));
    }
    return waiting.isEmpty();
  }

  private static String text(Decision decision) {
    Map<String, String> numbers = new HashMap<>();
    for (NumberOf number : decision.getNumbers()) {
      numbers.put(number.getName(), number.getValue());
    }
    return "%s %s: initial stop %s (%s) instead of %s (%s), stop in place %s"
        .formatted(
            decision.getAccount(),
            decision.getSymbol(),
            numbers.get("initialStop"),
            numbers.get("source"),
            numbers.get("initialStopBefore"),
            numbers.get("sourceBefore"),
            numbers.get("stopPrice"));
  }
}
