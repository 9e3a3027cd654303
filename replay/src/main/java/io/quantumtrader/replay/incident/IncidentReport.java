package io.quantumtrader.replay.incident;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * An incident that was played.
 *
 * @param incident which
 * @param then what the rules of then made of it
 * @param now what the pipeline makes of it
 * @param heldThen closes that the rules of then held back, in the order of time
 * @param whatIf the close under several policies; empty for an incident that is not about one
 */
public record IncidentReport(
    Incident incident,
    IncidentOutcome then,
    IncidentOutcome now,
    List<HeldClose> heldThen,
    List<CloseWhatIf> whatIf) {

  /** Where the topics of the run of now are recorded, and by which version of the program. */
  public record Recorded(Path directory, String program) {}

  /**
   * Plays an incident.
   *
   * @param recorded where its topics are recorded; empty for nowhere
   * @param progress hears how much is done, 0 to 1
   * @throws io.quantumtrader.replay.record.RecordingException where the directory holds something
   * @throws IOException where the recording cannot be written
   */
  public static IncidentReport of(
      Incident incident, Optional<Recorded> recorded, DoubleConsumer progress)
      throws IOException, InterruptedException {
    IncidentInput input = incident.input();
    ThenRun then = ThenRun.of(input);
    NowRun run = new NowRun(input, input.policy());
    NowFold now =
        recorded.isPresent()
            ? run.record(recorded.get().directory(), recorded.get().program(), progress)
            : run.play(progress);
    return new IncidentReport(
        incident, then.outcome(), now.outcome(), then.heldCloses(), whatIf(incident, input, now));
  }

  private static List<CloseWhatIf> whatIf(Incident incident, IncidentInput input, NowFold now)
      throws InterruptedException {
    if (incident != Incident.HELD_CLOSE) {
      return List.of();
    }
    List<CloseWhatIf> whatIf = new ArrayList<>();
    whatIf.add(under("the policy of then", CloseThatWasHeld.THEN, List.of(), input));
    whatIf.add(
        under("the limit raised", CloseThatWasHeld.THEN, List.of("unstableKillScore=0.8"), input));
    whatIf.add(
        under(
            "profit override",
            CloseThatWasHeld.THEN,
            List.of("closePolicy=profit_override"),
            input));
    whatIf.add(CloseWhatIf.of("the policy of now", List.of(), now));
    return whatIf;
  }

  /** Runs under the first thresholds, with the others in their place. */
  private static CloseWhatIf under(
      String name, List<String> base, List<String> changed, IncidentInput input)
      throws InterruptedException {
    List<String> thresholds = new ArrayList<>(base);
    for (String each : changed) {
      String key = each.substring(0, each.indexOf('=') + 1);
      thresholds.removeIf(before -> before.startsWith(key));
      thresholds.add(each);
    }
    NowFold run = new NowRun(input, CloseThatWasHeld.policy(thresholds)).play(share -> {});
    return CloseWhatIf.of(name, thresholds, run);
  }
}
