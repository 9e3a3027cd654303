package io.quantumtrader.app.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.PaperOptions;
import io.quantumtrader.app.parts.TradingStateBootstrap;
import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.app.tap.Summary;
import io.quantumtrader.app.tap.TopicDump;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.market.FeedProgress;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRunner;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.state.InputDigest;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs history again through the whole pipeline, without a broker. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run candles, or a recording, through the whole pipeline, in this process and without a",
      "broker: the stages, the executor with the paper exchange, and the agent, by the same code",
      "as up. Two runs of the same input leave the same records and the same state hash.",
      "Of a recording each stage decides again what it decided, from what it had and saw, and each",
      "decision is compared with the recorded one. The whole pipeline is run anew on the recording's",
      "intents, policies and candles, too; where costs are given, that is what is compared.",
      "With --until and --save a run is saved between two steps; --from-state goes on from there.",
      "With --live nothing is run: fills, slippage, fees and equity of a running pipeline are put",
      "beside what the paper exchange makes of the same orders."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum replay --candles examples/candles",
      "  ./quantum replay --candles examples/candles --set killThreshold=0.85 --json",
      "  ./quantum replay monday",
      "  ./quantum replay --candles examples/candles --against killThreshold=0.85 \\",
      "      --against heatMode=shadow --report what-if.html",
      "  ./quantum replay --candles examples/candles --check baseline.json",
      "  ./quantum replay --candles examples/candles --until 2025-11-19T05:00:00Z \\",
      "      --save five",
      "  ./quantum replay --candles examples/candles --from-state five --set maxPositions=4",
      "  ./quantum replay --incident positions-without-close",
      "  ./quantum replay --live --hours 12",
      "  ./quantum replay monday --reconcile --json",
    })
public final class ReplayCommand implements Callable<Integer> {

  /** What a recording brings with it. */
  private static final List<String> IN_RECORDINGS =
      List.of(
          "--candles",
          "--symbol",
          "--intents",
          "--from",
          "--to",
          "--policy",
          "--set",
          "--agent",
          "--accounts",
          "--wallet");

  /** The agents that there are. */
  enum Agents {
    RULE,
    NONE
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "A recording, as quantum record writes it: the replay is compared with it, and exit code"
              + " 1 says that a decision differs.")
  private Path recording;

  @ArgGroup(exclusive = false, heading = "%nInput:%n")
  private ReplayInputOptions input = new ReplayInputOptions();

  @Option(
      names = IncidentPlay.OPTION,
      paramLabel = "NAME",
      description =
          "Play an incident of the old system instead of candles, and show what the rules of then"
              + " made of it beside what happens now; list names them. With --out it becomes a"
              + " recording.")
  private String incident;

  @ArgGroup(exclusive = false, heading = "%nPart of a run:%n")
  private SplitOptions split = new SplitOptions();

  @ArgGroup(exclusive = false, heading = "%nBeside what was traded:%n")
  private ReconcileOptions reconcile = new ReconcileOptions();

  @ArgGroup(exclusive = false, heading = "%nPolicy:%n")
  private ReplayPolicyOptions policy = new ReplayPolicyOptions();

  @ArgGroup(exclusive = false, heading = "%nWhat if:%n")
  private WhatIfOptions whatIf = new WhatIfOptions();

  @ArgGroup(exclusive = false, heading = "%nSearch:%n")
  private SweepOptions sweep = new SweepOptions();

  @ArgGroup(exclusive = false, heading = "%nChecks:%n")
  private HistoryCheckOptions checks = new HistoryCheckOptions();

  @ArgGroup(exclusive = false, heading = "%nPaper exchange:%n")
  private PaperOptions paper = new PaperOptions();

  @ArgGroup(exclusive = false, heading = "%nAgent:%n")
  private Agent agent = new Agent();

  @ArgGroup(exclusive = false, heading = "%nOutput:%n")
  private ReplayOutput output = new ReplayOutput();

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Spec private CommandSpec spec;

