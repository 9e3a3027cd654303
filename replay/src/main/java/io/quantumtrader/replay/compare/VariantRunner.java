package io.quantumtrader.replay.compare;

import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.MarketKernel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a history under several policies, each in a pipeline of its own and in one thread, several
 * at once. Market states are computed once for all of them.
 */
public final class VariantRunner {

  private static final Set<Topic> FOR_RESULTS =
      Set.of(
          Topic.APPLY_PLAN,
          Topic.APPLY_RESULT,
          Topic.POSITION_LEDGER,
          Topic.PORTFOLIO_STATE,
          Topic.EXCHANGE_INCOME);

  private final PipelineSetup setup;
  private final Supplier<IntentQueue> intents;
  private final boolean decisions;
  private final int threads;

  /** Hears how far variants are; from several threads. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Takes a step.
     *
     * @param variant number of the variant, from 0
     * @param share of its history that is done, 0 to 1
     */
    void at(int variant, double share);
  }

  /**
   * Creates a runner.
   *
   * @param setup what each run begins with, but for the policy; market states are shared unless it
   *     says who computes them
   * @param intents the intents, anew for each run
   * @param decisions whether decisions are kept
   * @param threads how many run at once, 1 or more
   */
  public VariantRunner(
      PipelineSetup setup, Supplier<IntentQueue> intents, boolean decisions, int threads) {
    MarketKernel kernel = setup.kernel().orElseGet(StateMemo::new);
    this.setup = setup.withKernel(kernel);
    this.intents = intents;
    this.decisions = decisions;
    this.threads = threads;
  }

  /**
   * Runs the variants.
   *
   * @return what became of each, in their order
   * @throws InterruptedException where this thread is interrupted; no run goes on then
   */
  public List<VariantRun> run(Window window, List<Variant> variants, Progress progress)
      throws InterruptedException {
    return run(window, variants, progress, run -> run);
  }

  /**
   * Runs the variants, and keeps of each what is wanted; the rest is let go as soon as it has run.
   *
   * @param kept returns what is kept of a run; from several threads
   * @return what was kept of each, in their order
   * @throws InterruptedException where this thread is interrupted; no run goes on then
   */
  public <T> List<T> run(
      Window window, List<Variant> variants, Progress progress, Function<VariantRun, T> kept)
      throws InterruptedException {
    Stop stop = new Stop();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(threads, variants.size()),
            Thread.ofPlatform().daemon().name("variant-", 0).factory());
    try {
      List<Future<T>> running = new ArrayList<>(variants.size());
      for (int i = 0; i < variants.size(); i++) {
        int number = i;
        running.add(
            workers.submit(
                () -> kept.apply(one(window, variants.get(number), number, progress, stop))));
      }
      List<T> done = new ArrayList<>(variants.size());
      for (Future<T> each : running) {
        done.add(result(each));
      }
      return done;
    } finally {
      stop.request();
      workers.shutdownNow();
    }
  }

  private static <T> T result(Future<T> run) throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /**
   * Without a trading state nothing is opened, which is what is wanted while a window warms up.
   * What the setup says of it comes when the window itself begins.
   */
  private VariantRun one(Window window, Variant variant, int number, Progress progress, Stop stop)
      throws InterruptedException {
    RunBook book = new RunBook(window.hasLead());
    TopicFold fold = new TopicFold(topics(), book);
    PipelineSetup own = setup.withPolicy(variant.policy());
    PipelineSetup first = window.hasLead() ? own.withControls(List.of()) : own;
    long leadEndMs = window.hasLead() ? window.leadEndMs() : Long.MAX_VALUE;
    try (MemoryPipeline pipeline = new MemoryPipeline(first, fold)) {
      fold.decodeWith(pipeline.serdes());
      CandleRun.play(
          pipeline,
          window.candles(),
          window.of(intents.get()),
          stop,
          step -> {
            if (book.isWarmingUp() && step.nowMs() >= leadEndMs) {
              book.begin();
              own.controls().forEach(row -> pipeline.put(row, step.nowMs()));
            }
            progress.at(number, step.share());
          });
      return book.run(variant, pipeline.stateHash());
    }
  }

  private Set<Topic> topics() {
    Set<Topic> topics = EnumSet.copyOf(FOR_RESULTS);
    if (decisions) {
      topics.add(Topic.DECISION);
    }
    return topics;
  }
}
