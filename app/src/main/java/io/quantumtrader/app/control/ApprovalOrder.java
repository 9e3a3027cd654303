package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers an entry that waits for a person, and waits for what comes of it. */
final class ApprovalOrder {

  private static final int NOT_FILLED = 3;
  private static final int NO_ANSWER = 4;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "How long to wait for what comes of it. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private Operator operator = new Operator();

  /** Does it, and returns the command's exit code. */
  int answer(String planId, boolean granted, String reason) {
    check(planId);
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes();
        RecordWatch watch = new RecordWatch(pipeline.kafka(), serdes, Set.of(Topic.APPLY_RESULT))) {
      ApplyPlan plan = waiting(WaitingEntries.read(pipeline, serdes), planId);
      long nowMs = System.currentTimeMillis();
      String by = System.getProperty("user.name");
      Approval approval = new Approval(planId, plan.getAccount(), granted, reason, by, nowMs);
      AccountRecords.send(
          pipeline.kafka(),
          serdes,
          Topic.APPROVAL,
          plan.getAccount(),
          Approval.class,
          approval,
          nowMs);
      operator.talk(
          "%s %s %s %s of account %s."
              .formatted(
                  granted ? "Granted:" : "Refused:",
                  plan.getSide(),
                  RecordJson.plain(plan.getQuantity()),
                  plan.getSymbol(),
                  plan.getAccount()));
      return outcome(plan, granted, watch);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  private void check(String planId) {
    if (!ClientOrderIds.isPlanId(planId)) {
      throw operator.usage(
          "'" + planId + "' is not a plan id, 16 of 0-9 and a-f; see ./quantum approvals list");
    }
    if (waitSeconds < 1) {
      throw operator.usage("--wait must be 1 or more");
    }
  }

  private static ApplyPlan waiting(WaitingEntries entries, String planId) {
    return entries
        .find(planId)
        .orElseThrow(
            () -> {
              ApplyResult ended = entries.ended().get(planId);
              return new CommandFailure(
                  ended == null
                      ? "no entry with the plan id %s waits; see ./quantum approvals list"
                          .formatted(planId)
                      : "plan %s does not wait any more: %s"
                          .formatted(planId, ResultText.of(ended)));
            });
  }

  private int outcome(ApplyPlan plan, boolean granted, RecordWatch watch) {
    AtomicReference<ApplyResult> last = new AtomicReference<>();
    boolean ended =
        watch.await(
            record -> {
              if (record instanceof ApplyResult result
                  && result.getPlanId().equals(plan.getPlanId())
                  && result.getAccount().equals(plan.getAccount())) {
                last.set(result);
              }
              return last.get() != null && last.get().getFinalResult();
            },
            Duration.ofSeconds(waitSeconds));
    ApplyResult result = last.get();
    if (result != null) {
      operator.print(RecordJson.of(result), ResultText.of(result));
    }
    if (!ended) {
      throw new CommandFailure(
          NO_ANSWER,
          "plan %s has no final result after %d s; does an executor run?"
              .formatted(plan.getPlanId(), waitSeconds),
          null);
    }
    boolean asOrdered =
        granted
            ? result.getOutcome() == ResultOutcome.FILLED
            : result.getCode().equals(ReasonCode.APPROVAL_REFUSED.name());
    return asOrdered ? 0 : NOT_FILLED;
  }

  static CommandFailure unreachable(KafkaException failure) {
    return new CommandFailure("the pipeline cannot be reached: " + failure.getMessage(), failure);
  }
}
