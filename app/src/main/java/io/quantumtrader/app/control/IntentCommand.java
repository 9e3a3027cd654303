package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends an intent to a running pipeline, and says what it was answered. */
@Command(
    name = "intent",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Send an intent to the running pipeline, and print its verdict with the numbers that led to",
      "it; where it is granted, also what the exchange answered."
    },
    footer = {
      "",
      "Exit codes: 0 granted, 3 denied, 4 no verdict in time, 2 wrong usage, 1 any",
      "other failure.",
      "",
      "Examples:",
      "  ./quantum intent BTCUSDT BUY 300 --leverage 2",
      "  ./quantum intent ETHUSDT SELL --notional 500 --stop 4200 --target 3100",
      "  ./quantum intent BTCUSDT CLOSE",
    })
public final class IntentCommand implements Callable<Integer> {

  /** Exit code of an intent that was denied. */
  static final int DENIED = 3;

  /** Exit code where there was no verdict in time. */
  static final int NO_VERDICT = 4;

  /**
   * Steps of the clock that are looked at, by partition; between them lie marks of transactions.
   */
  @Mixin private IntentAsk ask = new IntentAsk();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description =
          "How long to wait for the verdict, and for the exchange's answer. Default:"
              + " ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(names = "--no-wait", description = "Send it, print its id, and do not wait.")
  private boolean noWait;

  @Mixin private Operator operator = new Operator();

  /** Creates it; picocli does. */
  public IntentCommand() {}

  @Override
  public Integer call() {
    String symbol = check();
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        RecordWatch watch =
            new RecordWatch(pipeline.kafka(), serdes, Set.of(Topic.DECISION, Topic.APPLY_RESULT))) {
      operator.requireAccount(ask.account());
      String sender = "operator " + System.getProperty("user.name");
      TradeIntent intent =
          ask.intent(symbol, sender, PipelineClock.nowMs(pipeline.kafka(), serdes));
      IntentVerdict verdict = new IntentVerdict(intent);
      AccountRecords.send(
          pipeline.kafka(),
          serdes,
          Topic.TRADE_INTENT,
          intent.getAccount(),
          TradeIntent.class,
          intent,
          intent.getCreatedAtMs());
      if (noWait) {
        operator.print(verdict.toJson(), "sent " + intent.getIntentId());
        return 0;
      }
      return answer(verdict, watch);
    } catch (KafkaException e) {
      throw new CommandFailure("the intent could not be sent: " + e.getMessage(), e);
    }
  }

  private String check() {
    ask.flaw()
        .ifPresent(
            flaw -> {
              throw operator.usage(flaw);
            });
    if (waitSeconds < 1) {
      throw operator.usage("--wait must be 1 or more; --no-wait does not wait");
    }
    if (!Accounts.isName(ask.account())) {
      throw operator.usage(
          "'" + ask.account() + "' is not an account name; use 1 to 32 of a-z, 0-9, _ and -");
    }
    return operator.symbol(ask.symbol());
  }

  private int answer(IntentVerdict verdict, RecordWatch watch) {
    long begin = System.nanoTime();
    boolean decided = watch.await(verdict::isDecidedBy, Duration.ofSeconds(waitSeconds));
    if (!decided) {
      throw new CommandFailure(
          NO_VERDICT,
          "intent %s had no verdict within %d s; %s"
              .formatted(
                  verdict.intentId(),
                  waitSeconds,
                  Readers.ofStages(operator.pipeline().kafka())
                      ? "does the feed run? The stages decide as its clock goes on"
                      : "no stages run there"),
          null);
    }
    if (verdict.isGranted() && !verdict.isFinal()) {
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      boolean unused =
          watch.await(
              record -> verdict.isFinishedBy(record),
              Duration.ofSeconds(waitSeconds).minus(waited));
    }
    if (operator.isJson()) {
      operator.print(verdict.toJson(), "");
    } else {
      verdict.toLines().forEach(line -> operator.print(null, line));
    }
    return verdict.isGranted() ? 0 : DENIED;
  }
}
