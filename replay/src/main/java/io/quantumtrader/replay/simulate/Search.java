package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs one seed after the other, on all cores, until a promise does not hold or all are done. What
 * is reported does not depend on which of them is done first: of several that fail, the smallest
 * seed counts among those that were begun.
 */
public final class Search {

  private Search() {}

  /**
   * What a search came to.
   *
   * @param runs how many seeds were run to their end
   * @param minutes simulated minutes of them
   * @param records records that were written in them
   * @param failed the run of the smallest seed that broke a promise; empty where none did
   * @param codes reasons that were given in any
   * @param races races that were met in any
   */
  public record Result(
      int runs,
      long minutes,
      long records,
      Optional<SimulationReport> failed,
      Set<ReasonCode> codes,
      Set<Race> races) {

    public Result {
      codes = Set.copyOf(codes);
      races = Set.copyOf(races);
    }

    private static final Result NONE = new Result(0, 0, 0, Optional.empty(), Set.of(), Set.of());

    private Result with(SimulationReport report) {
      Set<ReasonCode> allCodes = EnumSet.noneOf(ReasonCode.class);
      allCodes.addAll(codes);
      allCodes.addAll(report.codes());
      Set<Race> allRaces = EnumSet.noneOf(Race.class);
      allRaces.addAll(races);
      allRaces.addAll(report.races());
      boolean smaller =
          report.broken().isPresent()
              && failed
                  .map(other -> report.settings().seed() < other.settings().seed())
                  .orElse(true);
      return new Result(
          runs + 1,
          minutes + report.settings().minutes(),
          records + report.records(),
          smaller ? Optional.of(report) : failed,
          allCodes,
          allRaces);
    }
  }

  /** Returns the result of one run. */
  public static Result of(SimulationReport report) {
    return Result.NONE.with(report);
  }

  /**
   * Runs seeds.
   *
   * @param firstSeed the first one
   * @param runs how many, 1 or more
   * @param minutes simulated minutes of each, 1 or more
   * @param simulation runs one
   * @param progress hears of each run that is done, and what all came to so far
   */
  public static Result run(
      long firstSeed,
      int runs,
      int minutes,
      Function<SimulationSettings, SimulationReport> simulation,
      Consumer<Result> progress)
      throws InterruptedException {
    int threads = Math.min(runs, Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads, Search::thread);
    try {
      ExecutorCompletionService<SimulationReport> done = new ExecutorCompletionService<>(pool);
      int begun = 0;
      int ended = 0;
      Result result = Result.NONE;
      while (ended < begun || (begun < runs && result.failed().isEmpty())) {
        while (begun - ended < threads && begun < runs && result.failed().isEmpty()) {
          SimulationSettings settings = SimulationSettings.of(firstSeed + begun, minutes);
          done.submit(() -> simulation.apply(settings));
          begun++;
        }
        result = result.with(done.take().get());
        ended++;
        progress.accept(result);
      }
      return result;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a simulation could not be run", failed.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** A search that is broken off must not keep the process: its runs end at their next minute. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "simulation");
    thread.setDaemon(true);
    return thread;
  }
}
