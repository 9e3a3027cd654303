package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An operator's change of the trading state, and whether the stages have taken it. */
final class StateOrder {

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to wait until the stages have taken it; exit code 1 if they have not."
              + " Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(
      names = "--no-wait",
      description = "Write the state, and do not wait until the stages have taken it.")
  private boolean noWait;

  @Mixin private Operator operator = new Operator();

  /**
   * Sets the state.
   *
   * @param account account; null for all
   * @param reason why; null for none
   * @return exit code: 0
   * @throws CommandFailure if the stages do not take it in time
   */
  int set(String account, String reason, TradingState wanted) throws InterruptedException {
    operator.requireAccount(account);
    if (waitSeconds < 1) {
      throw operator.usage("--wait must be 1 or more; --no-wait does not wait");
    }
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        StagesTaken taken = StagesTaken.watch(pipeline, serdes)) {
      ControlTopic.Written written =
          operator.change(account, reason, (change, before) -> change.withState(before, wanted));
      operator.print(written.control());
      if (!noWait) {
        await(taken, written, pipeline);
      }
      return 0;
    } catch (KafkaException e) {
      throw Operator.unreachable(e);
    }
  }

  private void await(StagesTaken taken, ControlTopic.Written written, RunningPipeline pipeline)
      throws InterruptedException {
    if (!Readers.ofStages(pipeline.kafka())) {
      throw new CommandFailure(
          "the state is written, but no stages run there to take it; it applies as soon as they do"
              + " (--no-wait does not ask)");
    }
    long began = System.nanoTime();
    if (!taken.await(written, Duration.ofSeconds(waitSeconds))) {
      throw new CommandFailure(
          "the state is written, but %s within %d s; it applies as soon as the stages take it"
              .formatted(taken.whatIsMissing(), waitSeconds));
    }
    operator.talk(
        String.format(
            Locale.ROOT,
            "The stages took it after %.1f s; it applies from the next decision on.",
            (System.nanoTime() - began) / 1e9));
  }
}
