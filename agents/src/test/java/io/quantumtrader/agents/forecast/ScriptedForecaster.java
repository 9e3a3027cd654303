package io.quantumtrader.agents.forecast;

import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.feature.FeatureVector;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers what a test has written down. */
final class ScriptedForecaster implements Forecaster {

  /** How often it was asked. */
  final AtomicInteger calls = new AtomicInteger();

  /** Open until it is closed. */
  final CountDownLatch closed = new CountDownLatch(1);

  private final ModelId id;
  private final Callable<Forecast> script;

  ScriptedForecaster(String name, Callable<Forecast> script) {
    this.id = new ModelId(name, "1");
    this.script = script;
  }

  @Override
  public ModelId id() {
    return id;
  }

  @Override
  public List<Feature> inputs() {
    return List.of(Feature.TREND, Feature.P_TREND);
  }

  @Override
  public Forecast forecast(FeatureVector features) throws Exception {
    calls.incrementAndGet();
    return script.call();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
