package io.quantumtrader.app.letters;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.app.control.PipelineClock;
import io.quantumtrader.app.policy.PolicyInForce;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands of dead letters have in common: where the pipeline is, how they answer. */
final class LetterCommandLine {

  /** Exit code where a letter was not sent again. */
  static final int REFUSED = 3;

  /** Exit code where nothing has come of it in time. */
  static final int NO_ANSWER = 4;

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Option(names = "--json", description = "Print each letter as one line of JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Returns where the pipeline is that the command is for, and says it. */
  RunningPipeline pipeline() {
    RunningPipeline pipeline = place.pipeline();
    talk("Pipeline " + pipeline.describe() + ".");
    return pipeline;
  }

  /** Returns the desk of a pipeline. */
  static LetterDesk desk(RunningPipeline pipeline, RecordSerdes serdes) {
    return new LetterDesk(
        pipeline.kafka(),
        serdes,
        () -> PipelineClock.nowMs(pipeline.kafka(), serdes),
        account -> PolicyInForce.of(pipeline.kafka(), serdes, account));
  }

  /** Returns the place that a word names. */
  LetterPlace place(String word) {
    return LetterPlace.parse(word)
        .orElseThrow(
            () -> usage("'%s' is no place of a letter; give %s".formatted(word, LetterPlace.RULE)));
  }

  /** Returns a failure to reach the topics, in one line. */
  static CommandFailure unreachable(KafkaException failure) {
    String why = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    return new CommandFailure(
        "dead letters cannot be read: " + why.lines().findFirst().orElse(""), failure);
  }

  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  int width() {
    return Screen.ofProcess().width();
  }

  /** Prints an answer: as JSON, or as lines for people. */
  void print(JsonNode asJson, List<String> asText) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson);
    } else {
      asText.forEach(out::println);
    }
    out.flush();
  }

  /** Prints rows: each as a line of JSON, or as lines for people. */
  void print(List<JsonNode> asJson, List<String> asText) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      asJson.forEach(out::println);
    } else {
      asText.forEach(out::println);
    }
    out.flush();
  }

  /** Says something that is no data. */
  void talk(String line) {
    PrintWriter err = spec.commandLine().getErr();
    Wrap.lines(line, "", "  ").forEach(err::println);
    err.flush();
  }
}
