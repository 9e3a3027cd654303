package io.quantumtrader.app.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the entries that wait for a person, and answers them. */
@Command(
    name = "approvals",
    mixinStandardHelpOptions = true,
    description = {
      "List, grant or refuse the entries that wait for a person, where the executor runs with",
      "--mode approve. An entry lapses with its permit, after a minute by default."
    },
    subcommands = {
      ApprovalsCommand.Waiting.class,
      ApprovalsCommand.Grant.class,
      ApprovalsCommand.Refuse.class
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum approvals list",
      "  ./quantum approvals grant 0123456789abcdef",
      "  ./quantum approvals refuse 0123456789abcdef --reason \"too large\"",
    })
public final class ApprovalsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name a subcommand: list, grant or refuse");
  }

  /** Lists what waits. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "List the entries that wait for a person, oldest first.",
      footer = {"", "Example:", "  ./quantum approvals list --json"})
  static final class Waiting implements Callable<Integer> {

    @Mixin private Operator operator = new Operator();

    @Override
    public Integer call() {
      try (RecordSerdes serdes = operator.pipeline().serdes()) {
        WaitingEntries entries = WaitingEntries.read(operator.pipeline(), serdes);
        if (entries.plans().isEmpty()) {
          operator.talk("No entry waits for a person.");
        }
        for (ApplyPlan plan : entries.plans()) {
          long leftMs = entries.leftMs(plan);
          ObjectNode json = RecordJson.of(plan);
          json.put("leftMs", leftMs);
          operator.print(json, line(plan, leftMs));
        }
        return 0;
      } catch (KafkaException e) {
        throw ApprovalOrder.unreachable(e);
      }
    }

    private static String line(ApplyPlan plan, long leftMs) {
      return String.format(
          Locale.ROOT,
          "%s  %s %s %s %s at %s, stop %s, %dx  %d s left",
          plan.getPlanId(),
          plan.getAccount(),
          plan.getSide(),
          RecordJson.plain(plan.getQuantity()),
          plan.getSymbol(),
          RecordJson.plain(plan.getPrice()),
          price(plan.getStopPrice()),
          plan.getLeverage(),
          leftMs / 1000);
    }

    private static String price(BigDecimal price) {
      return price == null ? "none" : RecordJson.plain(price);
    }
  }

  /** Grants one. */
  @Command(
      name = "grant",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Let an entry go to the exchange, and say what came of it. Exit code 0 if it was filled,",
        "3 if it was not, 4 if there was no answer in time, 1 if it does not wait."
      },
      footer = {"", "Example:", "  ./quantum approvals grant 0123456789abcdef"})
  static final class Grant implements Callable<Integer> {

    @Parameters(paramLabel = "PLAN", description = "Plan id, as list shows it.")
    private String planId;

    @Mixin private ApprovalOrder order = new ApprovalOrder();

    @Override
    public Integer call() {
      return order.answer(planId, true, "");
    }
  }

  /** Refuses one. */
  @Command(
      name = "refuse",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Refuse an entry, which gives its reservation back. Exit code 0 if it is refused, 4 if",
        "there was no answer in time, 1 if it does not wait."
      },
      footer = {"", "Example:", "  ./quantum approvals refuse 0123456789abcdef --reason late"})
  static final class Refuse implements Callable<Integer> {

    @Parameters(paramLabel = "PLAN", description = "Plan id, as list shows it.")
    private String planId;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        defaultValue = "",
        description = "Why; it is recorded.")
    private String reason;

    @Mixin private ApprovalOrder order = new ApprovalOrder();

    @Override
    public Integer call() {
      return order.answer(planId, false, reason.strip());
    }
  }
}
