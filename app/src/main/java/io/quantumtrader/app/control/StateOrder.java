package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;

/** An operator's change of the trading state, and whether the stages have taken it. */
final class StateOrder {

  @Mixin private StagesWait wait = new StagesWait();

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
    wait.check(operator);
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        StagesTaken taken = StagesTaken.watch(pipeline, serdes)) {
      ControlTopic.Written written =
          operator.change(account, reason, (change, before) -> change.withState(before, wanted));
      operator.print(written.control());
      wait.await("the state", taken, written, operator);
      return 0;
    } catch (KafkaException e) {
      throw Operator.unreachable(e);
    }
  }
}
