package io.quantumtrader.agents.train;

import io.quantumtrader.agents.forecast.Outcome;
import io.quantumtrader.agents.onnx.Network;
import io.quantumtrader.agents.onnx.OnnxWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains small feed-forward networks: cross-entropy of the softmax, by batches of samples in an
 * order that is drawn anew each time through. It uses arithmetic that gives the same bits on each
 * machine, and one thread. No weight can grow without bound: the inputs are standardised, the
 * slopes of the loss lie between -1 and 1, and a step of Adam is about as long as its rate.
 */
public final class NetworkTrainer implements Trainer {

  private static final int TIMES_THROUGH = 60;
  private static final int BATCH = 32;
  private static final double RATE = 0.005;
  private static final double SHRINKAGE = 1e-4;

  private final String name;
  private final int[] hidden;

  private NetworkTrainer(String name, int... hidden) {
    this.name = name;
    this.hidden = hidden;
  }

  /** Returns one of networks with one hidden layer of sixteen. */
  public static NetworkTrainer oneLayer() {
    return new NetworkTrainer("network-one", 16);
  }

  /** Returns one of networks with two hidden layers, of sixteen and eight. */
  public static NetworkTrainer twoLayers() {
    return new NetworkTrainer("network-two", 16, 8);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] train(Samples samples, long seed) {
    return OnnxWriter.network(network(samples, seed), samples.inputs(), Map.of());
  }

  /**
   * Trains a network.
   *
   * @param seed what the first weights and the order of the samples follow from
   * @return the network, with numbers of single precision
   */
  public Network network(Samples samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = samples.inputs().size();
    double[] mean = new double[width];
    double[] scale = new double[width];
    standardise(samples.x(), mean, scale);
    List<NetworkLayer> layers = layers(width, random);
    double[][] x = new double[samples.size()][];
    for (int i = 0; i < x.length; i++) {
      x[i] = Network.standardised(samples.x()[i], mean, scale);
    }
    int[] order = new int[x.length];
    Arrays.setAll(order, i -> i);
    for (int time = 0; time < TIMES_THROUGH; time++) {
      shuffle(order, random);
      goThrough(layers, x, samples.y(), order);
    }
    return new Network(mean, scale, layers.stream().map(NetworkLayer::learnt).toList());
  }

  private List<NetworkLayer> layers(int width, SplittableRandom random) {
    List<NetworkLayer> layers = new ArrayList<>();
    int inputs = width;
    for (int outputs : hidden) {
      layers.add(new NetworkLayer(inputs, outputs, random));
      inputs = outputs;
    }
    layers.add(new NetworkLayer(inputs, Outcome.values().length, random));
    return layers;
  }

  /** A feature that never changes is only centred: what is left of its deviation is rounding. */
  private static void standardise(double[][] x, double[] mean, double[] scale) {
    for (int j = 0; j < mean.length; j++) {
      int column = j;
      DoubleSummaryStatistics values =
          Arrays.stream(x).mapToDouble(row -> row[column]).summaryStatistics();
      double squares = 0;
      for (double[] row : x) {
        double off = row[j] - values.getAverage();
        squares += off * off;
      }
      float deviation = (float) Math.sqrt(squares / x.length);
      mean[j] = (float) values.getAverage();
      scale[j] = values.getMin() < values.getMax() && deviation > 0 ? deviation : 1;
    }
  }

  /** R. Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7 (1964). */
  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }

  private static void goThrough(List<NetworkLayer> layers, double[][] x, int[] y, int[] order) {
    int inBatch = 0;
    for (int i = 0; i < order.length; i++) {
      learn(layers, x[order[i]], y[order[i]]);
      inBatch++;
      if (inBatch == BATCH || i == order.length - 1) {
        for (NetworkLayer layer : layers) {
          layer.step(inBatch, RATE, SHRINKAGE);
        }
        inBatch = 0;
      }
    }
  }

  /**
   * Adds a sample to the gradients. The slope of the cross-entropy by a score is its probability,
   * less 1 for what happened.
   */
  static void learn(List<NetworkLayer> layers, double[] x, int outcome) {
    List<double[]> inputs = new ArrayList<>();
    double[] values = x;
    for (int i = 0; i < layers.size(); i++) {
      inputs.add(values);
      values = layers.get(i).forward(values);
      if (i < layers.size() - 1) {
        Network.rectify(values);
      }
    }
    double[] slopes = Network.softmax(values);
    slopes[outcome] -= 1;
    for (int i = layers.size() - 1; i >= 0; i--) {
      slopes = layers.get(i).backward(inputs.get(i), slopes);
      for (int j = 0; j < slopes.length; j++) {
        // What was cut off at 0 had no part in the loss; the first layer's inputs are not cut off,
        // but nothing is before it.
        slopes[j] = inputs.get(i)[j] > 0 ? slopes[j] : 0;
      }
    }
  }
}
