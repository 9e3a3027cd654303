package io.quantumtrader.app.policy;

import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two versions. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare two versions of the default policy, or of an account's: every threshold that",
      "differs, then in what each differs from the policy in force. Their numbers are in the",
      "history. Exit code 2 if a version is not there."
    },
    footer = {"", "Example:", "  ./quantum policy diff 1 3 --account main"})
final class PolicyDiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "VERSION", description = "Version to start from.")
  private long from;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Version to compare it with.")
  private long to;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account whose versions to compare. Default: the default policy.")
  private String account;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = desk.key(account);
    try {
      PolicyHistory history = desk.topic(desk.pipeline()).read();
      PolicyDiff diff =
          new PolicyDiff(
              key,
              VersionChoice.of(history, key, from),
              VersionChoice.of(history, key, to),
              history.holding(key));
      desk.print(diff.json(), diff.lines());
      return 0;
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }
}
