package io.quantumtrader.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which of this user's running pipelines a command is for. */
public final class PipelineChoice {

  @Option(
      names = "--pipeline",
      paramLabel = "NAME|DIR",
      description =
          "Running quantum up that is meant, by its name or its data directory; see quantum"
              + " pipelines. Default: the only one that runs.")
  private String wanted;

  /** Creates it; picocli sets what is given. */
  public PipelineChoice() {}

  /** Returns whether one was named. */
  public boolean isGiven() {
    return wanted != null;
  }

  /**
   * Returns the pipeline that was named, else the only one that runs.
   *
   * @param otherwise what to do where none runs, as the end of a sentence
   * @throws CommandFailure if none runs, if several do and none was named, or if none is called so
   */
  public RunningPipeline choose(String otherwise) {
    return choose(RunningPipelines.ofThisUser().list(), Optional.ofNullable(wanted), otherwise);
  }

  static RunningPipeline choose(
      List<RunningPipeline> running, Optional<String> wanted, String otherwise) {
    if (running.isEmpty()) {
      throw new CommandFailure("you have no quantum up running; " + otherwise);
    }
    if (wanted.isEmpty() && running.size() == 1) {
      return running.getFirst();
    }
    if (wanted.isEmpty()) {
      throw new CommandFailure(
          "%d pipelines are running; name the one you mean with --pipeline:%s"
              .formatted(running.size(), listed(running)));
    }
    List<RunningPipeline> called =
        running.stream().filter(each -> each.isCalled(wanted.get())).toList();
    if (called.size() != 1) {
      throw new CommandFailure(
          "%s running pipeline is called '%s'; --pipeline takes one of these:%s"
              .formatted(called.isEmpty() ? "no" : "more than one", wanted.get(), listed(running)));
    }
    return called.getFirst();
  }

  private static String listed(List<RunningPipeline> running) {
    return running.stream()
        .flatMap(each -> Wrap.lines(each.describe(), "  ", "      ").stream())
        .collect(Collectors.joining("\n", "\n", ""));
  }
}
