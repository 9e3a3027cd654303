package io.quantumtrader.agents.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.agents.onnx.Network;
import io.quantumtrader.agents.onnx.Network.Layer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The first step of Adam is the rate long in each parameter, against the sign of its slope. */
final class NetworkLayerTest {

  private static final double RATE = 0.1;
  private static final double SINGLE = 1e-6;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void shouldBeginWithSmallWeightsAndNoBias() {
    Layer layer = new NetworkLayer(6, 50, random).learnt();

    assertThat(layer.bias()).hasSize(50).containsOnly(0);
    double greatest = 0;
    for (double[] row : layer.weights()) {
      for (double weight : row) {
        greatest = Math.max(greatest, Math.abs(weight));
      }
    }
    assertThat(greatest).isBetween(0.95, 1.0);
  }

  @Test
  void shouldStepAgainstTheSlopeOfEachParameter() {
    NetworkLayer layer = new NetworkLayer(2, 2, random);
    Layer before = layer.learnt();

    layer.backward(new double[] {2, -3}, new double[] {0.5, -1});
    layer.step(1, RATE, 0);

    assertMoved(before.weights()[0], layer.learnt().weights()[0], -RATE, RATE);
    assertMoved(before.weights()[1], layer.learnt().weights()[1], RATE, -RATE);
    assertMoved(before.bias(), layer.learnt().bias(), -RATE, RATE);
  }

  /**
   * Slopes 1 and then -1: the means are 0.9 x 0.1 - 0.1 = -0.01 over 1 - 0.81 and 1, so the second
   * step is 0.01 / 0.19 of the rate long, back.
   */
  @Test
  void shouldRememberEarlierSlopes() {
    NetworkLayer layer = new NetworkLayer(1, 1, random);
    double before = layer.learnt().bias()[0];

    layer.backward(new double[] {1}, new double[] {1});
    layer.step(1, RATE, 0);
    layer.backward(new double[] {1}, new double[] {-1});
    layer.step(1, RATE, 0);

    assertThat(layer.learnt().bias()[0] - before)
        .isEqualTo(-RATE + RATE * 0.01 / 0.19, within(SINGLE));
  }

  @Test
  void shouldShrinkWeightsAndNoBias() {
    NetworkLayer layer = new NetworkLayer(1, 1, random);
    double weight = layer.learnt().weights()[0][0];

    layer.step(1, RATE, 0.01);

    assertThat(layer.learnt().weights()[0][0] - weight)
        .isEqualTo(-RATE * Math.signum(weight), within(1e-4));
    assertThat(layer.learnt().bias()[0]).isZero();
  }

  /** The slope of the two is -0.75 weight, of their sum -1.5 weight; the shrinkage adds weight. */
  @Test
  void shouldTakeTheMeanOfABatch() {
    NetworkLayer layer = new NetworkLayer(1, 1, random);
    double weight = layer.learnt().weights()[0][0];

    layer.backward(new double[] {1}, new double[] {-weight});
    layer.backward(new double[] {1}, new double[] {-weight / 2});
    layer.step(2, RATE, 1);

    assertThat(layer.learnt().weights()[0][0] - weight)
        .isEqualTo(-RATE * Math.signum(weight), within(1e-4));
  }

  /** Each parameter of a network of three layers moves against the slope of its loss. */
  @Test
  void shouldFollowTheSlopeOfTheLossThroughAllLayers() {
    List<NetworkLayer> layers =
        List.of(
            new NetworkLayer(2, 8, random),
            new NetworkLayer(8, 6, random),
            new NetworkLayer(6, 3, random));
    List<Layer> before = layers.stream().map(NetworkLayer::learnt).toList();
    double[] x = {-0.7, 1.3};

    NetworkTrainer.learn(layers, x, 2);
    layers.forEach(layer -> layer.step(1, RATE, 0));

    int moved = 0;
    for (int i = 0; i < before.size(); i++) {
      Layer after = layers.get(i).learnt();
      moved += assertAgainstSlope(before, x, before.get(i).bias(), after.bias());
      for (int j = 0; j < after.bias().length; j++) {
        double[] row = before.get(i).weights()[j];
        moved += assertAgainstSlope(before, x, row, after.weights()[j]);
      }
    }
    assertThat(moved).isGreaterThan(40);
  }

  /** Returns how many of some parameters have a slope. */
  private static int assertAgainstSlope(
      List<Layer> layers, double[] x, double[] parameters, double[] after) {
    int moved = 0;
    for (int i = 0; i < parameters.length; i++) {
      double value = parameters[i];
      parameters[i] = value + 1e-4;
      double above = loss(layers, x);
      parameters[i] = value - 1e-4;
      double below = loss(layers, x);
      parameters[i] = value;
      double slope = (above - below) / 2e-4;
      boolean steep = Math.abs(slope) > 1e-5;
      moved += steep ? 1 : 0;
      assertThat(after[i] - value).isEqualTo(steep ? -RATE * Math.signum(slope) : 0, within(1e-3));
    }
    return moved;
  }

  private static double loss(List<Layer> layers, double[] x) {
    double[] none = new double[2];
    return -Math.log(new Network(none, new double[] {1, 1}, layers).probabilities(x)[2]);
  }

  private static void assertMoved(double[] before, double[] after, double... by) {
    for (int i = 0; i < by.length; i++) {
      assertThat(after[i] - before[i]).isEqualTo(by[i], within(SINGLE));
    }
  }
}