  static final class Agent {
    @Option(
        names = "--agent",
        paramLabel = "rule|none",
        defaultValue = "rule",
        description = "Who writes intents beside the file. Default: rule.")
    private Agents kind;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    output.refuseUnusable();
    if (incident != null) {
      return IncidentPlay.of(spec).play(incident, output);
    }
    if (reconcile.wanted()) {
      ReconcilePlay play = ReconcilePlay.of(spec, reconcile, recording != null, paper.settings());
      return reconcile.live()
          ? play.live(place, output.json())
          : play.recorded(recording, output.json());
    }
    refuseWhatDoesNotGoTogether();
    Screen screen = Screen.ofProcess();
    if (recording != null) {
      refuseWhatARecordingHas();
      return new RecordedReplay(
              recording, paper.settings(), output, screen, spec.commandLine().getOut())
          .run(split, program());
    }
    ReplayInputOptions.Read read = input.read();
    PipelineSetup setup = setup(read.candles().firstCloseTimeMs());
    if (checks.wanted() || sweep.wanted() || whatIf.wanted()) {
      return several(read, setup, screen);
    }
    SplitRun run = run(read, setup);
    read.describe().forEach(line -> screen.line("  " + line));
    RunStatistics statistics = new RunStatistics();
    try (TopicDump dump = output.dump().orElse(null)) {
      LogTap tap = new LogTap(dump == null ? statistics : statistics.andThen(dump));
      StateHash hash = play(read, run, tap, statistics, screen);
      print(statistics.summary().withInput(read.numbers()), hash, tap.unreadable());
    }
    return 0;
  }

  private String program() {
    return spec.root().version()[0];
  }

  private SplitRun run(ReplayInputOptions.Read read, PipelineSetup setup) {
    refuse(
        split.save().isPresent()
            && split.untilMs().orElseThrow() >= read.candles().lastCloseTimeMs()
            && read.intentsAnew().all().stream()
                .anyMatch(
                    each -> each.intent().getCreatedAtMs() > read.candles().lastCloseTimeMs()),
        "the last close takes the intents after it along: save at an --until before it");
    return new SplitRun(
        split,
        program(),
        setup,
        untilMs -> InputDigest.of(read.candles(), read.intentsAnew(), untilMs));
  }

  /** Refuses what is given and would change nothing. */
  private void refuseWhatARecordingHas() {
    List<String> given = given(IN_RECORDINGS);
    refuse(
        !given.isEmpty(),
        "a recording has its own market, intents, policies, accounts and wallets: leave out "
            + String.join(", ", given));
  }

  private List<String> given(List<String> options) {
    return options.stream().filter(spec.commandLine().getParseResult()::hasMatchedOption).toList();
  }

