package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.policy.PolicyHistory.Holding;
import io.quantumtrader.app.policy.PolicyHistory.Source;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import io.quantumtrader.schemas.policy.PolicyFields;
import io.quantumtrader.schemas.policy.PolicyRules;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what holds. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show the default policy, or an account's: the record it comes from, and every threshold,",
      "marked with * where it differs (an account's from the default, the default from the",
      "built-in policy). Then list the accounts that have their own, and the changes that are",
      "scheduled."
    },
    footer = {"", "Example:", "  ./quantum policy show --account main maxPositions"})
final class PolicyShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "KEY", arity = "0..*", description = "Thresholds to show. Default: all.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account whose policy to show. Default: the default policy.")
  private String account;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = desk.key(account);
    List<Schema.Field> fields = keys.isEmpty() ? PolicyFields.all() : wanted();
    try {
      PolicyTopic topic = desk.topic(desk.pipeline());
      show(key, fields, topic.read(), topic.schedules().waiting(key));
      return 0;
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }

  private List<Schema.Field> wanted() {
    List<Schema.Field> found = new ArrayList<>();
    for (String key : keys) {
      found.add(
          PolicyFields.named(key)
              .orElseThrow(
                  () ->
                      desk.usage(
                          "the policy has no field '%s'; the nearest is %s"
                              .formatted(key, PolicyFields.nearest(key)))));
    }
    return found;
  }

  private void show(
      String key,
      List<Schema.Field> fields,
      PolicyHistory history,
      List<PolicySchedule> scheduled) {
    Holding holding = history.holding(key);
    Policy beside =
        key.equals(Policies.DEFAULT)
            ? Policies.builtin()
            : history.holding(Policies.DEFAULT).policy();
    List<Difference> differences = PolicyChange.differences(beside, holding.policy());
    List<Violation> violations = PolicyRules.violations(holding.policy());
    List<String> lines = new ArrayList<>(PolicyText.wrap(head(key, holding), "", "  "));
    Map<String, String> others = new LinkedHashMap<>();
    differences.forEach(each -> others.put(each.field(), each.before()));
    String besideName = key.equals(Policies.DEFAULT) ? "built-in" : "default";
    for (Schema.Field field : fields) {
      String value = PolicyText.shown(PolicyFields.text(holding.policy().get(field.pos())));
      String other = others.get(field.name());
      String shown =
          other == null
              ? value
              : value + "  (%s: %s)".formatted(besideName, PolicyText.shown(other));
      lines.addAll(PolicyText.row(other == null ? "  " : "* ", field.name(), shown));
    }
    ObjectNode answer = json(key, holding, differences, violations);
    answer.set("scheduled", ScheduleText.json(scheduled));
    desk.print(answer, lines);
    saySoFar(key, history, violations);
    scheduled.forEach(each -> desk.talk("Scheduled: " + ScheduleText.brief(each) + "."));
  }

  private void saySoFar(String key, PolicyHistory history, List<Violation> violations) {
    if (!violations.isEmpty()) {
      violations.forEach(each -> desk.talk(each.text() + "."));
      desk.talk(
          "So the stages ignore this record: entries are denied POLICY_MISSING, and exits run on"
              + " the built-in policy.");
    }
    if (key.equals(Policies.DEFAULT)) {
      for (String other : history.accounts()) {
        Policy own = history.holding(other).policy();
        desk.talk(
            "Account %s has its own policy, version %d: %s from the default."
                .formatted(
                    other,
                    own.getVersion(),
                    PolicyDesk.count(
                            PolicyChange.differences(history.holding(key).policy(), own).size(),
                            "threshold")
                        + " other"));
      }
    }
  }

  private String head(String key, Holding holding) {
    if (holding.source() == Source.BUILTIN) {
      return key + ": there is no record; exits run on the built-in policy, entries are denied.";
    }
    PolicyVersion record = holding.record().orElseThrow();
    String whose = holding.source() == Source.OWN ? "its own record" : "the default record";
    return "%s: %s, version %d, %s (%s)%s"
        .formatted(
            key,
            whose,
            record.version(),
            PolicyText.age(record.atMs(), desk.nowMs()),
            PolicyText.time(record.atMs()),
            PolicyText.said(record.setBy(), record.reason()));
  }

  private ObjectNode json(
      String key, Holding holding, List<Difference> differences, List<Violation> violations) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("key", key);
    answer.put("source", holding.source().name());
    answer.put("version", holding.policy().getVersion());
    holding
        .record()
        .ifPresent(
            record -> {
              answer.put("atMs", record.atMs());
              answer.put("ageMs", desk.nowMs() - record.atMs());
              answer.put("setBy", record.setBy());
              answer.put("reason", record.reason());
            });
    answer.put("usable", !holding.isUnusable() && holding.source() != Source.BUILTIN);
    answer.set("violations", PolicyDesk.violations(violations));
    answer.set("differs", PolicyDesk.differences(differences));
    answer.set("policy", RecordJson.of(holding.policy()));
    return answer;
  }
}
