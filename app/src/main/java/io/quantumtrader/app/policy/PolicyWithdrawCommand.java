package io.quantumtrader.app.policy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.PipelineClock;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a scheduled change back. */
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take a scheduled change of the policy back before it is applied. Once this says so, it is",
      "never applied. Exit code 2 if there is no such change; exit code 3 if it has been applied,",
      "refused or withdrawn already."
    },
    footer = {"", "Example:", "  ./quantum policy withdraw 3f9a01c2 --reason \"a bad week\""})
final class PolicyWithdrawCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Which one, as policy scheduled names it.")
  private String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Reason, recorded with it.")
  private String reason;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw desk.usage("--reason must not be empty; it is recorded with the change");
    }
    RunningPipeline pipeline = desk.pipeline();
    try (RecordSerdes serdes = pipeline.serdes()) {
      long nowMs = PipelineClock.nowMs(pipeline.kafka(), serdes);
      PolicySchedule withdrawn =
          new ScheduleChanges(desk.topic(pipeline))
              .withdraw(id, desk.operator(), reason.strip(), nowMs);
      desk.print(ScheduleText.json(withdrawn, List.of()), ScheduleText.lines(withdrawn, List.of()));
      return 0;
    } catch (WithdrawRefusedException e) {
      throw new CommandFailure(
          e.isKnown() ? PolicyDesk.REFUSED : PolicyDesk.WRONG,
          "refused: " + e.getMessage() + "; see ./quantum policy scheduled",
          e);
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }
}
