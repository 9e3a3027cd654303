package io.quantumtrader.agents.train;

import io.quantumtrader.agents.onnx.Network.Layer;
import java.util.SplittableRandom;

/**
 * A layer that learns by Adam (D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization",
 * ICLR 2015, algorithm 1 with the constants that it recommends). Each row of its parameters has the
 * weights of one output and then its bias.
 */
final class NetworkLayer {

  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  private final int inputs;
  private final int outputs;
  private final double[] parameters;
  private final double[] gradient;
  private final double[] first;
  private final double[] second;
  private int steps;

  /**
   * Creates one with weights between -limit and limit, limit = sqrt(6 / inputs), and no bias (K. He
   * et al., "Delving Deep into Rectifiers", ICCV 2015: a variance of 2 / inputs).
   */
  NetworkLayer(int inputs, int outputs, SplittableRandom random) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.parameters = new double[outputs * (inputs + 1)];
    this.gradient = new double[parameters.length];
    this.first = new double[parameters.length];
    this.second = new double[parameters.length];
    double limit = Math.sqrt(6.0 / inputs);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = isBias(i) ? 0 : random.nextDouble(-limit, limit);
    }
  }

  /** Returns the outputs. */
  double[] forward(double[] x) {
    double[] y = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      int row = i * (inputs + 1);
      double sum = parameters[row + inputs];
      for (int j = 0; j < inputs; j++) {
        sum += parameters[row + j] * x[j];
      }
      y[i] = sum;
    }
    return y;
  }

  /**
   * Adds to the gradient.
   *
   * @param x the inputs
   * @param slopes how the loss changes with each output
   * @return how it changes with each input
   */
  double[] backward(double[] x, double[] slopes) {
    double[] before = new double[inputs];
    for (int i = 0; i < outputs; i++) {
      int row = i * (inputs + 1);
      for (int j = 0; j < inputs; j++) {
        gradient[row + j] += slopes[i] * x[j];
        before[j] += slopes[i] * parameters[row + j];
      }
      gradient[row + inputs] += slopes[i];
    }
    return before;
  }

  /**
   * Goes one step down and forgets the gradient.
   *
   * @param samples how many there are in the gradient
   * @param rate the length of a step
   * @param shrinkage how much of each weight is added to its gradient, which keeps weights small
   */
  void step(int samples, double rate, double shrinkage) {
    steps++;
    double firstBias = 1 - StrictMath.pow(FIRST_DECAY, steps);
    double secondBias = 1 - StrictMath.pow(SECOND_DECAY, steps);
    for (int i = 0; i < parameters.length; i++) {
      double slope = gradient[i] / samples + (isBias(i) ? 0 : shrinkage * parameters[i]);
      first[i] = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * slope;
      second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * slope * slope;
      parameters[i] -=
          rate * (first[i] / firstBias) / (Math.sqrt(second[i] / secondBias) + EPSILON);
      gradient[i] = 0;
    }
  }

  /** Returns what it has learnt, rounded to the single precision of the file. */
  Layer learnt() {
    double[][] weights = new double[outputs][inputs];
    double[] bias = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      int row = i * (inputs + 1);
      for (int j = 0; j < inputs; j++) {
        weights[i][j] = (float) parameters[row + j];
      }
      bias[i] = (float) parameters[row + inputs];
    }
    return new Layer(weights, bias);
  }

  private boolean isBias(int parameter) {
    return parameter % (inputs + 1) == inputs;
  }
}
