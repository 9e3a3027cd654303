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
      "stay in the history; if it gets a policy again, its version numbers continue. Exit code 2",
      "if it is beyond a limit of the default already and --even-if-exceeded is not given; exit",
      "code 3 if somebody else changed its policy in the meantime. Then nothing is written."
    },
    footer = {"", "Example:", "  ./quantum policy reset --account main --reason \"trial over\""})
final class PolicyResetCommand implements Callable<Integer> {

  @Option(
      names = "--account",
      paramLabel = "NAME",
      required = true,
      description = "Account whose own policy to remove.")
  private String account;

  @Mixin private PolicyChangeOptions options = new PolicyChangeOptions();

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = desk.key(account);
    options.requireReason();
    try {
      PolicySession session = PolicySession.begin(desk, key);
      session.expect(options.expected());
      if (session.held().source() == Source.OWN) {
        return session.carryOut(Optional.empty(), options);
      }
      session.saySame("Account " + key + " has no policy of its own.");
      return 0;
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }
}
