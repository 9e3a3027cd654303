package io.quantumtrader.app.policy;

import io.quantumtrader.app.policy.PolicyHistory.Source;
import io.quantumtrader.schemas.policy.PolicyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes thresholds, as the next version of a record. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Change thresholds by writing the next version. Use the names in docs/policy.md, or with",
      "underscores; separate list items with commas. An account's record replaces the whole",
      "default: its first version starts from what applies to it now. All errors are reported",
      "together, with exit code 2; exit code 3 if somebody else changed the policy in the",
      "meantime. In both cases nothing is written."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum policy set maxPositions=20 --reason \"ten were held for a week\"",
      "  ./quantum policy set close_policy=risk_first heat_mode=shadow \\",
      "      --account main --reason \"a week of trying\"",
    })
final class PolicySetCommand implements Callable<Integer> {

  @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "Threshold and value.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to change. Default: all accounts without their own policy.")
  private String account;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Reason, recorded with the version.")
  private String reason;

  @Option(
      names = "--expect-version",
      paramLabel = "N",
      description =
          "Refuse unless the current record has this version; 0: unless there is no record.")
  private Long expected;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long to wait for a decision under it; 0: do not wait. Default:"
              + " ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = desk.key(account);
    String why = desk.reason(reason);
    PolicyChange change = PolicyChange.of(assignments);
    try {
      PolicySession session = PolicySession.begin(desk, key);
      session.expect(expected);
      PolicyChange.Outcome outcome = change.on(session.held().policy());
      if (!outcome.violations().isEmpty()) {
        return desk.wrong(outcome.violations());
      }
      boolean same = PolicyChange.differences(session.held().policy(), outcome.policy()).isEmpty();
      if (same && session.held().source() != Source.BUILTIN) {
        session.saySame("This already applies to " + key + ".");
      } else {
        session.write(Optional.of(outcome.policy()), why, waitSeconds);
      }
      return 0;
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }
}
