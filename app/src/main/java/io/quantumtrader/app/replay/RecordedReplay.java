package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.app.tap.TopicDump;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.record.DecisionMatch;
import io.quantumtrader.replay.record.DecisionMatch.Difference;
import io.quantumtrader.replay.record.RecordedInput;
import io.quantumtrader.replay.record.RecordedRun;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.replay.record.StageReplay;
import io.quantumtrader.replay.record.StagesBetween;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.state.CutRecording;
import io.quantumtrader.replay.state.InputDigest;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A recording that is run again and compared with itself. */
final class RecordedReplay {

  private static final int USAGE = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final PaperSettings paper;
  private final ReplayOutput output;
  private final Screen screen;
  private final PrintWriter out;

  /**
   * Prepares it.
   *
   * @param paper costs and faults of the paper exchange, which a recording does not have; accounts
   *     and wallets it has
   */
  RecordedReplay(
      Path directory, PaperSettings paper, ReplayOutput output, Screen screen, PrintWriter out) {
    this.directory = directory;
    this.paper = paper;
    this.output = output;
    this.screen = screen;
    this.out = out;
  }

  /**
   * Runs it and says what differs; a part of it is run without being compared.
   *
   * @param split where the run begins and ends
   * @param program version of the program
   * @return 0 where every decision is the same, else 1
   * @throws CommandFailure where it cannot be used
   */
  int run(SplitOptions split, String program) throws IOException, InterruptedException {
    try {
      Recording recording = Recording.open(directory);
      requireClock(recording);
      Optional<StagesBetween> from = CutRecording.read(directory, recording);
      if (from.isPresent()) {
        refuseWhatIsOfWholeRuns(from.get(), split);
        return end(recording, from.get());
      }
      recording.requireBeginning();
      RecordedInput input = RecordedInput.of(recording);
      SplitRun run =
          new SplitRun(split, program, setup(recording), untilMs -> InputDigest.of(input, untilMs));
      if (split.wanted()) {
        printPart(input, run);
        return 0;
      }
      Optional<DecisionMatch> stages =
          StageReplay.isPossible(recording)
              ? Optional.of(decidedAgain(recording))
              : Optional.empty();
      DecisionMatch whole = recorded(recording);
      RunStatistics statistics = new RunStatistics();
      try (TopicDump dump = output.dump().orElse(null)) {
        Consumer<TappedRecord> taker = dump == null ? statistics : statistics.andThen(dump);
        LogTap tap = new LogTap(taker.andThen(record -> matchDecision(record, whole)));
        StateHash hash = play(input, run, tap, statistics);
        print(stages, whole, statistics, hash, tap);
      }
      return judged(stages, whole).differences().isEmpty() ? 0 : 1;
    } catch (RecordingException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    }
  }

  private void refuseWhatIsOfWholeRuns(StagesBetween from, SplitOptions split) {
    if (split.wanted() || output.ofOneRun() || !paper.equals(PaperSettings.DEFAULT)) {
      throw new CommandFailure(
          USAGE,
          "%s begins at %s, with what the stages had by then and no exchange; leave options of whole runs out, or record the pipeline from its beginning (a bundle without --since)"
              .formatted(directory, Instant.ofEpochMilli(from.fromMs())),
          null);
    }
  }

  /** The end of a recording: the stages go on from where they were, and nothing else is run. */
  private int end(Recording recording, StagesBetween from) {
    DecisionMatch match = recorded(recording);
    long begin = System.nanoTime();
    try (StageReplay again = StageReplay.resumed(recording, match::replayed, from)) {
      again.play(share -> show(share, begin));
    }
    screen.done("stages decided again", Duration.ofNanos(System.nanoTime() - begin));
    List<Difference> differences = match.differences();
    if (output.json()) {
      ObjectNode node = JSON.createObjectNode();
      node.put("fromMs", from.fromMs());
      node.put("decisionsSame", match.same());
      node.put("decisionsWithOtherLookups", match.otherLookups());
      ArrayNode all = node.putArray("differences");
      differences.forEach(each -> all.add(json(each)));
      out.println(node);
    } else {
      out.println("  from " + Instant.ofEpochMilli(from.fromMs()) + " on");
      out.println("  each stage again: " + counts(match));
      differences.stream().findFirst().ifPresent(this::printFirst);
    }
    out.flush();
    return differences.isEmpty() ? 0 : 1;
  }

  private void printPart(RecordedInput input, SplitRun run)
      throws IOException, InterruptedException {
    RunStatistics statistics = new RunStatistics();
    try (TopicDump dump = output.dump().orElse(null)) {
      LogTap tap = new LogTap(dump == null ? statistics : statistics.andThen(dump));
      StateHash hash = play(input, run, tap, statistics);
      if (output.json()) {
        out.println(output.json(statistics.summary(), hash, tap.unreadable()));
      } else {
        output.lines(statistics.summary(), hash, tap.unreadable()).forEach(out::println);
      }
      out.flush();
    }
  }

