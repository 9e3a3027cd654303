package io.quantumtrader.agents.onnx;

import io.quantumtrader.agents.feature.Feature;
import java.util.List;
import java.util.stream.Collectors;

/** What a model's file has to call things, for whoever writes one and whoever reads it. */
final class OnnxNames {

  /** Metadata: the labels of the features that the model reads, in its order, by commas. */
  static final String FEATURES = "quantum.features";

  /** Metadata: the outcomes of the probabilities, in their order. */
  static final String OUTPUTS = "quantum.outputs";

  /**
   * The only value of {@link #OUTPUTS}, the order of {@link
   * io.quantumtrader.agents.forecast.Outcome}.
   */
  static final String OUTCOMES = "down,flat,up";

  /** How keys of the metadata begin that have a meaning here. */
  static final String RESERVED = "quantum.";

  /** How many outcomes there are. */
  static final int CLASSES = 3;

  /** The output that has the probabilities. */
  static final String PROBABILITIES = "probabilities";

  /** The domain of the operators of trees; that of the others has no name. */
  static final String ML_DOMAIN = "ai.onnx.ml";

  private OnnxNames() {}

  static String labels(List<Feature> features) {
    return features.stream().map(Feature::label).collect(Collectors.joining(","));
  }
}
