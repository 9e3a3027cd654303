package io.quantumtrader.app.policy;

import io.quantumtrader.app.policy.PolicyHistory.Source;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes an account's own record. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Remove an account's own policy, so that the default applies to it again. Its versions",
      "stay in the history; if it gets a policy again, its version numbers continue."
    },
    footer = {"", "Example:", "  ./quantum policy reset --account main --reason \"trial over\""})
final class PolicyResetCommand implements Callable<Integer> {

  @Option(
      names = "--account",
      paramLabel = "NAME",
      required = true,
      description = "Account whose own policy to remove.")
  private String account;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Reason, recorded with the removal.")
  private String reason;

  @Option(
      names = "--expect-version",
      paramLabel = "N",
      description = "Refuse unless the current record has this version.")
  private Long expected;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long to wait for a decision after it; 0: do not wait. Default:"
              + " ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = desk.key(account);
    String why = desk.reason(reason);
    try {
      PolicySession session = PolicySession.begin(desk, key);
      session.expect(expected);
      if (session.held().source() == Source.OWN) {
        session.write(Optional.empty(), why, waitSeconds);
      } else {
        session.saySame("Account " + key + " has no policy of its own.");
      }
      return 0;
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }
}
