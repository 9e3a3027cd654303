package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.DecisionWatch;
import io.quantumtrader.app.policy.PolicyHistory.Source;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;

/** One change of one record, from what was read first to what came of it. */
final class PolicySession {

  private final PolicyDesk desk;
  private final RunningPipeline pipeline;
  private final PolicyTopic topic;
  private final String key;
  private final PolicyHistory before;
  private List<AccountExceeded> exceeded = List.of();

  private PolicySession(PolicyDesk desk, RunningPipeline pipeline, PolicyTopic topic, String key) {
    this.desk = desk;
    this.pipeline = pipeline;
    this.topic = topic;
    this.key = key;
    this.before = topic.read();
  }

  /**
   * Reads what holds.
   *
   * @param key default or account
   * @throws KafkaException if it cannot be read
   */
  static PolicySession begin(PolicyDesk desk, String key) {
    RunningPipeline pipeline = desk.pipeline();
    if (!key.equals(Policies.DEFAULT)
        && !pipeline.accounts().isEmpty()
        && !pipeline.accounts().contains(key)) {
      desk.talk("Note that this pipeline has no account '" + key + "' yet.");
    }
    return new PolicySession(desk, pipeline, desk.topic(pipeline), key);
  }

  /** Returns what is changed: default or account. */
  String key() {
    return key;
  }

  /** Returns where the pipeline is. */
  RunningPipeline pipeline() {
    return pipeline;
  }

  /** Returns the topic that is changed. */
  PolicyTopic topic() {
    return topic;
  }

  /** Returns what was read. */
  PolicyHistory before() {
    return before;
  }

  /** Returns what held. */
  PolicyHistory.Holding held() {
    return before.holding(key);
  }

  /**
   * Refuses where the record of the key has another version than somebody looked at.
   *
   * @param version the version; 0: no record; null: whatever it is
   * @throws CommandFailure if it has another
   */
  void expect(Long version) {
    if (version != null && before.versionOf(key) != version) {
      throw refused(before, "the current record is not version " + version, null);
    }
  }

  /** Says that there is nothing to change. */
  void saySame(String why) {
    desk.talk(why + " Nothing was written.");
    ObjectNode answer = answer(before.versionOf(key), List.of());
    answer.put("written", false);
    desk.print(answer, List.of());
  }

  /** Returns whether these thresholds hold already, by a record. */
  boolean holdsAlready(Policy wanted) {
    return held().source() != Source.BUILTIN
        && PolicyChange.differences(held().policy(), wanted).isEmpty();
  }

  /**
   * Does what is wanted, unless it puts an account beyond a limit and that is not meant: then that
   * is said and nothing is written.
   *
   * @param wanted the thresholds; empty removes the account's own record
   * @return the exit code
   * @throws CommandFailure if somebody was quicker, if it cannot be written, or if what is open
   *     cannot be read: not to know it is no leave to go beyond a limit
   */
  int carryOut(Optional<Policy> wanted, PolicyChangeOptions options) {
    AccountStates states = AccountStates.read(pipeline);
    exceeded = states.exceededBy(before, key, wanted.orElseGet(this::byDefault));
    exceeded.forEach(each -> desk.talk(each.text()));
    if (!exceeded.isEmpty() && !options.evenIfExceeded()) {
      return refuseExceeded();
    }
    if (!exceeded.isEmpty()) {
      desk.talk(
          AccountExceeded.count(exceeded)
              + " exceeded: it is written all the same, as --even-if-exceeded says.");
    }
    write(wanted, options.reason(), options.waitSeconds());
    return 0;
  }

  private int refuseExceeded() {
    desk.talk(
        AccountExceeded.count(exceeded)
            + " exceeded: nothing was written. Give --even-if-exceeded to write it all the same.");
    ObjectNode answer = answer(before.versionOf(key), List.of());
    answer.put("written", false);
    desk.print(answer, List.of());
    return PolicyDesk.WRONG;
  }

  private Policy byDefault() {
    return before.holding(Policies.DEFAULT).inEffect();
  }

