package io.quantumtrader.agents.forecast;

import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.feature.FeatureVector;
import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import io.quantumtrader.agents.forecast.ForecastResult.Given;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Asks one model within a time budget, and turns whatever goes wrong into a {@link Failed}. The
 * model runs on one daemon thread of its own, so that one that hangs holds up nobody. While a call
 * hangs, further ones fail at once; the model is used again as soon as it has returned, and what it
 * returned late is thrown away. Safe for use by several threads; a second caller does not wait for
 * the first one's call to end but fails as well.
 */
public final class GuardedForecaster implements AutoCloseable {

  private final ModelId id;
  private final Optional<Forecaster> model;
  private final List<Feature> inputs;
  private final String whyMissing;
  private final long budgetNanos;
  private final LongSupplier nanoTime;
  private final ExecutorService thread;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Creates one that runs a model, which it owns and closes.
   *
   * @param budget the longest that a caller waits, above 0
   * @param nanoTime the clock that measures how long the model takes, nanoseconds
   * @throws IllegalArgumentException if the budget is not above 0
   * @throws ArithmeticException if it is longer than 292 years
   */
  public GuardedForecaster(Forecaster model, Duration budget, LongSupplier nanoTime) {
    this(model.id(), Optional.of(model), "closed", budget, nanoTime);
  }

  private GuardedForecaster(
      ModelId id,
      Optional<Forecaster> model,
      String whyMissing,
      Duration budget,
      LongSupplier nanoTime) {
    if (budget.isZero() || budget.isNegative()) {
      throw new IllegalArgumentException("budget of %s must be above 0: %s".formatted(id, budget));
    }
    this.id = id;
    this.model = model;
    this.inputs = model.map(Forecaster::inputs).orElse(List.of());
    this.whyMissing = Objects.requireNonNull(whyMissing, "whyMissing");
    this.budgetNanos = budget.toNanos();
    this.nanoTime = nanoTime;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("model-" + id.name()).factory());
  }

  /**
   * Returns one in place of a model that could not be loaded: each call fails with MODEL_MISSING.
   *
   * @param why the reason, one line
   */
  public static GuardedForecaster missing(ModelId id, String why) {
    return new GuardedForecaster(id, Optional.empty(), why, Duration.ofNanos(1), () -> 0);
  }

  /** Returns which model it is. */
  public ModelId id() {
    return id;
  }

  /**
   * Asks the model. It waits no longer than the budget.
   *
   * @throws VirtualMachineError if the virtual machine is at its end, as with no memory left; a
   *     stack that is too small for the model is a fault of the model
   */
  public ForecastResult forecast(FeatureVector features) {
    if (model.isEmpty() || closed.get()) {
      return failed(ForecastFault.MODEL_MISSING, whyMissing);
    }
    List<Feature> unknown = unknown(features);
    if (!unknown.isEmpty()) {
      return failed(
          ForecastFault.FEATURES_MISSING,
          unknown.stream()
              .map(Feature::label)
              .collect(Collectors.joining(", ", "not known: ", "")));
    }
    if (!busy.compareAndSet(false, true)) {
      return failed(ForecastFault.MODEL_TOO_SLOW, "still busy with an earlier call");
    }
    CompletableFuture<ForecastResult> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> run(model.get(), features, answer));
    } catch (RejectedExecutionException closedMeanwhile) {
      busy.set(false);
      return failed(ForecastFault.MODEL_MISSING, whyMissing);
    }
    return await(answer);
  }

  /**
   * Ends the thread and closes the model, after a call that may be going on. It waits no longer
   * than the budget: where the call hangs, both follow when it returns.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    model.ifPresent(each -> thread.execute(() -> closeQuietly(each)));
    thread.shutdown();
    try {
      thread.awaitTermination(budgetNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Feature> unknown(FeatureVector features) {
    return inputs.stream().filter(input -> !Double.isFinite(features.value(input))).toList();
  }

  private ForecastResult await(CompletableFuture<ForecastResult> answer) {
    try {
      return answer.get(budgetNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return failed(
          ForecastFault.MODEL_TOO_SLOW, "no answer within %s us".formatted(budgetNanos / 1000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(ForecastFault.MODEL_FAILED, "whoever asked it was interrupted");
    } catch (ExecutionException e) {
      throw (VirtualMachineError) e.getCause();
    }
  }

  /** The model is free before its answer is seen, or who asks again at once would be refused. */
  private void run(
      Forecaster forecaster, FeatureVector features, CompletableFuture<ForecastResult> answer) {
    try {
      ForecastResult result = ask(forecaster, features);
      busy.set(false);
      answer.complete(result);
    } catch (VirtualMachineError e) {
      busy.set(false);
      answer.completeExceptionally(e);
    }
  }

  private ForecastResult ask(Forecaster forecaster, FeatureVector features) {
    long start = nanoTime.getAsLong();
    try {
      Forecast forecast = forecaster.forecast(features);
      return forecast == null
          ? failed(ForecastFault.MODEL_FAILED, "it answered nothing")
          : new Given(id, forecast, nanoTime.getAsLong() - start);
    } catch (NotANumberException e) {
      return failed(ForecastFault.MODEL_NOT_A_NUMBER, oneLine(e));
    } catch (LinkageError e) {
      return failed(ForecastFault.MODEL_MISSING, oneLine(e));
    } catch (StackOverflowError e) {
      return failed(ForecastFault.MODEL_FAILED, oneLine(e));
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      return failed(ForecastFault.MODEL_FAILED, oneLine(e));
    }
  }

  /** Nothing can be done about a model that is not used any more and cannot be closed. */
  @SuppressWarnings("EmptyCatch")
  private static void closeQuietly(Forecaster forecaster) {
    try {
      forecaster.close();
    } catch (RuntimeException | LinkageError e) {
      // see above
    }
  }

  private Failed failed(ForecastFault fault, String why) {
    return new Failed(id, fault, why);
  }

  private static String oneLine(Throwable e) {
    return e.toString().lines().findFirst().orElse(e.getClass().getName());
  }
}
