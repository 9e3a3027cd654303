package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import io.quantumtrader.schemas.policy.PolicyRules;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks without writing. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Check what set would refuse, on top of the policy in force, and write nothing: values",
      "that break a rule, and limits that an account is beyond already. A file is a JSON object,",
      "the output of show --json, or lines of KEY=VALUE. Without arguments, check the records in",
      "force against the rules. Exit code 2 if something is wrong."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum policy validate --builtin maxPositions=20 heatWarm=0.3",
      "  ./quantum policy validate policy.json --account main",
    })
final class PolicyValidateCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE|KEY=VALUE",
      arity = "0..*",
      description = "Thresholds to check: KEY=VALUE, or files of them.")
  private List<String> given = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to check them for. Default: all accounts without their own policy.")
  private String account;

  @Option(
      names = "--builtin",
      description = "Start from the built-in policy; no pipeline is needed.")
  private boolean builtin;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = desk.key(account);
    PolicyChange change = PolicyChange.of(words());
    if (builtin) {
      return check(key, change, Policies.builtin(), after -> List.of());
    }
    try {
      RunningPipeline pipeline = desk.pipeline();
      PolicyHistory history = desk.topic(pipeline).read();
      return given.isEmpty() && account == null
          ? checkAll(history)
          : check(
              key,
              change,
              history.holding(key).policy(),
              after -> AccountStates.read(pipeline).exceededBy(history, key, after));
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    for (String each : given) {
      if (each.contains("=")) {
        words.add(each);
      } else {
        words.addAll(PolicyFile.read(Path.of(each)));
      }
    }
    return words;
  }

  private int check(
      String key,
      PolicyChange change,
      Policy base,
      Function<Policy, List<AccountExceeded>> accounts) {
    PolicyChange.Outcome outcome = change.on(base);
    return say(
        key,
        outcome.violations(),
        outcome.violations().isEmpty() ? accounts.apply(outcome.policy()) : List.of(),
        PolicyChange.differences(base, outcome.policy()),
        "would be");
  }

  private int checkAll(PolicyHistory history) {
    int worst = 0;
    for (String key : history.keys()) {
      if (history.own(key).isPresent()) {
        Policy policy = history.holding(key).policy();
        worst =
            Math.max(worst, say(key, PolicyRules.violations(policy), List.of(), List.of(), "is"));
      }
    }
    return worst;
  }

  private int say(
      String key,
      List<Violation> violations,
      List<AccountExceeded> exceeded,
      List<Difference> differences,
      String verb) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("key", key);
    answer.put("valid", violations.isEmpty());
    answer.set("violations", PolicyDesk.violations(violations));
    answer.set("exceeded", AccountExceeded.json(exceeded));
    answer.set("changed", PolicyDesk.differences(differences));
    List<String> lines = new ArrayList<>();
    lines.addAll(
        PolicyText.wrap("%s: %s %s".formatted(key, verb, verdict(violations, exceeded)), "", "  "));
    violations.forEach(each -> lines.addAll(PolicyText.wrap(each.text() + ".", "  ", "    ")));
    exceeded.forEach(each -> lines.addAll(PolicyText.wrap(each.text(), "  ", "    ")));
    lines.addAll(violations.isEmpty() ? PolicyText.differences(differences) : List.of());
    desk.print(answer, lines);
    return violations.isEmpty() && exceeded.isEmpty() ? 0 : PolicyDesk.WRONG;
  }

  private static String verdict(List<Violation> violations, List<AccountExceeded> exceeded) {
    if (!violations.isEmpty()) {
      return "refused, " + PolicyDesk.count(violations.size(), "violation");
    }
    return exceeded.isEmpty()
        ? "valid"
        : "refused without --even-if-exceeded, %s exceeded"
            .formatted(AccountExceeded.count(exceeded));
  }
}
