package io.quantumtrader.replay.compare;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.result.ResultFold;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.MarketKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

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

  private static final Set<Topic> WITH_DECISIONS =
      Set.of(
          Topic.APPLY_PLAN,
          Topic.APPLY_RESULT,
          Topic.POSITION_LEDGER,
          Topic.PORTFOLIO_STATE,
          Topic.EXCHANGE_INCOME,
          Topic.DECISION);

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
  public List<VariantRun> run(CandleFile candles, List<Variant> variants, Progress progress)
      throws InterruptedException {
    Stop stop = new Stop();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(threads, variants.size()),
            Thread.ofPlatform().daemon().name("variant-", 0).factory());
    try {
      List<Future<VariantRun>> running = new ArrayList<>(variants.size());
      for (int i = 0; i < variants.size(); i++) {
        int number = i;
        running.add(
            workers.submit(() -> one(candles, variants.get(number), number, progress, stop)));
      }
      List<VariantRun> done = new ArrayList<>(variants.size());
      for (Future<VariantRun> each : running) {
        done.add(result(each));
      }
      return done;
    } finally {
      stop.request();
      workers.shutdownNow();
    }
  }

  private static VariantRun result(Future<VariantRun> run) throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  private VariantRun one(
      CandleFile candles, Variant variant, int number, Progress progress, Stop stop)
      throws InterruptedException {
    ResultFold results = new ResultFold();
    DecisionBook book = new DecisionBook();
    TopicFold fold =
        new TopicFold(
            decisions ? WITH_DECISIONS : FOR_RESULTS, record -> take(record, results, book));
    try (MemoryPipeline pipeline = new MemoryPipeline(setup.withPolicy(variant.policy()), fold)) {
      fold.decodeWith(pipeline.serdes());
      CandleRun.play(
          pipeline, candles, intents.get(), stop, step -> progress.at(number, step.share()));
      return new VariantRun(variant, results.results(), book, pipeline.stateHash());
    }
  }

  private static void take(SpecificRecord record, ResultFold results, DecisionBook book) {
    if (record instanceof Decision decision) {
      book.add(decision);
    } else {
      results.accept(record);
    }
  }
}