  /**
   * Writes what is wanted and says what came of it.
   *
   * @param wanted the thresholds; empty removes the account's own record
   * @param waitSeconds how long to wait for a decision under it; 0: not at all
   * @throws CommandFailure if somebody was quicker, or if it cannot be written
   */
  void write(Optional<Policy> wanted, String reason, int waitSeconds) {
    if (waitSeconds <= 0) {
      say(commit(wanted, reason), wanted, reason);
      return;
    }
    try (DecisionWatch watch = new DecisionWatch(pipeline.kafka(), pipeline.serdes())) {
      long version = commit(wanted, reason);
      say(version, wanted, reason);
      sayFirst(watch, isUnder(version, wanted.isPresent()), waitSeconds);
    }
  }

  private long commit(Optional<Policy> wanted, String reason) {
    long nowMs = desk.nowMs();
    try (PolicyWriter writer = topic.begin()) {
      PolicyHistory now = writer.history();
      if (!now.holding(key).record().equals(held().record())) {
        throw new PolicyRefusedException("the record in force has changed", null);
      }
      long version = wanted.isPresent() ? now.nextVersion(key) : 0;
      Optional<Policy> record =
          wanted.map(
              policy ->
                  Policy.newBuilder(policy)
                      .setName(key)
                      .setVersion(version)
                      .setCreatedAtMs(nowMs)
                      .setNote(reason)
                      .build());
      writer.write(key, record, desk.operator(), reason, nowMs);
      return version;
    } catch (PolicyRefusedException e) {
      throw refused(topic.read(), "", e);
    }
  }

  private CommandFailure refused(PolicyHistory now, String more, Throwable cause) {
    boolean changed = !now.holding(key).record().equals(held().record());
    String version =
        now.own(key).map(record -> "version " + record.version()).orElse("no record of its own");
    String what =
        changed || !more.isEmpty()
            ? "somebody else changed the policy of " + key + " to " + version
            : "somebody else is changing the policy right now";
    String account = key.equals(Policies.DEFAULT) ? "" : " --account " + key;
    return new CommandFailure(
        PolicyDesk.REFUSED,
        "refused: %s%s; look at `./quantum policy show%s` and try again"
            .formatted(what, more.isEmpty() ? "" : " (" + more + ")", account),
        cause);
  }

  private void say(long version, Optional<Policy> wanted, String reason) {
    Policy after = wanted.orElseGet(() -> before.holding(Policies.DEFAULT).policy());
    List<Difference> differences = PolicyChange.differences(held().policy(), after);
    List<String> lines = new ArrayList<>();
    lines.add(
        wanted.isPresent()
            ? key + ": version " + version
            : key + ": its own record is removed, the default applies");
    lines.addAll(PolicyText.differences(differences));
    ObjectNode answer = answer(version, differences);
    answer.put("written", true);
    answer.put("setBy", desk.operator());
    answer.put("reason", reason);
    desk.print(answer, lines);
    if (key.equals(Policies.DEFAULT) && !before.accounts().isEmpty()) {
      desk.talk(
          "Accounts with their own policy are not affected: "
              + String.join(", ", before.accounts())
              + ".");
    }
  }

  private ObjectNode answer(long version, List<Difference> differences) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("key", key);
    answer.put("version", version);
    answer.set("changed", PolicyDesk.differences(differences));
    answer.set("exceeded", AccountExceeded.json(exceeded));
    return answer;
  }

  private Predicate<Decision> isUnder(long version, boolean own) {
    return own
        ? decision -> decision.getPolicyName().equals(key) && decision.getPolicyVersion() == version
        : decision ->
            decision.getAccount().equals(key)
                && !decision.getPolicyName().isEmpty()
                && !decision.getPolicyName().equals(key);
  }

  private void sayFirst(DecisionWatch watch, Predicate<Decision> isUnder, int waitSeconds) {
    List<Decision> first = new ArrayList<>();
    boolean seen =
        watch.await(
            decision -> isUnder.test(decision) && first.add(decision),
            Duration.ofSeconds(waitSeconds));
    desk.talk(
        seen
            ? "In force since decision %s of account %s at %s."
                .formatted(
                    first.getFirst().getDecisionId(),
                    first.getFirst().getAccount(),
                    PolicyText.time(first.getFirst().getAtMs()))
            : ("It is written and applies from the next decision on; no decision was made under"
                    + " it within %d s.")
                .formatted(waitSeconds));
  }
}
