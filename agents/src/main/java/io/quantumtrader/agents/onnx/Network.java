package io.quantumtrader.agents.onnx;

import java.util.List;

/**
 * A feed-forward network of three outcomes. Its inputs are standardised, (x - mean) / scale; each
 * layer but the last goes through max(0, x), and the probabilities are the softmax of the last.
 *
 * @param mean what is subtracted from each input
 * @param scale what each input is divided by, above 0
 * @param layers one or more, each as wide as the one before has outputs, the last with three: down,
 *     flat, up
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares networks
public record Network(double[] mean, double[] scale, List<Layer> layers) {

  /**
   * A layer.
   *
   * @param weights by output, then by input
   * @param bias by output
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares layers
  public record Layer(double[][] weights, double[] bias) {

    /** Returns weights times inputs plus bias. */
    double[] apply(double[] inputs) {
      double[] outputs = bias.clone();
      for (int i = 0; i < outputs.length; i++) {
        for (int j = 0; j < inputs.length; j++) {
          outputs[i] += weights[i][j] * inputs[j];
        }
      }
      return outputs;
    }
  }

  /**
   * Creates a network.
   *
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public Network {
    layers = List.copyOf(layers);
    int width = mean.length;
    boolean fits = scale.length == width && !layers.isEmpty();
    for (Layer layer : layers) {
      int inputs = width;
      fits &= layer.weights().length == layer.bias().length;
      for (double[] row : layer.weights()) {
        fits &= row.length == inputs;
      }
      width = layer.bias().length;
    }
    if (!fits || width != 3) {
      throw new IllegalArgumentException(
          "layers that do not fit: %d inputs, %d scales, outputs of the layers %s"
              .formatted(
                  mean.length,
                  scale.length,
                  layers.stream().map(layer -> layer.bias().length).toList()));
    }
  }

  /**
   * Returns the probabilities down, flat, up.
   *
   * @param inputs as many as there are means
   */
  public double[] probabilities(double[] inputs) {
    double[] values = standardised(inputs, mean, scale);
    for (int i = 0; i < layers.size(); i++) {
      values = layers.get(i).apply(values);
      if (i < layers.size() - 1) {
        rectify(values);
      }
    }
    return softmax(values);
  }

  /** Returns (x - mean) / scale of each input. */
  public static double[] standardised(double[] inputs, double[] mean, double[] scale) {
    double[] values = new double[inputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (inputs[i] - mean[i]) / scale[i];
    }
    return values;
  }

  /** Replaces what is below 0 by 0. */
  public static void rectify(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]);
    }
  }

  /**
   * Returns exp(score) over the sum of all; less the greatest first, so that none overflows. By
   * {@link StrictMath}, whose results are the same bits on each machine.
   */
  public static double[] softmax(double[] scores) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      greatest = Math.max(greatest, score);
    }
    double[] shares = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      shares[i] = StrictMath.exp(scores[i] - greatest);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
