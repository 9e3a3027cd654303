package io.quantumtrader.agents.train;

/** Trains models of one kind. */
public interface Trainer {

  /** Returns what its models are called, a name of {@code ModelId}. */
  String name();

  /**
   * Trains a model.
   *
   * @param seed what its random choices follow from: the same samples and seed give the same bytes
   * @return a file of ONNX, as {@code OnnxForecaster} reads it
   * @throws TrainingException if it cannot be trained; the message is one line
   */
  byte[] train(Samples samples, long seed) throws TrainingException;
}
