package io.quantumtrader.agents.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.feature.FeatureVector;
import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import io.quantumtrader.agents.forecast.ForecastResult.Given;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Models that hang do so until a latch lets them go. Where no answer may come of the budget it is a
 * day, and the limit of the test is far below it.
 */
@Timeout(60)
final class GuardedForecasterTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Forecast UP = new Forecast(0.6, 0.3, 0.1);
  private static final FeatureVector KNOWN = Vectors.with(Map.of());

  @Test
  void shouldGiveTheForecastAndHowLongItTook() {
    AtomicLong clock = new AtomicLong();
    ScriptedForecaster model = new ScriptedForecaster("a", () -> UP);

    try (GuardedForecaster guarded =
        new GuardedForecaster(model, DAY, () -> clock.getAndAdd(700))) {
      assertThat(guarded.forecast(KNOWN)).isEqualTo(new Given(model.id(), UP, 700));
      assertThat(guarded.forecast(KNOWN).given()).contains(UP);
    }
  }

  @Test
  void shouldRunTheModelOnOneDaemonThreadOfItsOwn() {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    ScriptedForecaster model =
        new ScriptedForecaster(
            "a",
            () -> {
              (first.isDone() ? second : first).complete(Thread.currentThread());
              return UP;
            });

    try (GuardedForecaster guarded = guarded(model, DAY)) {
      guarded.forecast(KNOWN);
      guarded.forecast(KNOWN);
    }

    assertThat(first.join()).isNotSameAs(Thread.currentThread()).isSameAs(second.join());
    assertThat(first.join().isDaemon()).isTrue();
    assertThat(first.join().getName()).isEqualTo("model-a");
  }

  @Test
  void shouldNotAskAModelWhoseFeaturesAreNotKnown() {
    ScriptedForecaster model = new ScriptedForecaster("a", () -> UP);

    try (GuardedForecaster guarded = guarded(model, DAY)) {
      assertThat(guarded.forecast(Vectors.of(List.of(Feature.P_TREND), 0.5)))
          .isEqualTo(failed(ForecastFault.FEATURES_MISSING, "not known: trend"));
      assertThat(
              guarded.forecast(
                  Vectors.with(
                      Map.of(
                          Feature.TREND, Double.NaN, Feature.P_TREND, Double.NEGATIVE_INFINITY))))
          .isEqualTo(failed(ForecastFault.FEATURES_MISSING, "not known: trend, p_trend"));
    }

    assertThat(model.calls).hasValue(0);
  }

  @Test
  void shouldNotMindFeaturesThatTheModelDoesNotRead() {
    try (GuardedForecaster guarded = guarded(new ScriptedForecaster("a", () -> UP), DAY)) {
      assertThat(
              guarded.forecast(Vectors.of(List.of(Feature.TREND, Feature.P_TREND), 1, 0.5)).given())
          .contains(UP);
    }
  }

  @Test
  void shouldSayWhyAModelFailed() {
    assertFailure(
        () -> {
          throw new IOException("disk\ngone");
        },
        ForecastFault.MODEL_FAILED,
        "java.io.IOException: disk");
    assertFailure(
        () -> new Forecast(1, 1, 0),
        ForecastFault.MODEL_FAILED,
        "java.lang.IllegalArgumentException: probabilities that add up to 2.0, not to 1: up 1.0,"
            + " flat 1.0, down 0.0");
    assertFailure(() -> null, ForecastFault.MODEL_FAILED, "it answered nothing");
    assertFailure(
        () -> {
          throw new AssertionError("no way");
        },
        ForecastFault.MODEL_FAILED,
        "java.lang.AssertionError: no way");
    assertFailure(
        () -> {
          throw new StackOverflowError();
        },
        ForecastFault.MODEL_FAILED,
        "java.lang.StackOverflowError");
    assertFailure(
        () -> {
          throw new UnsatisfiedLinkError("no onnxruntime");
        },
        ForecastFault.MODEL_MISSING,
        "java.lang.UnsatisfiedLinkError: no onnxruntime");
    assertFailure(
        () -> new Forecast(Double.NaN, 1, 0),
        ForecastFault.MODEL_NOT_A_NUMBER,
        "io.quantumtrader.agents.forecast.NotANumberException: probabilities that are no numbers:"
            + " up NaN, flat 1.0, down 0.0");
  }

  private static void assertFailure(Callable<Forecast> script, ForecastFault fault, String why) {
    try (GuardedForecaster guarded = guarded(new ScriptedForecaster("a", script), DAY)) {
      assertThat(guarded.forecast(KNOWN)).isEqualTo(failed(fault, why));
      // The next one is asked as if nothing had been.
      assertThat(guarded.forecast(KNOWN)).isEqualTo(failed(fault, why));
    }
  }

  @Test
  void shouldHandOnThatThereIsNoMemory() {
    ScriptedForecaster model =
        new ScriptedForecaster(
            "a",
            () -> {
              throw new OutOfMemoryError("made up");
            });

    try (GuardedForecaster guarded = guarded(model, DAY)) {
      assertThatThrownBy(() -> guarded.forecast(KNOWN))
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessage("made up");
    }
  }

  @Test
  void shouldWaitNoLongerThanTheBudget() {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedForecaster model = hanging(new CountDownLatch(1), release);

    try (GuardedForecaster guarded = guarded(model, SHORT)) {
      assertThat(guarded.forecast(KNOWN))
          .isEqualTo(failed(ForecastFault.MODEL_TOO_SLOW, "no answer within 20000 us"));
    } finally {
      release.countDown();
    }
  }

  @Test
  void shouldNotWaitForACallThatHangsAlready() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ScriptedForecaster model = hanging(entered, release);

    try (GuardedForecaster guarded = guarded(model, DAY)) {
      // given a call that hangs, with a budget of a day
      CompletableFuture<ForecastResult> hung =
          CompletableFuture.supplyAsync(
              () -> guarded.forecast(KNOWN), task -> new Thread(task).start());
      entered.await();

      // when another one asks
      ForecastResult second = guarded.forecast(KNOWN);

      // then it is told at once, and the model was not asked
      assertThat(second)
          .isEqualTo(failed(ForecastFault.MODEL_TOO_SLOW, "still busy with an earlier call"));
      assertThat(model.calls).hasValue(1);
      release.countDown();
      assertThat(hung.get().given()).contains(UP);
    }
  }

  @Test
  void shouldUseTheModelAgainAsSoonAsItHasReturned() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedForecaster model = hanging(new CountDownLatch(1), release);

    try (GuardedForecaster guarded = guarded(model, SHORT)) {
      // given a call that took too long
      guarded.forecast(KNOWN);
      assertThat(guarded.forecast(KNOWN))
          .isEqualTo(failed(ForecastFault.MODEL_TOO_SLOW, "still busy with an earlier call"));

      // when it returns
      release.countDown();

      // then a later one is answered; the limit of the test is the only one
      while (guarded.forecast(KNOWN).given().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  @Test
  void shouldSayThatWhoAskedWasInterrupted() {
    CountDownLatch release = new CountDownLatch(1);

    try (GuardedForecaster guarded = guarded(hanging(new CountDownLatch(1), release), DAY)) {
      Thread.currentThread().interrupt();

      assertThat(guarded.forecast(KNOWN))
          .isEqualTo(failed(ForecastFault.MODEL_FAILED, "whoever asked it was interrupted"));
      assertThat(Thread.interrupted()).isTrue();
      release.countDown();
    }
  }

  @Test
  void shouldEndItsThreadAndCloseTheModel() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    ScriptedForecaster model =
        new ScriptedForecaster(
            "a",
            () -> {
              thread.complete(Thread.currentThread());
              return UP;
            });
    GuardedForecaster guarded = guarded(model, DAY);
    guarded.forecast(KNOWN);

    guarded.close();
    guarded.close();

    assertThat(model.closed.getCount()).isZero();
    thread.get().join();
    assertThat(guarded.forecast(KNOWN)).isEqualTo(failed(ForecastFault.MODEL_MISSING, "closed"));
    assertThat(model.calls).hasValue(1);
  }

  @Test
  void shouldCloseAModelThatHangsWhenItReturns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedForecaster model = hanging(new CountDownLatch(1), release);
    GuardedForecaster guarded = guarded(model, SHORT);
    guarded.forecast(KNOWN);

    guarded.close();

    assertThat(model.closed.getCount()).isOne();
    release.countDown();
    model.closed.await();
  }

  @Test
  void shouldStandInForAModelThatCouldNotBeLoaded() {
    ModelId id = ModelId.unversioned("trees");

    try (GuardedForecaster missing = GuardedForecaster.missing(id, "no such file")) {
      assertThat(missing.id()).isEqualTo(id);
      assertThat(missing.forecast(KNOWN))
          .isEqualTo(new Failed(id, ForecastFault.MODEL_MISSING, "no such file"));
    }
  }

  @Test
  void shouldRefuseABudgetOfNothing() {
    ScriptedForecaster model = new ScriptedForecaster("a", () -> UP);

    assertThatIllegalArgumentException().isThrownBy(() -> guarded(model, Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> guarded(model, Duration.ofMillis(-1)));
  }

  private static ScriptedForecaster hanging(CountDownLatch entered, CountDownLatch release) {
    return new ScriptedForecaster(
        "a",
        () -> {
          entered.countDown();
          release.await();
          return UP;
        });
  }

  private static GuardedForecaster guarded(Forecaster model, Duration budget) {
    return new GuardedForecaster(model, budget, () -> 0);
  }

  private static Failed failed(ForecastFault fault, String why) {
    return new Failed(new ModelId("a", "1"), fault, why);
  }
}
