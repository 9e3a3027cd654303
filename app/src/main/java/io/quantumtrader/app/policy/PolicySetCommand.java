package io.quantumtrader.app.policy;

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
      "meantime. In both cases nothing is written. Nor is it where an account is beyond a new",
      "limit already, by what it has open or has lost, unless --even-if-exceeded is given.",
      "",
      "With --at, --after-days, --after-trades, --max-drawdown or --max-daily-loss the change",
      "waits until all that is given holds at one step of the pipeline's clock. The console's",
      "process, which `up` has too, applies it then on top of the policy of that time; or refuses",
      "it, by the same rules. See policy scheduled and policy withdraw. A ramp is one such change",
      "for each of its steps."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum policy set maxPositions=20 --reason \"ten were held for a week\"",
      "  ./quantum policy set close_policy=risk_first heat_mode=shadow \\",
      "      --account main --reason \"a week of trying\"",
      "  ./quantum policy set max_positions=20 --at 2026-02-01T00:00:00Z --reason ramp",
      "  ./quantum policy set max_positions=30 --after-days 14 --after-trades 100 \\",
      "      --max-drawdown 5% --reason ramp",
    })
final class PolicySetCommand implements Callable<Integer> {

  @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "Threshold and value.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to change. Default: all accounts without their own policy.")
  private String account;

  @Mixin private ScheduleOptions when = new ScheduleOptions();

  @Mixin private PolicyChangeOptions options = new PolicyChangeOptions();

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = desk.key(account);
    options.requireReason();
    when.check();
    PolicyChange change = PolicyChange.of(assignments);
    try {
      if (when.isGiven()) {
        return new ScheduleSession(desk, key).schedule(change, when, options);
      }
      PolicySession session = PolicySession.begin(desk, key);
      session.expect(options.expected());
      PolicyChange.Outcome outcome = change.on(session.held().policy());
      if (!outcome.violations().isEmpty()) {
        return desk.wrong(outcome.violations());
      }
      if (session.holdsAlready(outcome.policy())) {
        session.saySame("This already applies to " + key + ".");
        return 0;
      }
      return session.carryOut(Optional.of(outcome.policy()), options);
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }
}