  private void refuseWhatDoesNotGoTogether() {
    whatIf.refuseUnusable();
    split.refuseUnusable();
    checks.lookahead();
    int wanted = (whatIf.wanted() ? 1 : 0) + (sweep.wanted() ? 1 : 0) + (checks.wanted() ? 1 : 0);
    refuse(
        wanted > 1,
        "compare (--against, --report, --check), --sweep, or check a history: one at a time");
    refuse(
        wanted == 1 && output.ofOneRun(),
        "--out, --hash-every and --tables are for one run; leave them out where there are several");
    refuse(
        wanted == 1 && split.wanted(),
        "--until, --save and --from-state are for one run; go on once for each policy, with --set");
    refuse(
        wanted == 1 && recording != null,
        "a recording is replayed under its own policy; compare with --candles");
    refuse(
        output.json() && (checks.wanted() || whatIf.check().isPresent()),
        "--json is not for --check, --lookahead-check and --warmup-check: leave it out");
    refuse(
        !sweep.wanted() && !given(List.of("--select", "--seed")).isEmpty(),
        "--select and --seed need --sweep");
    refuse(
        wanted == 0 && !given(List.of("--threads")).isEmpty(),
        "--threads is for several runs; leave it out");
    List<String> place = given(ReconcilePlay.PLACE.stream().sorted().toList());
    refuse(
        !place.isEmpty(),
        String.join(", ", place) + ": only --live reads a running pipeline; leave it out");
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new CommandFailure(2, why, null);
    }
  }

  /** Runs the input more than once; everything that is given is looked at before the first run. */
  private int several(ReplayInputOptions.Read read, PipelineSetup setup, Screen screen)
      throws IOException, InterruptedException {
    List<Variant> variants = variants(setup);
    List<Variant> searched = named(sweep.combinations(), setup);
    read.describe().forEach(line -> screen.line("  " + line));
    if (checks.wanted()) {
      return checked(read, setup, variants.getFirst(), screen) ? 0 : 1;
    }
    if (sweep.wanted()) {
      search(read, setup, searched, screen);
      return 0;
    }
    return new WhatIfPlay(read, whatIf, screen, spec.commandLine().getOut())
        .play(setup, variants, output.json());
  }

  /** Returns all policies that the input is run under, so that a bad one is told before any run. */
  private List<Variant> variants(PipelineSetup setup) {
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant("base", setup.policies().get(Policies.DEFAULT)));
    variants.addAll(named(whatIf.against(), setup));
    return variants;
  }

  private List<Variant> named(List<String> texts, PipelineSetup setup) {
    return texts.stream()
        .map(text -> new Variant(text, policy.variant(text, setup.beginMs())))
        .toList();
  }

  private VariantRunner runner(
      ReplayInputOptions.Read read, PipelineSetup setup, boolean decisions) {
    return new VariantRunner(setup, read::intentsAnew, decisions, whatIf.threads());
  }

  private boolean checked(
      ReplayInputOptions.Read read, PipelineSetup setup, Variant variant, Screen screen)
      throws InterruptedException {
    HistoryCheckPlay play =
        new HistoryCheckPlay(read.candles(), screen, spec.commandLine().getOut());
    boolean holds = true;
    if (checks.lookahead().isPresent()) {
      int cuts = checks.lookahead().getAsInt();
      holds = play.lookahead(runner(read, setup, true), variant, cuts);
    }
    return (!checks.warmup() || play.warmup(setup)) && holds;
  }

  private void search(
      ReplayInputOptions.Read read, PipelineSetup setup, List<Variant> variants, Screen screen)
      throws InterruptedException {
    SweepPlay play =
        new SweepPlay(
            runner(read, setup, false),
            variants,
            sweep.select(),
            screen,
            spec.commandLine().getOut());
    if (sweep.walkForward().isPresent()) {
      play.walk(read.candles(), sweep.walkForward().getAsInt(), output.json());
    } else {
      play.whole(read.candles(), output.json());
    }
  }

  private PipelineSetup setup(long beginMs) {
    Policy given = policy.policy(beginMs);
    return new PipelineSetup(
        PartitionCounts.DEFAULT,
        paper.settings(),
        agent.kind == Agents.RULE ? Optional.of(AgentSettings.DEFAULT) : Optional.empty(),
        Map.of(Policies.DEFAULT, given),
        List.of(TradingStateBootstrap.firstStart(beginMs)),
        beginMs);
  }

  private StateHash play(
      ReplayInputOptions.Read read,
      SplitRun run,
      LogTap tap,
      Consumer<TappedRecord> before,
      Screen screen)
      throws InterruptedException {
    long begin = System.nanoTime();
    try (MemoryPipeline pipeline = run.pipeline(tap, before)) {
      if (run.goesOn()) {
        policy.changeIn(pipeline, run.afterMs());
      }
      FeedProgress played =
          CandleRun.play(
                  pipeline,
                  read.candles(),
                  read.intents().orElseGet(IntentQueue::empty),
                  new CandleRun.Part(run.afterMs(), run.untilMs()),
                  new Stop(),
                  progress -> step(progress, pipeline, screen, begin))
              .progress();
      screen.done(
          "%,d steps".formatted(played.steps()), Duration.ofNanos(System.nanoTime() - begin));
      run.save(pipeline, played.steps(), played.nowMs(), screen);
      return pipeline.stateHash();
    }
  }

  private void step(FeedProgress progress, MemoryPipeline pipeline, Screen screen, long begin) {
    output.step(
        progress.steps(), progress.nowMs(), pipeline::stateHash, spec.commandLine().getOut());
    double seconds = (System.nanoTime() - begin) / 1e9;
    screen.status(
        String.format(
            Locale.ROOT,
            "%3.0f %%  %,d candles  %.0f s, about %.0f s left",
            100 * progress.share(),
            progress.candles(),
            seconds,
            seconds * (1 - progress.share()) / Math.max(1e-3, progress.share())));
  }

  private void print(Summary summary, StateHash hash, long unreadable)
      throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(output.json(summary, hash, unreadable));
    } else {
      output.lines(summary, hash, unreadable).forEach(out::println);
    }
    out.flush();
  }
}
