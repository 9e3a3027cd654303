package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.policy.PolicyFile;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The policy of a run, as given on a command line. */
final class ReplayPolicyOptions {

  private static final int USAGE = 2;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Thresholds that differ from the default: what policy show --json prints, a JSON object,"
              + " or lines of KEY=VALUE.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "One threshold, after those of the file, by its name in docs/policy.md. May be given more"
              + " than once.")
  private List<String> assignments = List.of();

  /**
   * Returns the policy.
   *
   * @param beginMs its time, epoch milliseconds UTC
   * @throws CommandFailure where a threshold is unknown, unreadable or out of its bounds
   */
  Policy policy(long beginMs) {
    return policy(words(), "", beginMs);
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    if (file != null) {
      words.addAll(PolicyFile.read(file));
    }
    words.addAll(last(assignments, words));
    return words;
  }

  /**
   * Changes the default policy of a pipeline by what is given, as an operator does: it applies from
   * there on.
   *
   * @param atMs time of the change, epoch milliseconds UTC
   * @throws CommandFailure where a threshold is unknown, unreadable or out of its bounds
   */
  void changeIn(MemoryPipeline pipeline, long atMs) {
    List<String> words = words();
    if (words.isEmpty()) {
      return;
    }
    Policy before =
        pipeline
            .rows(Topic.POLICY, Policy.class)
            .getOrDefault(Policies.DEFAULT, Policies.builtin());
    Policy changed =
        Policy.newBuilder(on(before, words, ""))
            .setName(Policies.DEFAULT)
            .setVersion(before.getVersion() + 1)
            .setCreatedAtMs(atMs)
            .setNote("Given with --from-state.")
            .build();
    pipeline.put(Policies.DEFAULT, changed, atMs);
  }

  /**
   * Returns the policy of a variant: that of the run with some thresholds changed, or, where a file
   * is named, the default with those of the file.
   *
   * @param text {@code KEY=VALUE} or several with commas between, or the name of a file
   * @param beginMs its time, epoch milliseconds UTC
   * @throws CommandFailure where a threshold is unknown, unreadable or out of its bounds
   */
  Policy variant(String text, long beginMs) {
    String where = "policy " + text + ": ";
    if (!text.contains("=") || Files.exists(Path.of(text))) {
      return policy(PolicyFile.read(Path.of(text)), where, beginMs);
    }
    List<String> words = words();
    words.addAll(last(assignmentsIn(text), words));
    return policy(words, where, beginMs);
  }

  /** A comma also stands within a list: what follows it begins a threshold where it has a sign. */
  static List<String> assignmentsIn(String text) {
    List<String> found = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (found.isEmpty() || part.contains("=")) {
        found.add(part.strip());
      } else {
        found.set(found.size() - 1, found.getLast() + "," + part.strip());
      }
    }
    return found;
  }

  private static Policy policy(List<String> words, String where, long beginMs) {
    return on(Policies.initial(beginMs), words, where);
  }

  private static Policy on(Policy before, List<String> words, String where) {
    PolicyChange.Outcome outcome = PolicyChange.of(words).on(before);
    if (!outcome.violations().isEmpty()) {
      throw new CommandFailure(
          USAGE,
          outcome.violations().stream()
              .map(violation -> violation.text())
              .collect(Collectors.joining("; ", where, "")),
          null);
    }
    return outcome.policy();
  }

  /** Takes what is set again out of what the file says, as one key may be there once. */
  private static List<String> last(List<String> set, List<String> words) {
    for (String assignment : set) {
      String key = plain(assignment);
      words.removeIf(word -> plain(word).equals(key));
    }
    return set;
  }

  private static String plain(String assignment) {
    int sign = assignment.indexOf('=');
    String key = assignment.substring(0, Math.max(0, sign)).strip();
    return key.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
