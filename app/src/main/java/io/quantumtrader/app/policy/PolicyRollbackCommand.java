package io.quantumtrader.app.policy;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyRules;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to the thresholds of an earlier version, as the next version of a record. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Go back to the thresholds of an earlier version by writing them as the next one; the",
      "history stays as it is. Exit code 2 if they break a rule of today, or if an account is",
      "beyond one of their limits already and --even-if-exceeded is not given; exit code 3 if",
      "somebody else changed the policy in the meantime. In each case nothing is written."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum policy rollback 3 --reason \"twenty were too many\"",
      "  ./quantum policy rollback 1 --account main --reason \"trial over\"",
    })
final class PolicyRollbackCommand implements Callable<Integer> {

  @Parameters(paramLabel = "VERSION", description = "Version whose thresholds to go back to.")
  private long version;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to change, and whose version it is. Default: the default policy.")
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
      PolicyVersion earlier = VersionChoice.of(session.before(), key, version);
      Policy wanted = earlier.policy().orElseThrow();
      List<Violation> violations = PolicyRules.violations(wanted);
      if (!violations.isEmpty()) {
        return desk.wrong(violations);
      }
      if (session.holdsAlready(wanted)) {
        session.saySame(
            "What version %d of %s says already applies.".formatted(earlier.version(), key));
        return 0;
      }
      desk.talk(
          "Back to version %d of %s, %s%s."
              .formatted(
                  earlier.version(),
                  key,
                  PolicyText.time(earlier.atMs()),
                  PolicyText.said(earlier.setBy(), earlier.reason())));
      return session.carryOut(Optional.of(wanted), options);
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }
}
