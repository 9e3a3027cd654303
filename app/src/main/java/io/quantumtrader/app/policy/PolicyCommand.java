package io.quantumtrader.app.policy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets an operator look at the policy and change it, as records on the policy topic. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {
      "Show and change the policy: every threshold, for all accounts or for one. A change adds",
      "a version and applies from the next decision on, without a restart."
    },
    subcommands = {
      PolicyShowCommand.class,
      PolicySetCommand.class,
      PolicyScheduledCommand.class,
      PolicyWithdrawCommand.class,
      PolicyRollbackCommand.class,
      PolicyResetCommand.class,
      PolicyHistoryCommand.class,
      PolicyDiffCommand.class,
      PolicyValidateCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum policy show",
      "  ./quantum policy set maxPositions=20 --reason \"ten were held for a week\"",
      "  ./quantum policy set maxPositions=30 --at 7d --max-drawdown 5% --reason ramp",
      "  ./quantum policy scheduled",
      "  ./quantum policy history",
      "  ./quantum policy diff 1 2",
      "  ./quantum policy rollback 1 --reason \"twenty were too many\"",
    })
public final class PolicyCommand implements Callable<Integer> {

  /** Transactional id of all who change the policy: at most one of them is writing at a time. */
  public static final String OPERATORS = "quantum-policy-operator";

  @Spec private CommandSpec spec;

  /** Creates it; picocli does. */
  public PolicyCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "name a subcommand: show, set, scheduled, withdraw, rollback, reset, history, diff or"
            + " validate");
  }
}