  /** One of the old system's Redis has intents and no market. */
  private void requireClock(Recording recording) {
    String clock = Topic.CLOCK.topicName();
    if (recording.manifest().files().stream().noneMatch(file -> file.topic().equals(clock))) {
      throw new RecordingException(
          "%s has no clock and no market; give it candles: quantum replay --candles FILE --intents %s"
              .formatted(directory, directory));
    }
  }

  /** Whoever gives costs asks what the whole pipeline would have done at them. */
  private DecisionMatch judged(Optional<DecisionMatch> stages, DecisionMatch whole) {
    return paper.equals(PaperSettings.DEFAULT) ? stages.orElse(whole) : whole;
  }

  private static DecisionMatch recorded(Recording recording) {
    DecisionMatch match = new DecisionMatch();
    recording
        .read(Topic.DECISION)
        .forEach(each -> each.value().ifPresent(value -> match.recorded((Decision) value)));
    return match;
  }

  private DecisionMatch decidedAgain(Recording recording) {
    DecisionMatch match = recorded(recording);
    long begin = System.nanoTime();
    try (StageReplay again = new StageReplay(recording, match::replayed)) {
      again.play(share -> show(share, begin));
    }
    screen.done("stages decided again", Duration.ofNanos(System.nanoTime() - begin));
    return match;
  }

  private StateHash play(
      RecordedInput input, SplitRun run, LogTap tap, Consumer<TappedRecord> before)
      throws InterruptedException {
    long begin = System.nanoTime();
    input.skip(run.afterMs());
    AtomicLong played = new AtomicLong();
    try (MemoryPipeline pipeline = run.pipeline(tap, before)) {
      RecordedRun.play(
          pipeline,
          input,
          run.untilMs(),
          (steps, nowMs, share) -> {
            played.set(steps);
            output.step(steps, nowMs, pipeline::stateHash, out);
            show(share, begin);
          });
      screen.done("replayed " + directory, Duration.ofNanos(System.nanoTime() - begin));
      run.save(pipeline, played.get(), input.lastMs(), screen);
      return pipeline.stateHash();
    }
  }

  private static void matchDecision(TappedRecord record, DecisionMatch match) {
    if (record.value().orElse(null) instanceof Decision decision) {
      match.replayed(decision);
    }
  }

  private void show(double share, long begin) {
    screen.status(
        String.format(
            Locale.ROOT, "%3.0f %%  %.0f s", 100 * share, (System.nanoTime() - begin) / 1e9));
  }

  private PipelineSetup setup(Recording recording) {
    Map<String, BigDecimal> wallets = RecordedRun.firstWallets(recording);
    if (Set.copyOf(wallets.values()).size() > 1) {
      throw new RecordingException(
          "the accounts of the recording began with different wallets, "
              + wallets
              + "; the paper exchange of a replay gives each the same");
    }
    return new PipelineSetup(
        recording.counts(),
        paper
            .withAccounts(new ArrayList<>(wallets.keySet()))
            .withStartWallet(wallets.values().iterator().next()),
        Optional.empty(),
        Map.of(),
        List.of(),
        0);
  }

  private void print(
      Optional<DecisionMatch> stages,
      DecisionMatch whole,
      RunStatistics statistics,
      StateHash hash,
      LogTap tap)
      throws IOException {
    DecisionMatch judged = judged(stages, whole);
    List<Difference> differences = judged.differences();
    if (output.json()) {
      ObjectNode node = output.json(statistics.summary(), hash, tap.unreadable());
      node.put("decisionsSame", judged.same());
      node.put("decisionsWithOtherLookups", judged.otherLookups());
      ArrayNode all = node.putArray("differences");
      differences.forEach(each -> all.add(json(each)));
      ObjectNode anew = node.putObject("wholePipeline");
      anew.put("decisionsSame", whole.same());
      anew.put("decisionsDiffering", whole.differences().size());
      out.println(node);
    } else {
      output.lines(statistics.summary(), hash, tap.unreadable()).forEach(out::println);
      stages.ifPresent(match -> out.println("  each stage again: " + counts(match)));
      out.println("  the whole pipeline anew: " + counts(whole));
      differences.stream().findFirst().ifPresent(this::printFirst);
    }
    out.flush();
  }

  private static String counts(DecisionMatch match) {
    String counts =
        "%,d decisions as recorded, %,d differ".formatted(match.same(), match.differences().size());
    return match.otherLookups() == 0
        ? counts
        : counts + "%n    %,d of the same looked up other versions".formatted(match.otherLookups());
  }

  private void printFirst(Difference first) {
    out.println("  the first that differs:");
    out.println("    recorded " + text(first.recorded()));
    out.println("    replayed " + text(first.replayed()));
  }

  private static String text(Optional<Decision> decision) {
    return decision.map(each -> RecordJson.of(each).toString()).orElse("none");
  }

  private static ObjectNode json(Difference difference) {
    ObjectNode node = JSON.createObjectNode();
    node.set("recorded", difference.recorded().map(RecordJson::of).orElse(null));
    node.set("replayed", difference.replayed().map(RecordJson::of).orElse(null));
    return node;
  }
}
