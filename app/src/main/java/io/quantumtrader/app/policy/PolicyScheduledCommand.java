package io.quantumtrader.app.policy;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.PipelineClock;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions;
import io.quantumtrader.topology.decision.schedule.Unmet;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists scheduled changes. */
@Command(
    name = "scheduled",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List the scheduled changes of the policy, oldest first: what each changes, when, by whom",
      "and why, what it still waits for with the numbers of now, and what has become of those",
      "that are over: applied as which version, withdrawn, or refused and why."
    },
    footer = {"", "Example:", "  ./quantum policy scheduled --waiting"})
final class PolicyScheduledCommand implements Callable<Integer> {

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account whose changes to list. Default: the default policy and all accounts.")
  private String account;

  @Option(names = "--waiting", description = "List only those that wait.")
  private boolean waiting;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = account == null ? null : desk.key(account);
    try {
      RunningPipeline pipeline = desk.pipeline();
      List<PolicySchedule> told =
          desk.topic(pipeline).schedules().all().stream()
              .filter(each -> key == null || each.getName().equals(key))
              .filter(each -> !waiting || ScheduleConditions.waits(each))
              .toList();
      if (told.isEmpty()) {
        desk.talk(
            "No change %s%s."
                .formatted(waiting ? "waits" : "is scheduled", key == null ? "" : " for " + key));
      } else {
        tell(pipeline, told);
      }
      return 0;
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }

  private void tell(RunningPipeline pipeline, List<PolicySchedule> told) {
    PolicyHistory history = desk.topic(pipeline).read();
    AccountStates states = AccountStates.read(pipeline);
    long nowMs;
    try (RecordSerdes serdes = pipeline.serdes()) {
      nowMs = PipelineClock.nowMs(pipeline.kafka(), serdes);
    }
    for (PolicySchedule each : told) {
      List<Unmet> unmet =
          ScheduleConditions.waits(each)
              ? ScheduleConditions.unmet(
                  each, ScheduleVerdict.subjects(each.getName(), history, states), nowMs)
              : List.of();
      desk.print(ScheduleText.json(each, unmet), ScheduleText.lines(each, unmet));
    }
  }
}
