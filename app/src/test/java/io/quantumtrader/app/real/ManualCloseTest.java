package io.quantumtrader.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An order to close, from the command line to the plan, on a real broker and real stages. */
final class ManualCloseTest {

  @Test
  void shouldCloseOnceOnAnOperatorsOrderWhileTradingIsHalted() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh().startStages()) {
      // given an open position, and trading halted
      World world = World.open(pipeline, List.of("main"), List.of("BTCUSDT"));
      world.begin();
      world.intend("i-1", "main", "BTCUSDT", IntentAction.OPEN_LONG, Records.NOW);
      pipeline.settle();
      ApplyPlan entry = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).getFirst();
      pipeline.send(Topic.APPLY_RESULT, "main", Records.filled(entry, Records.NOW), Records.NOW);
      pipeline.settle();
      run(pipeline, "control", "state", "HALTED", "--reason", "test");

      // when an operator orders the close, and the clock goes on twice
      run(pipeline, "flatten", "--account", "main", "--reason", "test");
      pipeline.settle();
      pipeline.clock(Records.NOW + 1_000);
      pipeline.settle();
      pipeline.clock(Records.NOW + 2_000);
      pipeline.settle();

      // then
      List<ApplyPlan> plans = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class);
      assertThat(plans).hasSize(2);
      ApplyPlan close = plans.getLast();
      assertThat(close.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
      assertThat(close.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
      assertThat(close.getReduceOnly()).isTrue();
      assertThat(close.getIntentId()).isEmpty();
      assertThat(close.getQuantity()).isEqualByComparingTo(entry.getQuantity());
      assertThat(close.getPermit().getKind()).isEqualTo(PermitKind.P26);
    }
  }

  private static void run(RealPipeline pipeline, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", pipeline.stack().bootstrapServers()));
    all.addAll(List.of("--schema-registry", pipeline.stack().schemaRegistryUrl()));
    StringWriter err = new StringWriter();
    int code =
        Quantum.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
  }
}
