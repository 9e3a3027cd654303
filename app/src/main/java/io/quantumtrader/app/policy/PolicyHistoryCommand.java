package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what changed, when, by whom and why. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List every version of the policy, oldest first: when, by whom, why, and what changed.",
      "The first version of an account is compared with the default at that time. Then name the",
      "changes that are scheduled."
    },
    footer = {"", "Example:", "  ./quantum policy history --account main"})
final class PolicyHistoryCommand implements Callable<Integer> {

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account whose versions to list. Default: the default policy and all accounts.")
  private String account;

  @Mixin private PolicyDesk desk = new PolicyDesk();

  @Override
  public Integer call() {
    String key = account == null ? null : desk.key(account);
    try {
      PolicyTopic topic = desk.topic(desk.pipeline());
      PolicyHistory history = topic.read();
      List<PolicyVersion> told =
          history.records().stream().filter(each -> key == null || each.key().equals(key)).toList();
      told.forEach(each -> print(each, history));
      if (told.isEmpty()) {
        desk.talk("No record of the policy" + (key == null ? "." : " for " + key + "."));
      }
      history.keys().stream()
          .filter(each -> key == null || each.equals(key))
          .forEach(each -> sayWhatIsGone(each, history));
      topic
          .schedules()
          .waiting(key)
          .forEach(each -> desk.talk("Still to come: " + ScheduleText.brief(each) + "."));
      return 0;
    } catch (KafkaException e) {
      throw desk.unreachable(e);
    }
  }

  private void print(PolicyVersion record, PolicyHistory history) {
    PolicyHistory before = history.before(record);
    Policy was = before.holding(record.key()).policy();
    PolicyHistory.Holding after =
        new PolicyHistory(
                history.records().stream()
                    .filter(each -> each.offset() <= record.offset())
                    .toList(),
                record.offset() + 1)
            .holding(record.key());
    List<Difference> differences = PolicyChange.differences(was, after.policy());
    String what = record.policy().isPresent() ? "version " + record.version() : "removed";
    List<String> lines =
        new ArrayList<>(
            PolicyText.wrap(
                "%s  %s %s%s"
                    .formatted(
                        PolicyText.time(record.atMs()),
                        record.key(),
                        what,
                        PolicyText.said(record.setBy(), record.reason())),
                "",
                "  "));
    lines.addAll(PolicyText.differences(differences));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("key", record.key());
    answer.put("removed", record.policy().isEmpty());
    answer.put("version", record.version());
    answer.put("atMs", record.atMs());
    answer.put("setBy", record.setBy());
    answer.put("reason", record.reason());
    answer.set("changed", PolicyDesk.differences(differences));
    desk.print(answer, lines);
  }

  private void sayWhatIsGone(String key, PolicyHistory history) {
    List<Long> gone = history.gone(key);
    if (!gone.isEmpty()) {
      desk.talk(
          "Missing for %s: version %s. They were compacted away"
                  .formatted(
                      key, gone.stream().map(Object::toString).collect(Collectors.joining(", ")))
              + " before min.compaction.lag.ms was set, or cannot be read; the changes shown for"
              + " the next version may include theirs.");
    }
  }
}
