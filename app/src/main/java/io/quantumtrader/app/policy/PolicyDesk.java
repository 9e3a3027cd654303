package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import io.quantumtrader.schemas.topic.Accounts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands of the policy have in common: where the pipeline is, and how they answer. */
final class PolicyDesk {

  /** Exit code if the requested change is invalid. */
  static final int WRONG = 2;

  /** Exit code where somebody else was quicker. */
  static final int REFUSED = 3;

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Option(names = "--json", description = "Print one line of JSON for each record or answer.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Returns where the pipeline is that the command is for, and says it. */
  RunningPipeline pipeline() {
    RunningPipeline pipeline = place.pipeline();
    talk("Pipeline " + pipeline.describe() + ".");
    return pipeline;
  }

  /** Returns the topic of a pipeline; what cannot be read there is said. */
  PolicyTopic topic(RunningPipeline pipeline) {
    return new PolicyTopic(pipeline.kafka(), pipeline.serdes(), this::talk);
  }

  /** Returns the key of an account's record; null means the default. */
  String key(String account) {
    if (account == null) {
      return Policies.DEFAULT;
    }
    if (account.equals(Policies.DEFAULT) || account.equals(Policies.BUILTIN)) {
      throw usage("'" + account + "' is not an account name; leave --account out for the default");
    }
    if (!Accounts.isName(account)) {
      throw usage("'" + account + "' is not an account name; use " + Accounts.RULE);
    }
    return account;
  }

  /** Returns who acts. */
  String operator() {
    return System.getProperty("user.name");
  }

  /** Returns the wall clock, epoch milliseconds: an operator acts in it, nothing decides by it. */
  long nowMs() {
    return System.currentTimeMillis();
  }

  /** Returns a failure of the topic in one line. */
  CommandFailure unreachable(KafkaException failure) {
    return new CommandFailure(
        "the policy topic cannot be read or written: " + firstLine(failure), failure);
  }

  /** Returns why, in one line. */
  static String firstLine(KafkaException failure) {
    String why = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    return why.lines().findFirst().orElse("");
  }

  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Prints an answer: a line of JSON, or lines for people. */
  void print(JsonNode asJson, List<String> asText) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson);
    } else {
      asText.forEach(out::println);
    }
    out.flush();
  }

  /** Says something that is no data. */
  void talk(String line) {
    PrintWriter err = spec.commandLine().getErr();
    PolicyText.wrap(line, "", "  ").forEach(err::println);
    err.flush();
  }

  /** Says everything that is wrong, and returns the exit code. */
  int wrong(List<Violation> violations) {
    violations.forEach(each -> talk(each.text() + "."));
    talk(count(violations.size(), "violation") + ": nothing was written.");
    if (json) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("written", false);
      answer.set("violations", violations(violations));
      print(answer, List.of());
    }
    return WRONG;
  }

  /** Returns how many there are of something, for people. */
  static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** Returns violations as JSON. */
  static ArrayNode violations(List<Violation> violations) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    violations.forEach(each -> all.addObject().put("key", each.key()).put("text", each.text()));
    return all;
  }

  /** Returns differences as JSON. */
  static ArrayNode differences(List<Difference> differences) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    differences.forEach(
        each ->
            all.addObject()
                .put("field", each.field())
                .put("before", each.before())
                .put("after", each.after()));
    return all;
  }
}
